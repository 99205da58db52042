import { describe, expect, it } from 'vitest'
import { describe as describePassage, describeBlock } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import { afterPress, isOpen, isPressed, tally, threadsOn } from '../../web/embed/later/reactions.ts'
import { Passages } from '../../web/embed/passages.ts'
import type { Thread } from '../../web/embed/threads.ts'

const texts = ['The first paragraph of all of them.', 'The second one, with other words in it.']
const wholeOf = (block: number) => describeBlock(texts, block)
const words = { block: 1, start: 4, endBlock: 1, end: 14 }
const none = { agree: 0, helpful: 0, question: 0, source: 0 }

const thread = (id: string, anchor: Anchor | null, given: Partial<Thread> = {}): Thread => ({
  id,
  anchor,
  placement: null,
  comments: 0,
  reactions: none,
  mark: null,
  lastAt: null,
  createdAt: '2026-01-01T10:00:00Z',
  can: { reattach: false, mark: false },
  mine: null,
  typo: false,
  list: [],
  next: null,
  ...given,
})

const onWords = thread('words', describePassage(texts, words), {
  reactions: { ...none, question: 2 },
  mine: 'question',
})
const onBlock = thread('block', wholeOf(1), { reactions: { ...none, agree: 3, source: 1 }, mine: 'agree' })
const elsewhere = thread('elsewhere', wholeOf(0), { reactions: { ...none, agree: 9 } })
const passages = new Passages(texts, () => undefined)
const discussion = {
  threads: new Map([elsewhere, onWords, onBlock, thread('article', null)].map((one) => [one.id, one])),
  places: { found: (one: Thread) => passages.of(one) },
}
const onParagraph = { block: 1, anchor: wholeOf(1), passage: null, isCut: false }

describe('the reactions of a passage', () => {
  it('are those of a paragraph and of words in it, the paragraph first', () => {
    expect(threadsOn(discussion, onParagraph).map(({ id }) => id)).toEqual(['block', 'words'])
  })

  it('are, of selected words, those of the very words', () => {
    const at = (passage: typeof words) =>
      threadsOn(discussion, { block: 1, anchor: describePassage(texts, passage), passage, isCut: false })
    expect(at(words).map(({ id }) => id)).toEqual(['words'])
    expect(at({ ...words, end: 18 })).toEqual([])
  })

  it('add up, and tell one’s own to the passage from those to words of it', () => {
    const shown = tally(threadsOn(discussion, onParagraph), true)
    expect(shown).toEqual({
      counts: { agree: 3, helpful: 0, question: 2, source: 1 },
      own: 'agree',
      others: ['question'],
    })
    expect(isPressed(shown, 'agree') && isPressed(shown, 'question')).toBe(true)
    expect(isPressed(shown, 'source')).toBe(false)
  })

  it('hold no typo: only its reader and the publisher know of it', () => {
    expect(tally([{ ...onBlock, reactions: none, mine: null }], true)).toEqual({
      counts: none,
      own: null,
      others: [],
    })
  })
})

describe('a reaction that is pressed', () => {
  const shown = tally([onBlock, onWords], true)

  it('takes the place of the one there was', () => {
    expect(afterPress(shown, 'source')).toEqual({
      counts: { agree: 2, helpful: 0, question: 2, source: 2 },
      own: 'source',
      others: ['question'],
    })
  })

  it('is taken back where it was one’s own, also from words of the passage', () => {
    expect(afterPress(shown, 'agree')).toEqual({
      counts: { agree: 2, helpful: 0, question: 2, source: 1 },
      own: null,
      others: ['question'],
    })
    expect(afterPress(shown, 'question')).toEqual({
      counts: { agree: 3, helpful: 0, question: 1, source: 1 },
      own: 'agree',
      others: [],
    })
  })

  it('twice leaves all as it was', () => {
    const free = tally([{ ...onBlock, mine: null }], true)
    expect(afterPress(afterPress(free, 'helpful'), 'helpful')).toEqual(free)
  })
})

describe('a thread', () => {
  it('is reacted to by its id only where others see it, or one has reacted to it oneself', () => {
    expect(isOpen(onBlock)).toBe(true)
    expect(isOpen(thread('t', null, { comments: 1 }))).toBe(true)
    expect(isOpen(thread('t', null, { typo: true }))).toBe(true)
    expect(isOpen(thread('t', null))).toBe(false)
  })
})
