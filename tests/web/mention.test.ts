import { describe, expect, it } from 'vitest'
import { namesIn, parse } from '../../server/text/index.ts'
import { mentionAt, mentionOf, offerable } from '../../web/embed/later/mention.ts'

/** What is being typed where `|` stands. */
const begunIn = (typed: string) => mentionAt(typed.replace('|', ''), typed.indexOf('|'))

describe('a name is being typed', () => {
  it.each([
    ['@a|', 0, 'a'],
    ['Ask @ada|', 4, 'ada'],
    ['Ask @Ada L|', 4, 'Ada L'],
    ['(@ad|)', 1, 'ad'],
    ['One\n@ad| and more', 4, 'ad'],
    ['@Ada, @be|', 6, 'be'],
    ['さん@田|', 2, '田'],
    ['@عم|', 0, 'عم'],
  ])('in %j', (typed, at, name) => {
    expect(begunIn(typed)).toEqual({ at, name })
  })

  it.each([
    ['nothing', '|'],
    ['no sign', 'ada|'],
    ['no letter yet', '@|'],
    ['a space after the sign', '@ a|'],
    ['an address', 'me@ada|'],
    ['a path', 'example.org/@ada|'],
    ['the caret inside of a word', '@a|da'],
    ['the caret before the sign', '|@ada'],
    ['another line', '@ada\nso|'],
    ['more than a name is long', `@${'a'.repeat(81)}|`],
  ])('nowhere: %s', (_why, typed) => {
    expect(begunIn(typed)).toBeNull()
  })
})

describe('a chosen name', () => {
  it.each(['Ada', 'Ada *the* one', '_ann_', 'a`b`', '[x](y)', 'back\\slash', 'https://x.example', '<so>'])(
    '%j is read as itself where it was put in',
    (name) => {
      expect(namesIn(parse(`So, ${mentionOf(name)} says`))).toContain(name)
    },
  )
})

describe('who is offered', () => {
  const people = ['Ada', 'adam', 'Ädam', 'Sam', 'sam', 'Sam Sung'].map((name, id) => ({ id: `${id}`, name }))
  const names = (begun: string, me = '') =>
    offerable(people, { at: 0, name: begun }, me).map(({ name }) => name)

  it('begins so, however it is written', () => {
    expect(names('AD')).toEqual(['Ada', 'adam'])
    expect(names('a\u0308d')).toEqual(['Ädam'])
  })

  it('is not oneself, nor one of two of the same name', () => {
    expect(names('ad', '0')).toEqual(['adam'])
    expect(names('sam')).toEqual(['Sam Sung'])
  })
})
