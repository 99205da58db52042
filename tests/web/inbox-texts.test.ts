import { describe, expect, it } from 'vitest'
import type { TextBlock } from '../../core/contract/text.ts'
import { dayOf } from '../../web/embed/later/day.ts'
import { excerpt } from '../../web/shared/excerpt.ts'

const text = (words: string): TextBlock => ({ type: 'paragraph', children: [{ type: 'text', text: words }] })

describe('how a comment begins', () => {
  it('is one line without its markup', () => {
    const comment: TextBlock[] = [
      { type: 'quote', children: [text('As was said.')] },
      {
        type: 'paragraph',
        children: [
          { type: 'mention', id: '01890000-0000-7000-8000-000000000000', name: 'Ada' },
          { type: 'break' },
          { type: 'strong', children: [{ type: 'emphasis', children: [{ type: 'text', text: 'Yes' }] }] },
          { type: 'text', text: ', see ' },
          { type: 'link', href: 'https://example.org', children: [{ type: 'code', text: 'here' }] },
        ],
      },
      { type: 'list', ordered: false, items: [[text('One.')], [text('Two.'), text('Three.')]] },
      { type: 'codeblock', text: 'a\n  b' },
    ]
    expect(excerpt(comment)).toBe('> As was said. @Ada Yes, see here One. Two. Three. a b')
  })

  it('is cut where it is long, and never inside of a character', () => {
    expect(excerpt([text(`${'x'.repeat(239)}😀 and more`)])).toBe(`${'x'.repeat(239)}…`)
    expect(excerpt([text(`${'x'.repeat(238)}😀 and more`)])).toBe(`${'x'.repeat(238)}😀…`)
    expect(excerpt([text(`${'x'.repeat(239)} and more`)])).toBe(`${'x'.repeat(239)}…`)
    expect(excerpt([text('x'.repeat(240))])).toBe('x'.repeat(240))
  })
})

describe('the day of an entry', () => {
  const noon = (day: number) => new Date(2026, 2, day, 12)

  it.each([
    [noon(30), noon(30), 'today'],
    // The hours do not count, nor does a day of 23.
    [new Date(2026, 2, 29, 23, 59), new Date(2026, 2, 30, 0, 1), 'yesterday'],
    [new Date(2026, 2, 28, 0, 1), new Date(2026, 2, 29, 23, 59), 'yesterday'],
    [noon(28), noon(30), 'March 28, 2026'],
    // A clock that is behind.
    [noon(31), noon(30), 'today'],
  ])('of %s, on %s, is %s', (at, now, day) => {
    expect(dayOf(at.toISOString(), now.getTime(), 'en')).toBe(day)
  })
})
