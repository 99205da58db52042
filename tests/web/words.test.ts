import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveOf, partsOf, Words, type Choice, type Move } from '../../web/embed/later/words.ts'

const blocks = [
  '“Not so,” it says. They weren’t spoiling the book. They were finishing it.',
  '* * *',
  'A postil is an answer. It stands where it stands.',
]
const read = (texts: string[], language = 'en') => new Words(texts.map((text) => ({ text, language })))
const words = read(blocks)

function begin(block = 0): Choice {
  const choice = words.sentenceIn(block)
  if (!choice) throw new Error('there are no words')
  return choice
}

const step = (by: Move['by'], at: Move['step'], extend = false) => ({ by, step: at, extend })
const right = step('word', 1)
const left = step('word', -1)
const down = step('sentence', 1)
const up = step('sentence', -1)
const shifted = (move: ReturnType<typeof step>) => ({ ...move, extend: true })
const after = (moves: ReturnType<typeof step>[], from = begin()) =>
  moves.reduce((choice, move) => words.moved(choice, move, move.extend), from)
const text = (choice: Choice) => words.textOf(choice)

describe('words chosen by keyboard', () => {
  it('are the first sentence at first, with its quotation marks and its full stop', () => {
    expect(text(begin())).toBe('“Not so,” it says.')
    expect(text(begin(2))).toBe('A postil is an answer.')
  })

  it('begin beside a block without words', () => {
    expect(text(begin(1))).toBe('A postil is an answer.')
    expect(read(['* * *']).sentenceIn(0)).toBeNull()
    const choice = read(['Only here.', '* * *']).sentenceIn(1)
    expect(choice?.anchor.block).toBe(0)
  })

  it('are one word after a step by word: of a sentence its first or last, then the one beside', () => {
    expect(text(after([left]))).toBe('Not')
    expect(text(after([right]))).toBe('says')
    expect(text(after([left, right, right]))).toBe('it')
    expect(text(after([right, right, right]))).toBe('weren’t')
  })

  it('go over the borders of blocks, past those without words', () => {
    expect(text(after([down, down]))).toBe('They were finishing it.')
    expect(text(after([down, down, down]))).toBe('A postil is an answer.')
    expect(text(after([down, down, right, right]))).toBe('A')
    expect(text(after([left, left], begin(2)))).toBe('it')
  })

  it('are the sentence again after a step back from inside of it', () => {
    expect(text(after([down, left, right, up]))).toBe('They weren’t spoiling the book.')
    expect(text(after([down, up]))).toBe('“Not so,” it says.')
  })

  it('grow and shrink by word', () => {
    const chosen = [down, left, right, right]
    expect(text(after([...chosen, shifted(right), shifted(right)]))).toBe('spoiling the book')
    expect(text(after([...chosen, shifted(right), shifted(right), shifted(left)]))).toBe('spoiling the')
    expect(text(after([...chosen, shifted(left)]))).toBe('weren’t spoiling')
  })

  it('grow and shrink by sentence, also over blocks', () => {
    expect(text(after([down, shifted(down)]))).toBe('They weren’t spoiling the book. They were finishing it.')
    expect(text(after([down, shifted(down), shifted(up)]))).toBe('They weren’t spoiling the book.')
    expect(text(after([down, shifted(up)]))).toBe('“Not so,” it says. They weren’t spoiling the book.')
    expect(text(after([down, shifted(up), shifted(down)]))).toBe('They weren’t spoiling the book.')
    const over = after([down, down, shifted(down)])
    expect(words.passageOf(over)).toEqual({ block: 0, start: 51, endBlock: 2, end: 22 })
    expect(text(over)).toBe('They were finishing it. * * * A postil is an answer.')
  })

  it('go to the ends of the sentence', () => {
    expect(text(after([down, left, right, step('edge', 1)]))).toBe('book')
    expect(text(after([down, left, right, step('edge', -1)]))).toBe('They')
    expect(text(after([down, left, right, shifted(step('edge', 1))]))).toBe('weren’t spoiling the book')
  })

  it('stay where there is nothing further', () => {
    expect(text(after([up, up]))).toBe('“Not so,” it says.')
    expect(text(after([left, left]))).toBe('Not')
    expect(text(after([down, down, right, right], begin(2)))).toBe('stands')
    expect(text(after([shifted(down), shifted(down)], begin(2)))).toBe(blocks[2])
  })

  it('are told shortened where they are many', () => {
    const long = read([`${'word '.repeat(100)}end.`])
    const choice = long.sentenceIn(0)
    expect(choice && long.textOf(choice)).toMatch(/^word .*word … .*word end\.$/)
    expect((choice && long.textOf(choice))?.length).toBeLessThanOrEqual(200)
  })

  it('are part of the article whatever the steps', () => {
    const moves = fc.record({
      by: fc.constantFrom('word' as const, 'sentence' as const, 'edge' as const),
      step: fc.constantFrom(1 as const, -1 as const),
      extend: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 30 }), (all) => {
        const { block, start, endBlock, end } = words.passageOf(after(all))
        expect(blocks[block]?.slice(start, start + 1)).toMatch(/\S/)
        expect(blocks[endBlock]?.slice(end - 1, end)).toMatch(/\S/)
        expect(block < endBlock || (block === endBlock && start < end)).toBe(true)
      }),
    )
  })
})

describe('words and sentences', () => {
  const parts = (of: string, language: string | null, segmenter?: null) => {
    const { words: spans, sentences } = partsOf(of, language, segmenter)
    const cut = ({ start, end }: { start: number; end: number }) => of.slice(start, end)
    return { words: spans.map(cut), sentences: sentences.map(cut) }
  }

  it('are found where a language writes no spaces', () => {
    const japanese = parts('余白に書く。本は待つ。', 'ja')
    expect(japanese.sentences).toEqual(['余白に書く。', '本は待つ。'])
    expect(japanese.words).toContain('余白')
  })

  it('are found without a segmenter, and where the page names no language', () => {
    const plain = { words: ['It', 'isn’t', 'so', 'Is', 'it'], sentences: ['It isn’t so.', '“Is it?”'] }
    expect(parts('It isn’t so. “Is it?”', 'en', null)).toEqual(plain)
    expect(parts('It isn’t so. “Is it?”', 'not a language!')).toEqual(plain)
    expect(parts('It isn’t so. “Is it?”', null)).toEqual(plain)
  })

  it('there are none in what has no letters', () => {
    expect(parts('* * *', 'en')).toEqual({ words: [], sentences: [] })
    expect(parts('', null, null)).toEqual({ words: [], sentences: [] })
  })
})

describe('the keys', () => {
  it('move to the side that the eye expects', () => {
    expect(moveOf({ key: 'ArrowLeft', ctrlKey: false }, false)).toEqual({ by: 'word', step: -1 })
    expect(moveOf({ key: 'ArrowLeft', ctrlKey: false }, true)).toEqual({ by: 'word', step: 1 })
    expect(moveOf({ key: 'ArrowRight', ctrlKey: true }, true)).toEqual({ by: 'edge', step: -1 })
    expect(moveOf({ key: 'ArrowDown', ctrlKey: false }, true)).toEqual({ by: 'sentence', step: 1 })
    expect(moveOf({ key: 'x', ctrlKey: false }, false)).toBeNull()
    expect(moveOf({ key: 'constructor', ctrlKey: false }, false)).toBeNull()
  })
})
