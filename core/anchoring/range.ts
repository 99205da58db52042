import type { Passage } from './prepared.ts'
import { fold, folds, piecesOf, type PageBlock, type Piece } from './page.ts'

/** A piece of a block, and what comes before it in the block's text. */
interface Stretch extends Piece {
  before: number
  afterSpace: boolean
}

/** The pieces that make up `textOf(element)`, which folds white space in the same way. */
function* stretchesOf(element: Element): Generator<Stretch> {
  let before = 0
  let afterSpace = true
  for (const piece of piecesOf(element)) {
    yield { ...piece, before, afterSpace }
    before += fold(piece.text, afterSpace).length
    if (piece.text !== '') afterSpace = folds(piece.text.charAt(piece.text.length - 1))
  }
}

/**
 * The part of the page that a passage covers.
 * @param blocks the page's, as `blocksOf` gives them
 * @returns null where the page has changed since and the passage is not there
 */
export function toRange(blocks: PageBlock[], passage: Passage): Range | null {
  const first = blocks[passage.block]
  const last = blocks[passage.endBlock]
  const start = first && placeOf(first, passage.start)
  const end = last && placeOf(last, passage.end - 1)
  if (!start || !end) return null
  const range = first.element.ownerDocument.createRange()
  if (start.node.nodeType === 3) range.setStart(start.node, start.offset)
  else range.setStartAfter(start.node)
  if (end.node.nodeType === 3) range.setEnd(end.node, end.offset + 1)
  else range.setEndBefore(end.node)
  return range
}

/** Where a unit of a block's text stands on the page. */
function placeOf({ element }: PageBlock, unit: number): { node: Node; offset: number } | null {
  for (const { node, text, before, afterSpace } of stretchesOf(element)) {
    if (before + fold(text, afterSpace).length <= unit) continue
    let left = unit - before
    for (let offset = 0; offset < text.length; offset += 1) {
      const isFolded =
        folds(text.charAt(offset)) && (offset === 0 ? afterSpace : folds(text.charAt(offset - 1)))
      if (isFolded) continue
      if (left === 0) return { node, offset }
      left -= 1
    }
  }
  return null
}

/**
 * The passage that a selection covers, clipped to the article's blocks and without white space at its ends.
 * @returns null where it covers no words of the article
 */
export function fromRange(blocks: PageBlock[], range: Range): Passage | null {
  const start = edgeOf(range, true)
  const end = edgeOf(range, false)
  const touched = blocks.flatMap((block, index) =>
    range.intersectsNode(block.element) ? [{ block, index }] : [],
  )
  const first = firstOf(touched, start, end)
  const last = firstOf(touched.toReversed(), start, end)
  if (!first || !last) return null
  // A block around the last one, a paragraph around an advert, may go on after it.
  const inner = last.block.element
  const around = touched.filter(({ block: { element } }) => element !== inner && element.contains(inner))
  const ending = firstOf(around, start, end)
  const { index, to } = ending && endsAfter(ending, inner) ? ending : last
  return { block: first.index, start: first.from, endBlock: index, end: to }
}

interface Touched {
  block: PageBlock
  index: number
}

/** The first of some blocks that has words between two points of the page; one around others may have none. */
function firstOf(touched: Touched[], start: Range, end: Range): (Touched & Part) | null {
  for (const { block, index } of touched) {
    const part = partOf(block, start, end)
    if (part) return { block, index, ...part }
  }
  return null
}

function endsAfter({ block, to }: Touched & Part, element: Element): boolean {
  const place = placeOf(block, to - 1)
  return place !== null && (element.compareDocumentPosition(place.node) & 4) !== 0
}

function edgeOf(range: Range, toStart: boolean): Range {
  const edge = range.cloneRange()
  edge.collapse(toStart)
  return edge
}

interface Part {
  from: number
  to: number
}

/** What of a block's text is between two points of the page. */
function partOf(block: PageBlock, start: Range, end: Range): Part | null {
  const isSpace = (unit: number) => /\s/.test(block.text.charAt(unit))
  let from = unitsBefore(block, start)
  let to = Math.min(unitsBefore(block, end), block.text.length)
  while (from < to && isSpace(from)) from += 1
  while (to > from && isSpace(to - 1)) to -= 1
  return from < to ? { from, to } : null
}

/** How many units of a block's text come before a point of the page. */
function unitsBefore({ element }: PageBlock, point: Range): number {
  let units = 0
  for (const { node, text, before, afterSpace } of stretchesOf(element)) {
    const isText = node.nodeType === 3
    if (isText && node === point.startContainer)
      return before + fold(text.slice(0, point.startOffset), afterSpace).length
    if (point.comparePoint(node, isText ? text.length : 0) > 0) return before
    units = before + fold(text, afterSpace).length
  }
  return units
}
