/**
 * A text on one line, of a length at most: where it is cut, a sign says so, and no letter is cut in two.
 * @example shortened('One\n\ntwo  three', 8) // 'One two…'
 */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  return line.length <= most
    ? line
    : `${line
        .slice(0, most)
        .toWellFormed()
        .replace(/[\s\uFFFD]+$/u, '')}…`
}
