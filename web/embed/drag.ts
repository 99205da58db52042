/** How far down a sheet is drawn before it closes, in pixels. */
const farEnough = 90

/**
 * Lets a sheet be drawn down by its handle, and closes it when it was drawn far enough.
 * @returns stops listening
 */
export function drawDown(sheet: HTMLElement, handle: HTMLElement, close: () => void): () => void {
  let from: number | null = null
  const distance = (event: PointerEvent) => Math.max(0, event.clientY - (from ?? event.clientY))
  const down = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('button')) return
    from = event.clientY
    handle.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (from !== null) sheet.style.setProperty('translate', `0 ${distance(event)}px`)
  }
  const up = (event: PointerEvent) => {
    if (from === null) return
    const far = distance(event) > farEnough && event.type === 'pointerup'
    from = null
    sheet.style.removeProperty('translate')
    if (far) close()
  }
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up }
  const kinds = ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const
  for (const kind of kinds) handle.addEventListener(kind, listeners[kind])
  return () => {
    for (const kind of kinds) handle.removeEventListener(kind, listeners[kind])
  }
}
