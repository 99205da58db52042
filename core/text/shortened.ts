/**
 * The beginning of a text, on one line: where it is too long it ends with a sign of that, and with no half of a character.
 * @example shortened('One\n\ntwo  three', 8) // 'One two…'
 */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most).replace(/\s*[\uD800-\uDBFF]?$/, '')}…`
}
