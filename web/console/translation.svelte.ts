import type { CaseView } from '../../core/contract/moderation.ts'
import type { Translation } from '../../core/contract/translation.ts'
import { primaryLanguage } from '../../core/text/language.ts'
import type { Moderation, Translating } from './moderation.ts'

export type Translated =
  { phase: 'asking' } | ({ phase: 'said' } & Translation) | { phase: 'failed'; why: string }

/** The translation of one text at a time, which is asked for by hand: nothing leaves the server by itself. */
export class Translations {
  /** The moderator's language, as the browser has it. */
  readonly target = primaryLanguage(navigator.language)
  readonly #server: Translating & Pick<Moderation, 'explain'>
  #latest = $state.raw<{ text: string; now: Translated } | null>(null)

  constructor(server: Translating & Pick<Moderation, 'explain'>) {
    this.#server = server
  }

  /** What became of asking for this text; null where nobody asked. */
  of(one: CaseView): Translated | null {
    return this.#latest?.text === textOf(one) ? this.#latest.now : null
  }

  /** Whether the page that a text was written on is in none of the moderator's languages. */
  isForeign({ comment: { language } }: CaseView): boolean {
    const own = navigator.languages.map(primaryLanguage)
    return language !== null && !own.includes(primaryLanguage(language))
  }

  /** Asks for a translation, once more where that failed, or puts away the one that is there. */
  async turn(one: CaseView): Promise<void> {
    const before = this.of(one)
    if (before?.phase === 'asking') return
    if (before?.phase === 'said') {
      this.#latest = null
      return
    }
    const asked = { text: textOf(one), now: { phase: 'asking' } as const }
    this.#latest = asked
    const now = await this.#ask(one)
    // Meanwhile another may have been asked for.
    if (this.#latest === asked) this.#latest = { text: asked.text, now }
  }

  async #ask(one: CaseView): Promise<Translated> {
    try {
      return { phase: 'said', ...(await this.#server.translate(one, this.target)) }
    } catch (error) {
      return { phase: 'failed', why: this.#server.explain(error).text }
    }
  }
}

const textOf = ({ comment }: CaseView) => `${comment.id} ${comment.revision}`
