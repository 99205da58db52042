import type { BulkDecision, Selection } from '../../core/contract/bulk.ts'
import { bulkSize } from '../../core/moderation/bulk.ts'
import type { Choice } from './choice.ts'
import type { Wanted } from './filter.ts'
import type { BulkVerdict } from './happening.ts'
import type { Bulking, Moderation } from './moderation.ts'

type Chosen<T> = T extends unknown ? Omit<T, 'cases' | 'note'> : never
/** What is decided about all of them. */
export type BulkChoice = Chosen<BulkDecision>

/** Whether a choice says nothing of an author, so that it can be made about many. */
export const isOfMany = (choice: Choice): choice is BulkChoice =>
  ['approve', 'reject', 'hold', 'escalate'].includes(choice.action)

/**
 * One decision about many cases, on its way: looked at, chosen, made fifty by fifty. A broken line stops it with what was
 * done; going on sends the same part under the same id, so that nothing is decided twice.
 */
export class Bulk {
  phase = $state.raw<'reading' | 'ready' | 'deciding' | 'stopped' | 'done'>('reading')
  selection = $state.raw<Selection | null>(null)
  /** Why it stopped, or could not be read. */
  failure = $state.raw<string | null>(null)
  /** How many cases have had their turn. */
  done = $state.raw(0)
  note = $state.raw('')

  readonly #server: Bulking & Pick<Moderation, 'explain'>
  readonly #wanted: Wanted
  readonly #id: string
  #decided = 0
  #stopping = false
  #choice: BulkChoice | null = null

  /**
   * @param id a new one for each bulk: under it, all is undone
   * @param note what was typed about it before
   */
  constructor(server: Bulking & Pick<Moderation, 'explain'>, wanted: Wanted, id: string, note = '') {
    this.#server = server
    this.#wanted = wanted
    this.#id = id
    this.note = note
  }

  get total(): number {
    return this.selection?.cases.length ?? 0
  }

  /** What came of it, as far as it came; null where nothing was decided. */
  get verdict(): BulkVerdict | null {
    if (this.#decided === 0 || !this.#choice) return null
    return {
      bulk: this.#id,
      action: this.#choice.action,
      wanted: this.#wanted,
      decided: this.#decided,
      left: this.done - this.#decided,
    }
  }

  /** Looks at what would be decided. */
  async read(): Promise<void> {
    this.phase = 'reading'
    this.failure = null
    try {
      this.selection = await this.#server.select(this.#wanted)
      this.phase = 'ready'
    } catch (error) {
      this.failure = this.#server.explain(error).text
      this.phase = 'stopped'
    }
  }

  /** Decides, or goes on where it stopped. */
  async decide(choice: BulkChoice): Promise<void> {
    const { cases } = this.selection ?? { cases: [] }
    this.#choice = choice
    this.#stopping = false
    this.failure = null
    this.phase = 'deciding'
    const note = this.note.trim()
    while (this.done < cases.length && !this.#isStopping()) {
      const part = cases.slice(this.done, this.done + bulkSize)
      try {
        const body = { ...choice, cases: part, ...(note !== '' && { note }) }
        this.#decided += (await this.#server.decideMany(this.#id, body)).decided.length
        this.done += part.length
      } catch (error) {
        this.failure = this.#server.explain(error).text
        this.phase = 'stopped'
        return
      }
    }
    this.phase = 'done'
  }

  // Asked anew each time: it changes while the server is waited for.
  #isStopping(): boolean {
    return this.#stopping
  }

  /** Stops after the part that is under way. */
  stop(): void {
    this.#stopping = true
  }

  /** Goes on with what was chosen. */
  async goOn(): Promise<void> {
    if (this.#choice) await this.decide(this.#choice)
    else await this.read()
  }
}
