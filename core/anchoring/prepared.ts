import { fingerprint } from './fingerprint.ts'
import { wordsOf, type Words } from './words.ts'

/** A stretch of an article: from a unit in one block up to a unit in the same or a later one. */
export interface Passage {
  block: number
  start: number
  endBlock: number
  end: number
}

/** An article made ready for many anchors. */
export class Prepared {
  readonly texts: readonly string[]
  /** The blocks' texts with a "\n" between them, and where each block begins in it. */
  readonly joined: string
  readonly starts: Int32Array
  readonly #names: string[] = []
  #words: Words | undefined
  #placed: Placed | undefined

  constructor(texts: readonly string[]) {
    this.texts = texts
    this.joined = texts.join('\n')
    this.starts = new Int32Array(texts.length)
    let start = 0
    for (const [index, text] of texts.entries()) {
      this.starts[index] = start
      start += text.length + 1
    }
  }

  /** Its words: taken apart when they are first asked for, because an anchor that is found to the letter needs none. */
  get words(): Words {
    return (this.#words ??= wordsOf(this.joined))
  }

  /** A block's fingerprint; empty where there is no such block. */
  nameOf(block: number): string {
    const text = this.texts[block]
    return text === undefined ? '' : (this.#names[block] ??= fingerprint(text))
  }

  /** The places of word `id` are `places[first[id]]` up to `places[first[id + 1]]`, in order. */
  get first(): Int32Array {
    return this.#places().first
  }

  get places(): Int32Array {
    return this.#places().places
  }

  #places(): Placed {
    return (this.#placed ??= placesOf(this.words))
  }
}

/** Does once what every anchor needs: give the result to `describe`, `locate` or `align`. Linear in the text's length. */
export function prepare(article: Prepared | readonly string[]): Prepared {
  return article instanceof Prepared ? article : new Prepared(article)
}

interface Placed {
  first: Int32Array
  places: Int32Array
}

/** A counting sort of the words by their number. */
function placesOf({ ids, count, vocabulary }: Words): Placed {
  const next = new Int32Array(vocabulary.size + 2)
  const add = (index: number, more: number) => (next[index] = (next[index] ?? 0) + more)
  for (let at = 0; at < count; at += 1) add((ids[at] ?? 0) + 2, 1)
  for (let id = 2; id < next.length; id += 1) add(id, next[id - 1] ?? 0)
  const places = new Int32Array(count)
  for (let at = 0; at < count; at += 1) places[add((ids[at] ?? 0) + 1, 1) - 1] = at
  return { first: next, places }
}

/** How often a word occurs. */
export function frequency({ first }: Prepared, id: number): number {
  return id < 0 || id + 1 >= first.length ? 0 : (first[id + 1] ?? 0) - (first[id] ?? 0)
}

/** The block that a place of the joined text is in. */
export function blockAt({ starts }: Pick<Prepared, 'starts'>, offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** A stretch of the joined text as a passage of blocks. One that ends with the cut between two ends before it. */
export function passageAt(prepared: Pick<Prepared, 'starts'>, from: number, to: number): Passage {
  const block = blockAt(prepared, from)
  const endBlock = blockAt(prepared, Math.max(from, to - 1))
  const startOf = (index: number) => prepared.starts[index] ?? 0
  const end = Math.min(to, (prepared.starts[endBlock + 1] ?? Infinity) - 1)
  return { block, start: from - startOf(block), endBlock, end: end - startOf(endBlock) }
}

/** For each block its words: from the first up to the next block's. A drop cap's word counts with the block it begins in. */
export function blocksOfWords({ texts, starts, words }: Prepared): [from: number, to: number][] {
  const blocks: [number, number][] = []
  let at = 0
  for (let block = 0; block < texts.length; block += 1) {
    const end = (starts[block + 1] ?? Infinity) - 1
    const from = at
    while (at < words.count && (words.normal.origin[words.from[at] ?? 0] ?? 0) < end) at += 1
    blocks.push([from, at])
  }
  return blocks
}
