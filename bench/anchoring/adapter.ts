import {
  align,
  carry,
  locate,
  passageAt,
  prepare as prepareArticle,
  type Alignment,
  type Passage,
  type Prepared,
} from '../../core/anchoring/index.ts'
import type { Selector } from './corpus.ts'

interface Context {
  oldParagraphs?: string[]
  prepared?: Ready
}
/** With both revisions their alignment; without, the page alone. */
type Ready = { page: Prepared; alignment: Alignment | null }

/** Our module as the corpora's score calls one: once for each pair of revisions. */
export function prepare(paragraphs: string[], { oldParagraphs }: Context = {}): Ready {
  const page = prepareArticle(paragraphs)
  return { page, alignment: oldParagraphs ? align(prepareArticle(oldParagraphs), page) : null }
}

/** And once for each anchor. */
export function anchor(paragraphs: string[], selector: Selector, context: Context) {
  const { page, alignment } = context.prepared ?? prepare(paragraphs, context)
  const found = alignment
    ? carry(alignment, passageOf(selector, alignment.before)).passage
    : locate(page, anchorOf(selector))
  return found && { paragraph: found.block, start: found.start, end: found.end, endParagraph: found.endBlock }
}

function anchorOf({ exact, prefix, suffix, textStart, textEnd }: Selector) {
  return { quote: { exact, prefix, suffix }, position: { start: textStart, end: textEnd } }
}

function passageOf({ textStart, textEnd }: Selector, before: Prepared): Passage {
  return passageAt(before, textStart, textEnd)
}
