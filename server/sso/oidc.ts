import { randomBytes } from 'node:crypto'
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
  type IDToken,
} from 'openid-client'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { createCode, hashed } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { isStorable, personIn, type Person } from './claims.ts'
import { accountOf } from './identity.ts'

/** Long enough to sign in somewhere, with a second factor. */
const lifetime = 600_000

/** Where somebody wants to be signed in. */
export interface Destination {
  origin: string
  language: string
}

/** A secret for the browser that leaves for the provider, so that no other can come back in its place. */
export const newBrowser = (): string => randomBytes(32).toString('base64url')

/**
 * Begins the authorization code flow (OpenID Connect Core 1.0 §3.1) with PKCE, state and nonce.
 * @param callback where the provider sends the browser back to
 * @returns where the browser is to go
 */
export async function begin(
  db: Database,
  provider: Configuration,
  site: Site,
  { browser, callback, origin, language }: Destination & { browser: string; callback: string },
): Promise<URL> {
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
  await db.deleteFrom('oidc_attempt').where('expires_at', '<', new Date()).execute()
  await db
    .insertInto('oidc_attempt')
    .values({
      id: hashed(state),
      browser: hashed(browser),
      site_id: site.id,
      origin,
      language,
      nonce,
      verifier,
      expires_at: new Date(Date.now() + lifetime),
    })
    .execute()
  return buildAuthorizationUrl(provider, {
    redirect_uri: callback,
    scope: 'openid profile email',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(language !== '' && { ui_locales: language }),
  })
}

/** A sign-in that has come back, and is used up by that. */
interface Attempt extends Destination {
  nonce: string
  verifier: string
}

/**
 * @returns the sign-in that this browser left with
 * @throws ProblemError `bad-request` where there is none: it lapsed, is used up, or is another browser's or site's
 */
export async function takeAttempt(
  db: Database,
  site: Site,
  { state, browser }: { state: string; browser: string },
): Promise<Attempt> {
  const attempt = await db
    .deleteFrom('oidc_attempt')
    .where('id', '=', hashed(state))
    .where('browser', '=', hashed(browser))
    .where('site_id', '=', site.id)
    .returning(['origin', 'language', 'nonce', 'verifier', 'expires_at'])
    .executeTakeFirst()
  if (!attempt || attempt.expires_at < new Date())
    throw new ProblemError('bad-request', 'This sign-in has lapsed. Open the sign-in window again.')
  return attempt
}

/**
 * Redeems what the provider sent back, and signs in whom it vouches for: on this site, and on the page that they came from.
 * @param returned the address that the browser came back to
 * @returns a one-time code for that page
 * @throws Error where the provider's answer does not hold
 */
export async function finish(
  db: Database,
  provider: Configuration,
  site: Site,
  attempt: Attempt,
  { returned, state, takesModerators }: { returned: URL; state: string; takesModerators: boolean },
): Promise<string> {
  const tokens = await authorizationCodeGrant(provider, returned, {
    pkceCodeVerifier: attempt.verifier,
    expectedNonce: attempt.nonce,
    expectedState: state,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('The provider sent no ID token.')
  const person = await personOf(provider, claims, tokens.access_token)
  const of = { siteId: site.id, provider: claims.iss, takesModerators }
  const accountId = await db.transaction().execute((tx) => accountOf(tx, of, person))
  const { sid } = claims
  const session = typeof sid === 'string' && sid.length <= 255 && isStorable(sid) ? sid : null
  return await createCode(db, site, attempt.origin, accountId, { provider: claims.iss, session })
}

/** From the ID token, and where that has no name or address, from the provider's userinfo. */
async function personOf(provider: Configuration, claims: IDToken, accessToken: string): Promise<Person> {
  const isWhole = 'name' in claims && 'email' in claims
  const asks = !isWhole && provider.serverMetadata().userinfo_endpoint !== undefined
  const more = asks ? await fetchUserInfo(provider, accessToken, claims.sub) : {}
  const person = personIn({ ...more, ...claims })
  if (!person) throw new Error('The provider says no name of who signed in.')
  return person
}

/**
 * @param back where the provider may send who has signed out there
 * @returns where one signs out of the provider (RP-Initiated Logout 1.0), or null where it has no such place
 */
export function endSession(provider: Configuration, back: string): string | null {
  if (provider.serverMetadata().end_session_endpoint === undefined) return null
  return buildEndSessionUrl(provider, { post_logout_redirect_uri: back }).href
}
