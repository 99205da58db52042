import type { Viewer } from '../../core/contract/people.ts'
import type { Call } from '../shared/api.ts'
import type { HostPage } from './host-page.ts'

/** Who is signed in on this page, and how to change that. */
export class Session {
  viewer = $state<Viewer | null>(null)
  /** The browser did not let the window open: its address, to be followed by hand. */
  blocked = $state<string | null>(null)

  readonly #call: Call
  readonly #page: HostPage
  readonly #changed: () => void

  constructor(call: Call, page: HostPage, changed: () => void) {
    this.#call = call
    this.#page = page
    this.#changed = changed
  }

  async load(): Promise<void> {
    const { viewer } = await this.#call('GET /v1/sites/:site/session', { params: { site: this.#page.site } })
    this.viewer = viewer
  }

  /**
   * Opens the sign-in window on Postil's own origin. It hands back a one-time code, which only a page of this
   * origin can use; nothing else that arrives by message is believed.
   */
  signIn(): void {
    const { base, site } = this.#page
    const address = `${base}/signin/?site=${encodeURIComponent(site)}&origin=${encodeURIComponent(location.origin)}`
    const opened = window.open(address, 'postil-signin', 'popup,width=460,height=640')
    this.blocked = opened ? null : address
    const hear = (event: MessageEvent<unknown>) => {
      const code = event.origin === base ? codeIn(event.data) : null
      if (code === null) return
      removeEventListener('message', hear)
      void this.#exchange(code)
    }
    addEventListener('message', hear)
  }

  async signOut(): Promise<void> {
    await this.#call('DELETE /v1/sites/:site/session', { params: { site: this.#page.site } })
    this.viewer = null
    this.#changed()
  }

  async #exchange(code: string): Promise<void> {
    const { viewer } = await this.#call('POST /v1/sites/:site/session', {
      params: { site: this.#page.site },
      body: { code },
    })
    this.viewer = viewer
    this.blocked = null
    this.#changed()
  }
}

function codeIn(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('code' in message))
    return null
  return message.type === 'postil:code' && typeof message.code === 'string' ? message.code : null
}
