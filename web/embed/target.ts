import { describe, describeBlock } from '../../core/anchoring/describe.ts'
import type { Passage } from '../../core/anchoring/joined.ts'
import type { PageBlock } from '../../core/anchoring/page.ts'
import { fromRange } from '../../core/anchoring/range.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import { Finder } from './finder.ts'
import { wholeArticle } from './marks.ts'
import type { BlockChange } from './page-blocks.ts'

/** What the panel is open on: a block with, where words were selected, an anchor for a new thread on them. */
export interface Target {
  block: number
  /** For a new thread; null for one on the whole article. */
  anchor: Anchor | null
  passage: Passage | null
  /** The words selected were more than a quote holds: the anchor is on their beginning. */
  isCut: boolean
}

/** A block as a whole, or the article. */
export function targetOf(list: PageBlock[], block: number): Target {
  const text = list[block]?.text
  if (text === undefined) return targetOfAnchor(list, null)
  const anchor = describeBlock(textsOf(list), block)
  return { block, anchor, passage: { block, start: 0, endBlock: block, end: text.length }, isCut: false }
}

/** The words of a selection. Of one that covers no words of the article itself, an advert's for example: the block it is in. */
export function targetOfWords(list: PageBlock[], range: Range): Target {
  const passage = fromRange(list, range)
  if (!passage)
    return targetOf(
      list,
      list.findIndex(({ element }) => range.intersectsNode(element)),
    )
  const texts = textsOf(list)
  const anchor = describe(texts, passage)
  return { block: passage.block, passage, anchor, isCut: anchor.position.end < endOf(texts, passage) }
}

/** The words of an anchor; where they are not on the page, it is shown at the whole article. */
export function targetOfAnchor(list: PageBlock[], anchor: Anchor | null): Target {
  const passage = (anchor && new Finder(textsOf(list)).find(anchor)) ?? null
  return { block: passage?.block ?? wholeArticle, anchor, passage, isCut: false }
}

/**
 * The target on the page after a change: the same words as before; else what the anchor leads to; else, until that is
 * there again, the whole article.
 * @param list the blocks as they are now
 */
export function targetAfter(target: Target, list: PageBlock[], { before, moved }: BlockChange): Target {
  const { block, anchor, passage, isCut } = target
  if (!anchor) return target
  const now = moved.get(block)
  const isAsItWas = now !== undefined && list[now]?.text === before[block]?.text
  if (isAsItWas && passage?.endBlock === block)
    return { block: now, anchor, passage: { ...passage, block: now, endBlock: now }, isCut }
  const found = targetOfAnchor(list, anchor)
  return { ...found, block: isAsItWas ? now : found.block, isCut }
}

const textsOf = (list: PageBlock[]) => list.map(({ text }) => text)

/** Where a passage ends in the blocks' texts joined. */
const endOf = (texts: string[], { endBlock, end }: Passage) =>
  texts.slice(0, endBlock).reduce((sum, { length }) => sum + length + 1, end)
