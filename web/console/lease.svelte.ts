import type { Claim } from '../../core/contract/moderation.ts'
import { claimSeconds } from '../../core/moderation/claim.ts'
import type { Claiming } from './moderation.ts'

/** How long a case is in hand before others are told: who only passes by takes nothing. */
const settling = 1000
/** A sign of activity renews the lease when the last renewal is this old. */
const renewal = 30_000

interface Listener {
  /** Whose the case is, or null where there is nothing left to decide. */
  told(id: string, claim: Claim | null): void
  /** Whether a case can still be let go of: a decision has done that already. */
  isOpen(id: string): boolean
}

/** Tells others which case is in this moderator's hands: a lease that activity renews, and that leaving ends. */
export class Lease {
  /** Whether the lease on the case in hand has run out for want of activity. */
  lapsed = $state.raw(false)
  readonly #server: Claiming
  readonly #listener: Listener
  #held: string | null = null
  /** When the lease on the case in hand was last asked for. */
  #asked: number | null = null
  #settling: ReturnType<typeof setTimeout> | undefined
  #lapsing: ReturnType<typeof setTimeout> | undefined

  constructor(server: Claiming, listener: Listener) {
    this.#server = server
    this.#listener = listener
  }

  /** Another case is in hand, or none. */
  hold(id: string | null): void {
    if (id === this.#held) return
    this.release()
    this.#held = id
    if (id !== null) this.#settling = setTimeout(() => this.#claim(id), settling)
  }

  /** Somebody is here: renews the lease where it is time. */
  active(): void {
    const { visibilityState } = document
    if (this.#held === null || this.#asked === null || visibilityState === 'hidden') return
    if (Date.now() - this.#asked >= renewal) this.#claim(this.#held)
  }

  /** Lets go of the case in hand: it is put down, or its page is left. */
  release(): void {
    const [id, asked] = [this.#held, this.#asked]
    clearTimeout(this.#settling)
    clearTimeout(this.#lapsing)
    this.lapsed = false
    this.#held = null
    this.#asked = null
    if (id === null || asked === null || !this.#listener.isOpen(id)) return
    // A lease lapses by itself, should this not arrive.
    this.#server.unclaim(id).catch(() => undefined)
  }

  #claim(id: string): void {
    clearTimeout(this.#lapsing)
    this.lapsed = false
    this.#asked = Date.now()
    void this.#ask(id)
  }

  async #ask(id: string): Promise<void> {
    try {
      const { claim } = await this.#server.claim(id)
      // Put down meanwhile: a lease that came too late is given back.
      if (this.#held !== id) {
        if (claim?.mine && this.#listener.isOpen(id)) await this.#server.unclaim(id)
        return
      }
      this.#listener.told(id, claim)
      if (claim?.mine) this.#lapsing = setTimeout(() => (this.lapsed = true), claimSeconds * 1000)
    } catch {
      // A claim is a courtesy: without one, the case can be decided all the same. Activity asks again.
      return
    }
  }
}
