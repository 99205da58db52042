import type { Passage } from './prepared.ts'
import { folds, piecesOf, type PageBlock } from './page.ts'

/** Where each UTF-16 unit of a block's text stands on the page. */
interface Place {
  node: Node
  offset: number
}

/** The places of the units of `textOf(element)`, which folds white space in the same way. */
function placesOf(element: Element): Place[] {
  const places: Place[] = []
  let afterSpace = true
  for (const { node, text } of piecesOf(element)) {
    for (let offset = 0; offset < text.length; offset += 1) {
      const isSpace = folds(text.charAt(offset))
      if (!(isSpace && afterSpace)) places.push({ node, offset })
      afterSpace = isSpace
    }
  }
  if (afterSpace) places.pop()
  return places
}

/**
 * The part of the page that a passage covers.
 * @param blocks the page's, as `blocksOf` gives them
 * @returns null where the page has changed since and the passage is not there
 */
export function toRange(blocks: PageBlock[], passage: Passage): Range | null {
  const first = blocks[passage.block]
  const last = blocks[passage.endBlock]
  if (!first || !last) return null
  const start = placesOf(first.element)[passage.start]
  const end = placesOf(last.element)[passage.end - 1]
  if (!start || !end) return null
  const range = document.createRange()
  if (start.node.nodeType === 3) range.setStart(start.node, start.offset)
  else range.setStartAfter(start.node)
  if (end.node.nodeType === 3) range.setEnd(end.node, end.offset + 1)
  else range.setEndBefore(end.node)
  return range
}

/**
 * The passage that a selection covers, clipped to the article's blocks and without white space at its ends.
 * @returns null where it covers no words of the article
 */
export function fromRange(blocks: PageBlock[], range: Range): Passage | null {
  const touched = blocks.flatMap((block, index) => (range.intersectsNode(block.element) ? [index] : []))
  const covered = touched.flatMap((index) => {
    const block = blocks[index]
    const part = block && partOf(block, range)
    return part ? [{ index, ...part }] : []
  })
  const first = covered[0]
  const last = covered.at(-1)
  return first && last
    ? { block: first.index, start: first.start, endBlock: last.index, end: last.end }
    : null
}

function partOf(block: PageBlock, range: Range): { start: number; end: number } | null {
  const places = placesOf(block.element)
  let start = places.findIndex(
    ({ node, offset }) => range.comparePoint(node, node.nodeType === 3 ? offset : 0) === 0,
  )
  if (start < 0) return null
  let end =
    1 +
    places.findLastIndex(
      ({ node, offset }) => range.comparePoint(node, node.nodeType === 3 ? offset + 1 : 0) === 0,
    )
  const isSpace = (unit: number) => /\s/.test(block.text.charAt(unit))
  while (start < end && isSpace(start)) start += 1
  while (end > start && isSpace(end - 1)) end -= 1
  return start < end ? { start, end } : null
}
