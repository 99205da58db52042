import type { Anchor } from '../contract/anchor.ts'
import { join, type Joined, type Passage } from './joined.ts'

/** Characters of context on each side, as Hypothesis and the W3C's examples use. */
const contextLength = 32
/** The longest quote; a longer selection is anchored by its beginning. */
const quoteLength = 2000

/**
 * Describes a passage by redundant selectors (W3C Web Annotation Data Model: TextQuoteSelector,
 * TextPositionSelector; and the block it begins in).
 * @param article the texts of all blocks, in order; joined where many passages are described
 * @param passage offsets in UTF-16 units of the blocks' texts
 * @example describe(['One two three.'], { block: 0, start: 4, endBlock: 0, end: 7 }).quote
 *   // { exact: 'two', prefix: 'One ', suffix: ' three.' }
 */
export function describe(article: Joined | readonly string[], passage: Passage, whole = false): Anchor {
  const prepared = join(article)
  const { joined, starts } = prepared
  const placeOf = (block: number, offset: number) => (starts[block] ?? joined.length) + offset
  const start = boundary(joined, placeOf(passage.block, passage.start))
  const end = boundary(joined, Math.min(placeOf(passage.endBlock, passage.end), start + quoteLength))
  return {
    quote: {
      exact: joined.slice(start, end),
      prefix: joined.slice(boundary(joined, Math.max(0, start - contextLength)), start),
      suffix: joined.slice(end, boundary(joined, end + contextLength)),
    },
    position: { start, end },
    block: {
      fingerprint: prepared.nameOf(passage.block),
      index: passage.block,
      before: prepared.nameOf(passage.block - 1),
      after: prepared.nameOf(passage.block + 1),
      whole,
    },
  }
}

/**
 * Describes a block as a whole: a paragraph anchor.
 * @throws RangeError where there is no such block, or nothing in it
 */
export function describeBlock(article: Joined | readonly string[], index: number): Anchor {
  const prepared = join(article)
  const text = prepared.texts[index]
  if (!text) throw new RangeError(`there is no block ${index} with words in it`)
  return describe(prepared, { block: index, start: 0, endBlock: index, end: text.length }, true)
}

/** The offset, or the one before it where it is in the middle of a character. */
function boundary(text: string, offset: number): number {
  const isCut = (text.codePointAt(offset - 1) ?? 0) > 0xffff
  return isCut ? offset - 1 : offset
}
