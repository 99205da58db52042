import type { PageBlock } from '../../core/anchoring/page.ts'

/**
 * Which block each of before is now: by element and words, else by its words, else by its element alone. Frameworks
 * put new elements for the same words, and new words into the same elements.
 */
export function followed(before: PageBlock[], after: PageBlock[]): Map<number, number> {
  const moved = new Map<number, number>()
  const taken = new Set<number>()
  const pair = (from: number, to: number) => {
    moved.set(from, to)
    taken.add(to)
  }
  const byElement = new Map(after.map(({ element }, index) => [element, index]))
  for (const [index, { element, text }] of before.entries()) {
    const now = byElement.get(element)
    if (now !== undefined && after[now]?.text === text) pair(index, now)
  }
  const byText = new Map<string, number[]>()
  for (const [index, { text }] of after.entries()) {
    if (taken.has(index)) continue
    const same = byText.get(text)
    if (same) same.push(index)
    else byText.set(text, [index])
  }
  for (const [index, { text }] of before.entries()) {
    const now = moved.has(index) ? undefined : byText.get(text)?.shift()
    if (now !== undefined) pair(index, now)
  }
  for (const [index, { element }] of before.entries()) {
    const now = moved.has(index) ? undefined : byElement.get(element)
    if (now !== undefined && !taken.has(now)) pair(index, now)
  }
  return moved
}
