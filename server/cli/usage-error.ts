/** A mistake of who called: answered with its message, and no trace. */
export class UsageError extends Error {}

/** @throws UsageError where an option takes neither `on` nor `off` */
export function isOn(option: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new UsageError(`${option} takes on or off.`)
  return text === 'on'
}
