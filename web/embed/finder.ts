import { join, type Joined } from '../../core/anchoring/joined.ts'
import type { Prepared } from '../../core/anchoring/prepared.ts'
import { locateVerbatim, type Found } from '../../core/anchoring/verbatim.ts'
import type { Anchor } from '../../core/contract/anchor.ts'

type Closer = typeof import('../../core/anchoring/closer.ts')

/** The part that takes a closer look, once somebody's passage was not found to the letter. */
let closer: Closer | null = null

/** Fetches that part. Rejects where the network does not bring it. */
export async function fetchCloser(): Promise<void> {
  closer ??= await import('../../core/anchoring/closer.ts')
}

/** Finds anchors on a page as it is now. */
export class Finder {
  readonly #joined: Joined
  #prepared: Prepared | undefined

  /** @param texts of the page's blocks */
  constructor(texts: readonly string[]) {
    this.#joined = join(texts)
  }

  /** @returns null where it is not there; undefined where that takes a closer look, for which `fetchCloser` is needed */
  find(anchor: Anchor): Found | null | undefined {
    const found = locateVerbatim(this.#joined, anchor)
    if (found || !closer) return found ?? undefined
    this.#prepared ??= closer.prepare(this.#joined.texts)
    return closer.locate(this.#prepared, anchor)
  }
}
