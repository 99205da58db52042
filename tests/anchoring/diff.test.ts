import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffWords } from '../../core/anchoring/diff.ts'

const shown = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'out' ? `[-${text}-]` : `{+${text}+}`))
    .join('')

describe('how a wording changed', () => {
  test.each([
    ['It leaves at seven.', 'It leaves at half past six.', 'It leaves at [-seven-]{+half past six+}.'],
    ['a b c', 'a b c', 'a b c'],
    ['All of it is new', 'Nothing stayed', '[-All of it is new-]{+Nothing stayed+}'],
    ['One two', 'One two three', 'One two{+three+}'],
    ['“So,” she said', '"So," she said', '"So," she said'],
    ['春はあけぼの', '夏はあけぼの', '[-春-]{+夏+}はあけぼの'],
  ])('%s → %s', (before, after, wanted) => {
    expect(shown(before, after).replaceAll(/ (?=[-+][\]}]|\{)/g, '')).toBe(
      wanted.replaceAll(/ (?=[-+][\]}]|\{)/g, ''),
    )
  })

  test('a small word alone between two changes is part of them', () => {
    const changes = diffWords('the red house of the mayor', 'the green garden of my neighbour')
    expect(changes.filter(({ kind }) => kind === 'out')).toHaveLength(1)
  })

  test('leaves nothing of the new text out, whatever the texts', () => {
    const text = fc.array(
      fc.constantFrom('the', 'ferry', 'leaves', 'at', 'seven', ',', '.', '’', 'é', '船'),
      {
        maxLength: 30,
      },
    )
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pieces = diffWords(a.join(' '), b.join(' '))
        const kept = pieces.filter(({ kind }) => kind !== 'out').map((piece) => piece.text)
        expect(kept.join('')).toBe(b.join(' '))
      }),
    )
  })
})
