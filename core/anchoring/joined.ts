import { fingerprint } from './fingerprint.ts'

/** A stretch of an article: from a unit in one block up to a unit in the same or a later one. */
export interface Passage {
  block: number
  start: number
  endBlock: number
  end: number
}

/** The blocks of an article as one text: all that it takes to describe a passage, and to find one again to the letter. */
export class Joined {
  readonly texts: readonly string[]
  /** The blocks' texts with a "\n" between them, and where each block begins in it. */
  readonly joined: string
  readonly starts: Int32Array
  readonly #names: string[] = []

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

  /** A block's fingerprint; empty where there is no such block. */
  nameOf(block: number): string {
    const text = this.texts[block]
    return text === undefined ? '' : (this.#names[block] ??= fingerprint(text))
  }
}

/** Does once what describing many passages needs. */
export function join(article: Joined | readonly string[]): Joined {
  return article instanceof Joined ? article : new Joined(article)
}

/** The block that a place of the joined text is in. */
export function blockAt({ starts }: Pick<Joined, 'starts'>, offset: number): number {
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
export function passageAt(prepared: Pick<Joined, 'starts'>, from: number, to: number): Passage {
  const block = blockAt(prepared, from)
  const endBlock = blockAt(prepared, Math.max(from, to - 1))
  const startOf = (index: number) => prepared.starts[index] ?? 0
  const end = Math.min(to, (prepared.starts[endBlock + 1] ?? Infinity) - 1)
  return { block, start: from - startOf(block), endBlock, end: end - startOf(endBlock) }
}
