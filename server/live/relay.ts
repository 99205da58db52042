import { v7 as uuid } from 'uuid'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { Id } from '../../core/contract/common.ts'

const closed = { additionalProperties: false }

/**
 * What a server tells the others on its database, after the commit.
 * - `article`: its log has grown
 * - `queue`: the site's moderation queue is different now
 * - `inbox`: something is new in an account's inbox, or no longer so
 * - `own`: somebody has reacted, which their other windows are told
 * - `readers`: so many read an article there
 */
const Word = Type.Union([
  Type.Object({ kind: Type.Literal('article'), id: Id }, closed),
  Type.Object({ kind: Type.Literal('queue'), site: Id }, closed),
  Type.Object({ kind: Type.Literal('inbox'), site: Id, account: Id }, closed),
  Type.Object({ kind: Type.Literal('own'), site: Id, account: Id, frame: Type.String() }, closed),
  Type.Object({ kind: Type.Literal('readers'), article: Id, readers: Type.Integer({ minimum: 0 }) }, closed),
])
export type Word = Static<typeof Word>
const told = Compile(Type.Object({ from: Id, words: Type.Array(Type.Unknown()) }))
const word = Compile(Word)

/** Carries a text to all servers, this one too; it may be lost. */
export interface Wire {
  /** Bytes of the longest text that it takes. */
  longest: number
  carry(text: string): Promise<unknown>
}

/** So many words wait at the most while the wire is slow; what comes then is found by looking at the logs (`Hub.look`). */
const mostWaiting = 20_000

/**
 * Tells the other servers what was committed here. While one text is under way, what is said is collected, and what is said
 * twice is told once: so a busy server tells no more often than the wire takes, and an idle one at once.
 */
export class Relay {
  readonly #id = uuid()
  readonly #waiting = new Set<string>()
  readonly #onError: (error: unknown) => void
  #wire: Wire | null = null
  #carrying: Promise<void> | null = null

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  use(wire: Wire): void {
    this.#wire = wire
  }

  say(said: Word): void {
    if (!this.#wire || this.#waiting.size >= mostWaiting) return
    this.#waiting.add(JSON.stringify(said))
    this.#carrying ??= this.#carry(this.#wire)
  }

  /** Tells nobody anything from now on. @returns when what was said before has been told */
  async leave(): Promise<void> {
    this.#wire = null
    await this.#carrying
  }

  /** @returns what another server said; nothing of what this one did, and nothing that it does not understand */
  hear(text: string): { from: string; words: Word[] } {
    const said = parse(text)
    if (!told.Check(said) || said.from === this.#id) return { from: this.#id, words: [] }
    return { from: said.from, words: said.words.filter((one) => word.Check(one)) }
  }

  async #carry(wire: Wire): Promise<void> {
    // What is said in one go goes together.
    await Promise.resolve()
    while (this.#waiting.size > 0) {
      const text = this.#next(wire.longest)
      // Lost, it costs time and nothing else.
      if (text !== null) await wire.carry(text).catch(this.#onError)
    }
    this.#carrying = null
  }

  /** As many of the words that wait as one text has room for; null where the first is too long for any. */
  #next(longest: number): string | null {
    const head = `{"from":"${this.#id}","words":[`
    const words: string[] = []
    let bytes = head.length + 2
    for (const one of this.#waiting) {
      bytes += Buffer.byteLength(one) + 1
      if (bytes > longest && words.length > 0) break
      this.#waiting.delete(one)
      if (bytes > longest) return null
      words.push(one)
    }
    return `${head}${words.join(',')}]}`
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
