/** Where a visitor has come to rest. */
export interface Arrived {
  url: URL
  status: number
  text: string
}

/** What of a browser a sign-in needs: cookies by host, redirects, and forms. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>()
  /** The end of a path that is not gone to when a redirect leads there. */
  stopsAt = '/signin/'

  /** Goes to an address and on where it leads, as far as a sign-in window, which it does not open. */
  async go(address: string | URL, form?: Record<string, string>): Promise<Arrived> {
    let url = new URL(address)
    let body = form && new URLSearchParams(form)
    for (let step = 0; step < 20; step += 1) {
      if (step > 0 && url.pathname.endsWith(this.stopsAt)) return { url, status: 200, text: '' }
      const answer = await fetch(url, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: this.#cookieFor(url), accept: 'text/html' },
        ...(body && { body }),
      })
      this.#keep(url, answer.headers.getSetCookie())
      const text = await answer.text()
      const location = answer.headers.get('location')
      if (location === null) return { url, status: answer.status, text }
      url = new URL(location, url)
      body = undefined
    }
    throw new Error(`${String(address)} leads on and on`)
  }

  /** Types a name into the provider's form and agrees, or goes back instead. */
  async signInThere(at: Arrived, login: string): Promise<Arrived> {
    const asked = await this.go(actionOf(at), { prompt: 'login', login, password: 'any' })
    return asked.url.pathname.startsWith('/interaction/')
      ? await this.go(actionOf(asked), { prompt: 'consent' })
      : asked
  }

  async decline(at: Arrived): Promise<Arrived> {
    const link = /href="([^"]+\/abort)"/.exec(at.text)?.[1]
    if (link === undefined) throw new Error(`no way back on ${at.url.href}: ${at.text}`)
    return await this.go(new URL(link, at.url))
  }

  /** A copy of a cookie, or another in its place. */
  cookie(host: string, name: string): string | undefined {
    return this.#cookies.get(host)?.get(name)
  }

  #cookieFor({ host }: URL): string {
    return [...(this.#cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  #keep({ host }: URL, set: string[]): void {
    const kept = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, kept)
    for (const one of set) {
      const [pair = '', ...attributes] = one.split(';')
      const at = pair.indexOf('=')
      const isOver = attributes.some((text) => /^\s*(max-age=0|expires=.*1970)/i.test(text))
      if (isOver) kept.delete(pair.slice(0, at))
      else kept.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
}

function actionOf({ url, text }: Arrived): URL {
  const action = /action="([^"]+)"/.exec(text)?.[1]
  if (action === undefined) throw new Error(`no form on ${url.href}: ${text}`)
  return new URL(action, url)
}
