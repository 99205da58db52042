import type { Passage } from '../../core/anchoring/joined.ts'
import type { PageBlock } from '../../core/anchoring/page.ts'
import { toRange } from '../../core/anchoring/range.ts'
import { sheet } from './sheet.ts'

const name = 'postil-passage'
let styled = false

/**
 * Marks passages on the page while their thread is open, without touching its elements (CSS Custom Highlight API).
 * Browsers without it show the thread all the same.
 * @returns ends that, unless others are marked by then
 */
export function highlight(blocks: PageBlock[], passages: Passage[]): (() => void) | undefined {
  if (!('highlights' in CSS)) return
  CSS.highlights.delete(name)
  const ranges = passages.flatMap((passage) => toRange(blocks, passage) ?? [])
  if (ranges.length === 0) return
  if (!styled) {
    styled = true
    // Underlined too: colour alone does not reach everybody, and some have their own.
    const style = `@media screen { ::highlight(${name}) { background-color: var(--postil-highlight, light-dark(#fbe3a6, #5c4a15)); text-decoration: underline dotted 1px; text-underline-offset: 0.25em; } }
@media (forced-colors: active) { ::highlight(${name}) { background-color: Mark; color: MarkText; } }`
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet(style)]
  }
  const marked = new Highlight(...ranges)
  CSS.highlights.set(name, marked)
  return () => {
    if (CSS.highlights.get(name) === marked) CSS.highlights.delete(name)
  }
}
