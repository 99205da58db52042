/** What is found about one thing on a page. */
export interface Finding {
  level: 'right' | 'note' | 'fault'
  /** Stable name of what it is about. */
  about: string
  says: string
  /** Of a fault: the line that puts it right. */
  change: string | null
}

export const right = (about: string, says: string): Finding => ({ level: 'right', about, says, change: null })
export const hint = (about: string, says: string): Finding => ({ level: 'note', about, says, change: null })
export const fault = (about: string, says: string, change: string): Finding => ({
  level: 'fault',
  about,
  says,
  change,
})
