import type { ImportedBlock, ReportLine } from './types.ts'

/**
 * Joins a drop cap that stands in a block of its own to the word it begins: a single capital letter before a
 * paragraph that goes on in small ones (or, in scripts without case, with a letter).
 */
export function joinDropCaps(blocks: ImportedBlock[], report: ReportLine[]): ImportedBlock[] {
  const joined: ImportedBlock[] = []
  for (const block of blocks) {
    const cap = joined.at(-1)
    const isCap =
      cap?.kind === 'paragraph' &&
      /^\p{Lu}\p{M}*$/u.test(cap.text) &&
      block.kind === 'paragraph' &&
      /^\p{Ll}/u.test(block.text)
    if (cap && isCap) {
      joined.pop()
      const text = cap.text + block.text
      joined.push({ ...block, text, html: block.html === null ? null : cap.text + block.html })
      report.push({ kind: 'joined', detail: `the drop cap “${cap.text}” to “${text.slice(0, 20)}…”` })
    } else joined.push(block)
  }
  return joined
}
