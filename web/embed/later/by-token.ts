import type { Viewer } from '../../../core/contract/people.ts'
import { ApiProblem, type Call } from '../../shared/api.ts'
import { store } from '../../shared/store.ts'
import { stored } from '../../shared/stored.ts'
import type { Session } from '../session.svelte.ts'

/** What the page says of who reads it: a token of its site's server, and an empty one where nobody is signed in. */
const tokenTag = () => document.querySelector<HTMLScriptElement>('script[data-token]')

/** Tokens are exchanged once, however many discussions are on the page. */
const exchanged = new Map<string, Promise<{ viewer: Viewer }>>()

/**
 * Keeps a session in step with the page's token, also when the page changes it: another reader's signs that one in, an empty one
 * ends a session that a token began. While it names the same reader, it is not used.
 */
export default function followToken(session: Session, call: Call, site: string): void {
  const key = `postil:${site}:subject`

  async function follow(): Promise<void> {
    const token = tokenTag()?.dataset['token']
    if (token === undefined) return
    const known = session.viewer && stored(key)
    const subject = subjectOf(token)
    if (token === '' ? !known : known && known === subject) return
    store(key, token === '' ? null : subject)
    if (token === '') return await session.signOut()
    try {
      const told =
        exchanged.get(token) ??
        call('POST /v1/sites/:site/session/jwt', { params: { site }, body: { token } })
      exchanged.set(token, told)
      const signedIn = await told
      await session.enter(() => Promise.resolve(signedIn))
    } catch (error) {
      store(key, null)
      // It is the site's to mend; the reader can still sign in by hand.
      if (error instanceof ApiProblem) console.warn(`Postil did not take the page's token. ${error.message}`)
    }
  }

  const tag = tokenTag()
  if (tag) new MutationObserver(() => void follow()).observe(tag, { attributeFilter: ['data-token'] })
  void follow()
}

/** Whom a token names. Only the server can tell whether that is true; here it is compared with who was named before. */
function subjectOf(token: string): string | null {
  try {
    const payload = token.split('.')[1] ?? ''
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims === 'object' && claims !== null && 'sub' in claims ? String(claims.sub) : null
  } catch {
    return null
  }
}
