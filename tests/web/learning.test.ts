import { expect, test } from 'vitest'
import { signalText } from '../../web/console/signal.ts'

const casino = { word: 'casino', approved: 2, rejected: 58 }
const learned = (similar: { approved: number; rejected: number }, words: (typeof casino)[]) =>
  signalText({ kind: 'learned', probability: 0.874, holds: false, similar, words })

test('what was learnt is said with what became of similar comments, and the words that speak for it', () => {
  expect(learned({ approved: 1, rejected: 4 }, [casino, { word: 'كازينو', approved: 0, rejected: 0 }])).toBe(
    'Looks like comments that were rejected here (87 %); 4 of 5 similar ones were; ' +
      'words that speak for it: “\u2068casino\u2069” (58 of 60 rejected), “\u2068كازينو\u2069”',
  )
})

test('of few similar comments nothing is said', () => {
  expect(learned({ approved: 0, rejected: 4 }, [])).toBe('Looks like comments that were rejected here (87 %)')
})
