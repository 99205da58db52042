import type { Marks } from '../marks.ts'
import { wholeArticle } from '../marks.ts'
import type { PageBlocks } from '../page-blocks.ts'
import type { Spot } from '../layout.svelte.ts'

/** What stands in a page one below the other, as far as its style says. */
export type Flow = Pick<
  CSSStyleDeclaration,
  'display' | 'float' | 'position' | 'flexDirection' | 'gridTemplateColumns'
>

/**
 * Whether something put after an element stands below it and moves nothing beside: not where they float, or stand in
 * the columns of a grid or a row.
 */
export function flowsBelow(element: Flow, parent: Flow): boolean {
  const isBlock =
    /^(block|flow-root|list-item|flex|grid)$/.test(element.display) &&
    element.float === 'none' &&
    !/absolute|fixed/.test(element.position)
  if (parent.display === 'flex') return isBlock && parent.flexDirection === 'column'
  if (parent.display === 'grid') return isBlock && !parent.gridTemplateColumns.trim().includes(' ')
  return isBlock && /^(block|flow-root|list-item)$/.test(parent.display)
}

/** Where the list stands under the article: as wide as its last block, below the button for the whole article. */
export function under(host: HTMLElement, { article, list }: PageBlocks, marks: Marks): Spot | null {
  const parent = host.parentElement
  if (!parent || !flowsBelow(getComputedStyle(article), getComputedStyle(parent))) return null
  const { left, width } = (list.at(-1)?.element ?? article).getBoundingClientRect()
  const top = (marks.button(wholeArticle)?.getBoundingClientRect().bottom ?? 0) + 16
  return { left, top, wide: width }
}
