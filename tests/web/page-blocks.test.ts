import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import type { PageBlock } from '../../core/anchoring/index.ts'
import { followed } from '../../web/embed/followed.ts'

const { document } = parseHTML('<html></html>')
/** Blocks named by their element and what it says: `a:One.` */
const elements = new Map<string, Element>()
const blocks = (...all: string[]): PageBlock[] =>
  all.map((each) => {
    const [name = '', text = ''] = each.split(':')
    const element = elements.get(name) ?? document.createElement('p')
    elements.set(name, element)
    return { element, kind: 'paragraph', text }
  })
const moved = (before: PageBlock[], after: PageBlock[]) => Object.fromEntries(followed(before, after))

describe('a page that changed', () => {
  it('has its blocks where their elements are', () => {
    expect(moved(blocks('a:One.', 'b:Two.'), blocks('n:New.', 'b:Two.', 'a:One.'))).toEqual({ 0: 2, 1: 1 })
  })

  it('has the same words in new elements, equal ones in their order', () => {
    const before = blocks('a:* * *', 'b:One.', 'c:* * *')
    expect(moved(before, blocks('x:* * *', 'y:New.', 'z:One.', 'w:* * *'))).toEqual({ 0: 0, 1: 2, 2: 3 })
  })

  it('has words moved on through the same elements', () => {
    expect(moved(blocks('a:One.', 'b:Two.'), blocks('a:New.', 'b:One.', 'c:Two.'))).toEqual({ 0: 1, 1: 2 })
  })

  it('has other words in a block that was edited', () => {
    expect(moved(blocks('a:One.', 'b:Two.'), blocks('a:One, or so.', 'b:Two.'))).toEqual({ 0: 0, 1: 1 })
  })

  it('has no more what was taken away', () => {
    expect(moved(blocks('a:One.', 'b:Two.'), blocks('b:Two.'))).toEqual({ 1: 0 })
  })

  it('of 5,000 blocks is followed at once', () => {
    const many = (from: string) => blocks(...Array.from({ length: 5000 }, (_, nth) => `${from}${nth}:Same.`))
    const start = performance.now()
    expect(followed(many('old'), many('new')).size).toBe(5000)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
