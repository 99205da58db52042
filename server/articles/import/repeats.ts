import { fingerprint } from '../../../core/anchoring/index.ts'
import type { ImportedBlock, ReportLine } from './types.ts'

/** A paragraph long enough to be one of the article's own, and not a title, caption or site name. */
const bodyLength = 140

export const isBody = (block: ImportedBlock | undefined) => (block?.text.length ?? 0) >= bodyLength

/**
 * Pages that are put together twice (once for phones, once for printing) come out with their body twice. The second
 * run of the same paragraphs is the one kept, because in plain text what stands before it is the page's head.
 */
export function withoutRepeat(blocks: ImportedBlock[], report: ReportLine[]): ImportedBlock[] {
  const names = blocks.map((block) => fingerprint(block.text))
  const seen = new Map<string, number>()
  for (const [again, name] of names.entries()) {
    const first = seen.get(name)
    if (first === undefined) {
      if (isBody(blocks[again])) seen.set(name, again)
      continue
    }
    let end = first + 1
    while (end < again && names[end] === names[again + end - first]) end += 1
    let start = first
    while (start > 0 && again - first + start > end && names[start - 1] === names[again - first + start - 1])
      start -= 1
    const run = blocks.slice(start, end)
    // One paragraph said again is a pull quote.
    if (run.filter(isBody).length < 2) continue
    report.push({
      kind: 'dropped',
      detail: `a second copy of the body: ${run.length} paragraphs, from “${run[0]?.text.slice(0, 40) ?? ''}…”`,
    })
    return [...blocks.slice(0, start), ...blocks.slice(end)]
  }
  return blocks
}
