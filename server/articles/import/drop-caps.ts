import type { ImportedBlock, ReportLine } from './types.ts'

/**
 * Joins a drop cap that stands in a block of its own to the word it begins: a single capital letter before a
 * paragraph that goes on in small ones.
 */
export function joinDropCaps(blocks: ImportedBlock[], report: ReportLine[]): ImportedBlock[] {
  const joined: ImportedBlock[] = []
  let words: Set<string> | undefined
  for (const block of blocks) {
    const cap = joined.at(-1)
    const isCap =
      cap?.kind === 'paragraph' &&
      /^\p{Lu}\p{M}*$/u.test(cap.text) &&
      block.kind === 'paragraph' &&
      /^\p{Ll}/u.test(block.text)
    if (cap && isCap) {
      joined.pop()
      words ??= wordsInside(blocks)
      const start = isWord(cap.text, block.text, words) ? `${cap.text} ` : cap.text
      const text = start + block.text
      joined.push({ ...block, text, html: block.html === null ? null : start + block.html })
      report.push({ kind: 'joined', detail: `the drop cap “${cap.text}” to “${text.slice(0, 20)}…”` })
    } else joined.push(block)
  }
  return joined
}

/** Whether a capital is a word (A, I, Я…) and not the begin of one, by the words that the article uses. */
function isWord(cap: string, after: string, words: Set<string>): boolean {
  const letter = cap.toLowerCase()
  const next = wordsOf(after)[0] ?? ''
  return words.has(letter) && words.has(next) && !words.has(letter + next)
}

/** All words but those that begin a block, as the rest of a parted one does. */
const wordsInside = (blocks: ImportedBlock[]) => new Set(blocks.flatMap(({ text }) => wordsOf(text).slice(1)))

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}’'-]+/gu) ?? []
