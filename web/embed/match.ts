import { fingerprint } from '../../core/anchoring/fingerprint.ts'
import type { Mark } from '../../core/contract/articles.ts'
import { wholeArticle, type Count } from './marks.ts'

/** A page of thousands of paragraphs is named in steps of this many milliseconds, so that it stays usable. */
const step = 8

/**
 * Which block each mark of the server belongs to: the one of the same words, among equals the nearest. Whose block
 * is not on the page as it was is lost: it counts with the article, until the thread view looks closer.
 * @param texts of the page's blocks
 * @param breathe lets the page do other things; waited for between two steps
 * @returns `isComplete` where none was lost
 */
export async function countsByBlock(
  texts: string[],
  marks: Mark[],
  breathe: () => Promise<void>,
): Promise<{ counts: Map<number, Count>; isComplete: boolean }> {
  const names: string[] = []
  const nameOf = (index: number) => (names[index] ??= fingerprint(texts[index] ?? ''))
  const isWhereItWas = (mark: Mark) => mark.index in texts && nameOf(mark.index) === mark.fingerprint
  // As long as the article is as it was, a few blocks tell all.
  if (!marks.every((mark) => mark.fingerprint === '' || isWhereItWas(mark))) {
    let until = performance.now() + step
    for (const index of texts.keys()) {
      nameOf(index)
      if (performance.now() < until) continue
      await breathe()
      until = performance.now() + step
    }
  }
  const counts = new Map<number, Count>()
  let isComplete = true
  for (const mark of marks) {
    const block = isWhereItWas(mark) ? mark.index : nearest(names, mark)
    if (block === wholeArticle && mark.fingerprint !== '') isComplete = false
    const { comments, reactions } = counts.get(block) ?? { comments: 0, reactions: 0 }
    counts.set(block, { comments: comments + mark.comments, reactions: reactions + mark.reactions })
  }
  return { counts, isComplete }
}

function nearest(names: string[], { fingerprint: name, index }: Mark): number {
  let best = wholeArticle
  if (name === '') return best
  for (const [place, other] of names.entries()) {
    if (other !== name) continue
    if (best === wholeArticle || Math.abs(place - index) < Math.abs(best - index)) best = place
  }
  return best
}
