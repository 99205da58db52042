import type { Passage } from '../../../core/anchoring/joined.ts'
import type { PageBlock } from '../../../core/anchoring/page.ts'
import { toRange } from '../../../core/anchoring/range.ts'
import { gliding } from '../seen.ts'
import { sheet } from '../sheet.ts'

const name = 'postil-choice'
// Underlined too, so that it is not told by colour alone.
const style = `
::highlight(${name}) {
  background-color: var(--postil-highlight, light-dark(#fbe3a6, #5c4a15));
  text-decoration: underline 2px;
}
@media (forced-colors: active) {
  ::highlight(${name}) { background-color: Highlight; color: HighlightText; }
}`
let styled = false

/** Shows on the page which words are chosen, without touching its elements; with null, none. */
export function light(blocks: PageBlock[], passage: Passage | null): void {
  const range = passage && toRange(blocks, passage)
  if (!('highlights' in CSS)) return select(range)
  CSS.highlights.delete(name)
  if (!range) return
  if (!styled) {
    styled = true
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet(style)]
  }
  CSS.highlights.set(name, new Highlight(range))
}

/** Browsers without custom highlights show what is selected. */
function select(range: Range | null): void {
  const selection = document.getSelection()
  selection?.removeAllRanges()
  if (range) selection?.addRange(range)
}

/**
 * Scrolls a passage to the first third of what is seen, where it is not seen whole.
 * @param bar what covers the window's lower end
 */
export function keepInSight(blocks: PageBlock[], passage: Passage, bar: HTMLElement): void {
  const box = toRange(blocks, passage)?.getBoundingClientRect()
  const end = bar.getBoundingClientRect().top
  if (!box || (box.top >= 8 && box.bottom <= end - 8)) return
  scrollBy({ top: box.top - Math.max(end, innerHeight / 2) / 3, behavior: gliding() })
}

/** The block that a reader sees first. */
export function firstInSight(blocks: PageBlock[]): number {
  return Math.max(
    0,
    blocks.findIndex(({ element }) => element.getBoundingClientRect().bottom > 0),
  )
}
