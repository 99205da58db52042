import { SvelteMap } from 'svelte/reactivity'
import type { Claim } from '../../core/contract/moderation.ts'

/** Who has which case in hand, as far as the server told. */
export class Claims {
  readonly #known = new SvelteMap<string, Claim>()

  heard(id: string, claim: Claim | null): void {
    if (claim) this.#known.set(id, claim)
    else this.#known.delete(id)
  }

  /** @returns by name, who else has a case in hand at `now` (milliseconds since the epoch), or null */
  colleagueAt(id: string, now: number): string | null {
    const claim = this.#known.get(id)
    return claim && !claim.mine && Date.parse(claim.until) > now ? claim.by : null
  }
}
