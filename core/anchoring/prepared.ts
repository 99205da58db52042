import { Joined } from './joined.ts'
import { wordsOf, type Words } from './words.ts'

export { blockAt, passageAt, type Passage } from './joined.ts'

/** An article made ready for many anchors. */
export class Prepared extends Joined {
  #words: Words | undefined
  #placed: Placed | undefined

  /** Its words: taken apart when they are first asked for, because an anchor that is found to the letter needs none. */
  get words(): Words {
    return (this.#words ??= wordsOf(this.joined))
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
