/** The rows of a long list of equal ones that are in the document: those in sight, some around, and one that has to be. */
export interface Rows {
  /** Indexes, ascending. */
  shown: number[]
  /** Of the whole list, in pixels. */
  height: number
}

/** Rows above and below those in sight: scrolling shows them before the next ones are made. */
const around = 6

/**
 * @param count rows in all
 * @param row the height of one, in pixels
 * @param view what is in sight, in pixels from the start of the list
 * @param always the index of a row that is kept wherever it is (it has the focus, or may get it), or -1
 */
export function rowsIn(
  count: number,
  row: number,
  view: { top: number; height: number },
  always: number,
): Rows {
  const first = Math.max(0, Math.floor(view.top / row) - around)
  const end = Math.min(count, Math.ceil((view.top + view.height) / row) + around)
  const inSight = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)
  const isApart = always >= 0 && always < count && !inSight.includes(always)
  const shown = isApart ? [...inSight, always].toSorted((a, b) => a - b) : inSight
  return { shown, height: count * row }
}

/** @returns how far to scroll so that a row is in sight, and no further than that */
export function scrollTo(index: number, row: number, view: { top: number; height: number }): number {
  const [top, bottom] = [index * row, (index + 1) * row]
  if (top < view.top) return top
  return bottom > view.top + view.height ? bottom - view.height : view.top
}
