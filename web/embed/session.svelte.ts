import type { Viewer } from '../../core/contract/people.ts'
import type { SignedOut } from '../../core/contract/sign-in.ts'
import type { Call } from '../shared/api.ts'
import { embedText as say } from '../shared/messages/embed.ts'
import { explain } from './explain.ts'
import type { HostPage } from './host-page.ts'
import type Reader from './later/reader.svelte.ts'

/** Who is signed in on this page, and how to change that. */
export class Session {
  viewer = $state<Viewer | null>(null)
  /** The same, and still when the session has run out meanwhile: what they wrote waits for them. */
  person = $state.raw<Viewer | null>(null)
  /** What is theirs alone; it comes after the panel, and is only there for who is signed in. */
  reader = $state.raw<Reader | null>(null)
  /** The browser did not let the window open: its address, to be followed by hand. */
  blocked = $state<string | null>(null)
  /** Where the provider of the session that ended signs out too. */
  provider = $state.raw<SignedOut['provider']>(null)
  /** Why signing in or out did not work. */
  problem = $state('')

  readonly #call: Call
  readonly #page: HostPage
  readonly #changed: () => Promise<void>
  #then: (() => void) | undefined
  #window: Window | null = null
  #isLoaded = false

  constructor(call: Call, page: HostPage, changed: () => Promise<void>) {
    this.#call = call
    this.#page = page
    this.#changed = changed
  }

  /** Asks who is signed in; asked again, it may be somebody else. */
  async load(): Promise<void> {
    const { viewer } = await this.#call('GET /v1/sites/:site/session', { params: { site: this.#page.site } })
    const isOther = viewer?.id !== this.viewer?.id
    if (isOther) this.viewer = viewer
    if (viewer) this.person = viewer
    if (isOther && this.#isLoaded) void this.#changed()
    this.#isLoaded = true
  }

  /**
   * Opens the sign-in window on Postil's own origin, unless the page takes that upon itself. It hands back a one-time code, which
   * only a page of this origin can use; nothing else that arrives by message is believed.
   * @param then what the reader wanted to do: done when they are signed in and all is read anew
   */
  signIn(then?: () => void): void {
    this.#then = then
    if (!dispatchEvent(new Event('postil:sign-in', { cancelable: true }))) return
    const { base, site, signal } = this.#page
    const address = `${base}/signin/?site=${encodeURIComponent(site)}&origin=${encodeURIComponent(location.origin)}&lang=${say.language}`
    this.#window = window.open(address, 'postil-signin', 'popup,width=460,height=640')
    this.blocked = this.#window ? null : address
    this.problem = ''
    // The same listener again is not added twice.
    addEventListener('message', this.#hear, { signal })
  }

  async signOut(): Promise<void> {
    await this.#attempt(async () => {
      const { provider } = await this.#call('DELETE /v1/sites/:site/session', {
        params: { site: this.#page.site },
      })
      this.provider = provider
      this.viewer = this.person = null
      // What was still under way in their name has failed meanwhile, as it had to.
      this.problem = ''
    })
  }

  readonly #hear = (event: MessageEvent<unknown>) => {
    const code = event.origin === this.#page.base ? codeIn(event.data) : null
    // A window opened by hand, from the link, is not known here.
    if (code === null || (this.#window && event.source !== this.#window)) return
    removeEventListener('message', this.#hear)
    void this.enter(() =>
      this.#call('POST /v1/sites/:site/session', { params: { site: this.#page.site }, body: { code } }),
    )
  }

  /** Goes on as who was signed in, with what they wanted to do. */
  async enter(exchange: () => Promise<{ viewer: Viewer }>): Promise<void> {
    await this.#attempt(async () => {
      this.viewer = this.person = (await exchange()).viewer
      this.blocked = this.provider = null
    }, this.#then)
  }

  async #attempt(work: () => Promise<void>, then?: () => void): Promise<void> {
    this.problem = ''
    try {
      await work()
      await this.#changed()
      then?.()
    } catch (error) {
      this.problem = explain(error)
    }
  }
}

function codeIn(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('code' in message))
    return null
  return message.type === 'postil:code' && typeof message.code === 'string' ? message.code : null
}
