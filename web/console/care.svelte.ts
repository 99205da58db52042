import { store } from '../shared/store.ts'
import { stored } from '../shared/stored.ts'
import { decidedAt, tooLong, type Stretch } from './pace.ts'

const places = { cover: 'postil:cover', calm: 'postil:calm' }
type Choice = keyof typeof places

/** How a moderator wants to be spared, in this browser. Where it keeps nothing, it holds until the page is left. */
class Care {
  /** Texts reported as abuse or illegal, or with a listed word, are covered until asked for. */
  cover = $state.raw(stored(places.cover) !== 'off')
  /** All texts grey and smaller. */
  calm = $state.raw(stored(places.calm) === 'on')

  /** The case whose text was asked for. */
  revealed = $state.raw<string | null>(null)

  reveal(caseId: string | null): void {
    this.revealed = caseId
  }

  turn(choice: Choice, on: boolean): void {
    this[choice] = on
    store(places[choice], on ? 'on' : 'off')
  }
}
export const care = new Care()

/** How long this window has been decided in without a rest. */
class Pace {
  #stretch = $state.raw<Stretch | null>(null)
  /** A decision is counted once, however often it is looked at. */
  readonly #counted = new WeakSet()

  decided(decision: object, now: number): void {
    if (this.#counted.has(decision)) return
    this.#counted.add(decision)
    this.#stretch = decidedAt(this.#stretch, now)
  }

  /** What there is to remind of, or null. */
  get reminder(): { minutes: number; decisions: number } | null {
    const minutes = tooLong(this.#stretch)
    return minutes === null ? null : { minutes, decisions: this.#stretch?.decisions ?? 0 }
  }

  /** It was read: counting begins anew. */
  dismiss(): void {
    this.#stretch = null
  }
}
export const pace = new Pace()
