import type { Passage } from '../../../core/anchoring/joined.ts'

interface Span {
  start: number
  end: number
}

/** A sentence without the white space around it, by the first and the last of its words. */
interface Sentence extends Span {
  first: number
  last: number
}

interface Parts {
  words: Span[]
  sentences: Sentence[]
}

/** A word of the article: the block, and its number there. */
export interface Place {
  block: number
  word: number
}

/** What is chosen: from the word where it began to the one that moves; that may stand before it. */
export interface Choice {
  anchor: Place
  focus: Place
}

/** One step: to a word or sentence before or after, or to the first or last word of the sentence. */
export interface Move {
  by: 'word' | 'sentence' | 'edge'
  step: 1 | -1
}

type Segmenter = typeof Intl.Segmenter | null

const compare = (a: Place, b: Place) => a.block - b.block || a.word - b.word
const single = (place: Place): Choice => ({ anchor: place, focus: place })
const ordered = ({ anchor, focus }: Choice) =>
  compare(anchor, focus) <= 0 ? { from: anchor, to: focus } : { from: focus, to: anchor }

/**
 * Where the words and sentences of a text are, in the way of its language: some write without spaces.
 * @param language a BCP 47 tag
 * @param segmenter null in a browser that has none: then by spaces and full stops
 */
export function partsOf(text: string, language: string | null, segmenter: Segmenter = ownSegmenter()): Parts {
  const words = segmenter
    ? segments(text, language, segmenter, 'word').filter(({ isWord }) => isWord)
    : matches(text, /[\p{L}\p{M}\p{N}]+(?:['’·-][\p{L}\p{M}\p{N}]+)*/gu)
  const stretches = segmenter
    ? segments(text, language, segmenter, 'sentence')
    : matches(text, /[^.!?…。！？؟]+[.!?…。！？؟]*[”’"»)\]」』]*/gu)
  const sentences: Sentence[] = []
  let first = 0
  for (const { start, end } of stretches) {
    let after = first
    while ((words[after]?.start ?? end) < end) after += 1
    if (after > first) sentences.push({ ...trimmed(text, start, end), first, last: after - 1 })
    first = after
  }
  return { words, sentences }
}

// Older than our types: Firefox got it in 2024.
const ownSegmenter = (): Segmenter => (Intl as Partial<typeof Intl>).Segmenter ?? null

function segments(
  text: string,
  language: string | null,
  segmenter: typeof Intl.Segmenter,
  granularity: 'word' | 'sentence',
): (Span & { isWord: boolean })[] {
  let of: Intl.Segmenter
  try {
    of = new segmenter(language ?? undefined, { granularity })
  } catch {
    // What the page says is not the name of a language.
    of = new segmenter(undefined, { granularity })
  }
  return [...of.segment(text)].map(({ index, segment, isWordLike }) => ({
    start: index,
    end: index + segment.length,
    isWord: isWordLike ?? true,
  }))
}

const matches = (text: string, pattern: RegExp): Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }))

function trimmed(text: string, start: number, end: number): Span {
  const part = text.slice(start, end)
  const from = start + part.length - part.trimStart().length
  return { start: from, end: from + part.trim().length }
}

/** The words of an article, to go through by keyboard. A block is taken apart when somebody comes to it. */
export class Words {
  readonly #blocks: readonly { text: string; language: string | null }[]
  readonly #known = new Map<number, Parts>()

  constructor(blocks: readonly { text: string; language: string | null }[]) {
    this.#blocks = blocks
  }

  /** The first sentence of a block; where it has no words, of the next that has some, else of the one before. */
  sentenceIn(block: number): Choice | null {
    const at = (this.#isEmpty(block) ? (this.#beside(block, 1) ?? this.#beside(block, -1)) : null) ?? block
    return this.#isEmpty(at) ? null : this.#sentenceOf({ block: at, word: 0 })
  }

  /** What is chosen after a step. Where there is nothing further, it stays. */
  moved(choice: Choice, { by, step }: Move, extend: boolean): Choice {
    const { from, to } = ordered(choice)
    if (by === 'edge') {
      const sentence = this.#sentenceOf(choice.focus)
      const place = step > 0 ? sentence.focus : sentence.anchor
      return extend ? { ...choice, focus: place } : single(place)
    }
    if (by === 'sentence') return extend ? this.#extended(choice, step) : this.#sentenceFrom(from, to, step)
    if (extend) return { ...choice, focus: this.#next(choice.focus, step) ?? choice.focus }
    // As in a text field: of several words the last, or the first, and only then the one beside.
    if (compare(from, to) !== 0) return single(step > 0 ? to : from)
    return single(this.#next(from, step) ?? from)
  }

  /** The part of the article that is chosen: of whole sentences with their full stops. */
  passageOf(choice: Choice): Passage {
    const { from, to } = ordered(choice)
    const [first, last] = [this.#sentence(from), this.#sentence(to)]
    const holdsFirst = compare({ block: from.block, word: first.last }, to) <= 0
    const holdsLast = compare(from, { block: to.block, word: last.first }) <= 0
    const isFirst = from.word === first.first && holdsFirst
    const isLast = to.word === last.last && holdsLast
    return {
      block: from.block,
      start: isFirst ? first.start : this.#span(from).start,
      endBlock: to.block,
      end: isLast ? last.end : this.#span(to).end,
    }
  }

  /** The part of the article that moves with the next step. */
  focusOf({ focus }: Choice): Passage {
    return { block: focus.block, ...this.#span(focus), endBlock: focus.block }
  }

  /** The words that are chosen, as long as they are not too many; else their beginning and their end. */
  textOf(choice: Choice): string {
    const { block, start, endBlock, end } = this.passageOf(choice)
    const texts = this.#blocks.slice(block, endBlock + 1).map(({ text }) => text)
    const whole = texts.join(' ')
    const words = whole.slice(start, whole.length - (texts.at(-1)?.length ?? 0) + end)
    return words.length > 200 ? `${words.slice(0, 100).trimEnd()} … ${words.slice(-90).trimStart()}` : words
  }

  #sentenceFrom(from: Place, to: Place, step: 1 | -1): Choice {
    const sentence = this.#sentenceOf(step > 0 ? to : from)
    const isWhole =
      compare(this.#sentenceOf(from).anchor, from) === 0 && compare(this.#sentenceOf(to).focus, to) === 0
    // From inside of a sentence, back leads to the whole of it.
    if (step < 0 && !isWhole) return sentence
    const beside = this.#next(step > 0 ? sentence.focus : sentence.anchor, step)
    return beside ? this.#sentenceOf(beside) : sentence
  }

  #extended(choice: Choice, step: 1 | -1): Choice {
    const { anchor, focus } = choice
    const sentence = this.#sentenceOf(focus)
    const isAway = compare(focus, anchor) * step >= 0
    const edge = step > 0 ? sentence.focus : sentence.anchor
    if (isAway) {
      if (compare(focus, edge) !== 0) return { anchor, focus: edge }
      const beside = this.#next(edge, step)
      if (!beside) return choice
      const next = this.#sentenceOf(beside)
      return { anchor, focus: step > 0 ? next.focus : next.anchor }
    }
    // Back to where it began; past that, it grows on the other side.
    const nearer = this.#next(edge, step)
    if (nearer && compare(nearer, anchor) * step <= 0) return { anchor, focus: nearer }
    return this.#extended({ anchor: focus, focus: anchor }, step)
  }

  #next({ block, word }: Place, step: 1 | -1): Place | null {
    if (word + step in this.#parts(block).words) return { block, word: word + step }
    const beside = this.#beside(block, step)
    if (beside === null) return null
    return { block: beside, word: step > 0 ? 0 : this.#parts(beside).words.length - 1 }
  }

  /** The next block that has words. */
  #beside(block: number, step: 1 | -1): number | null {
    let at = block + step
    while (at in this.#blocks && this.#isEmpty(at)) at += step
    return at in this.#blocks ? at : null
  }

  #isEmpty(block: number): boolean {
    return this.#parts(block).sentences.length === 0
  }

  #sentenceOf(place: Place): Choice {
    const { first, last } = this.#sentence(place)
    return { anchor: { ...place, word: first }, focus: { ...place, word: last } }
  }

  #sentence({ block, word }: Place): Sentence {
    const { words, sentences } = this.#parts(block)
    const all = { start: 0, end: this.#blocks[block]?.text.length ?? 0, first: 0, last: words.length - 1 }
    return sentences.find(({ last }) => last >= word) ?? all
  }

  #span({ block, word }: Place): Span {
    return this.#parts(block).words[word] ?? { start: 0, end: 0 }
  }

  #parts(block: number): Parts {
    const known = this.#known.get(block)
    if (known) return known
    const { text, language } = this.#blocks[block] ?? { text: '', language: null }
    const parts = partsOf(text, language)
    this.#known.set(block, parts)
    return parts
  }
}

/**
 * Which step a key asks for; left and right are those of the eye.
 * @returns null for other keys
 */
export function moveOf(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  isRtl: boolean,
): Move | null {
  const onward = isRtl ? -1 : 1
  const across = ctrlKey ? 'edge' : 'word'
  const moves: Record<string, Move> = {
    ArrowRight: { by: across, step: onward },
    ArrowLeft: { by: across, step: isRtl ? 1 : -1 },
    ArrowDown: { by: 'sentence', step: 1 },
    ArrowUp: { by: 'sentence', step: -1 },
    Home: { by: 'edge', step: -1 },
    End: { by: 'edge', step: 1 },
  }
  return Object.hasOwn(moves, key) ? (moves[key] ?? null) : null
}
