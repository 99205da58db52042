const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** When something was, as the clock on the wall says it; with the day where that is another than that of `beside`. */
export function moment(at: string, beside: number): string {
  const then = new Date(at)
  const isSameDay = then.toDateString() === new Date(beside).toDateString()
  return isSameDay ? time.format(then) : `${day.format(then)}, ${time.format(then)}`
}
