import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { noteUse, secretsOf, type Site } from '../sites/index.ts'
import { badgesIn, isStorable, personIn, type Person } from './claims.ts'
import type { KeySets } from './keys.ts'
import { readSignIn, type SignInSettings } from './settings.ts'

/** Seconds that the signer's clock may be off. */
const tolerance = 60
/** Seconds that a token may hold. */
const longest = 300
const longestId = 200
/** By public keys; a secret is for HS256 alone, so that no public key is ever taken for one. */
const publicAlgorithms = ['EdDSA', 'Ed25519', 'ES256', 'RS256']

/** A token of a site's own server, verified. */
export interface Verified {
  person: Person
  /** By which it is known when it comes again, and until when it could. */
  id: string
  expiresAt: Date
  settings: SignInSettings
}

/**
 * Verifies a JSON Web Token (RFC 7519, by the advice of RFC 8725) that a site signed for one of its readers. Nothing is said
 * about what is in it before the signature is right: who has no key learns nothing, and every such token gets the same answer.
 * @throws ProblemError `wrong-token`; `unavailable` where the site's public keys cannot be had
 */
export async function verifyToken(db: Database, keys: KeySets, site: Site, token: string): Promise<Verified> {
  const settings = await readSignIn(db, site.id)
  const payload = await verified(db, keys, site, settings, token)
  const { jti, exp = 0, iat } = payload
  const now = Date.now() / 1000
  if (exp > now + longest + tolerance)
    throw refused(
      `exp is ${Math.round(exp - now)} seconds ahead; ${longest} are allowed. Set the clock, and sign a token for each sign-in.`,
    )
  if (iat !== undefined && iat > now + tolerance)
    throw refused(`iat is ${Math.round(iat - now)} seconds ahead; ${tolerance} are allowed. Set the clock.`)
  if (typeof jti !== 'string' || jti === '' || jti.length > longestId || !isStorable(jti))
    throw refused(`jti is no text of 1 to ${longestId} characters.`)
  const person = personIn(payload)
  if (!person) throw refused('sub or name is missing or not a text, or another claim has the wrong type.')
  const badges = badgesIn(payload['badges'])
  if (!badges)
    throw refused(
      'badges is not a list of up to 3 texts, each of 1 to 24 characters without control characters.',
    )
  return { person: { ...person, badges }, id: jti, expiresAt: new Date((exp + tolerance) * 1000), settings }
}

async function verified(
  db: Database,
  keys: KeySets,
  site: Site,
  { jwksUrl }: SignInSettings,
  token: string,
): Promise<JWTPayload> {
  const algorithm = algorithmOf(token)
  if (algorithm === 'HS256') {
    for (const { id, secret } of await secretsOf(db, site.id, 'sign_in')) {
      const payload = await tryKey(site, token, secret, ['HS256'])
      if (!payload) continue
      await noteUse(db, site.id, id)
      return payload
    }
  } else if (jwksUrl !== null && publicAlgorithms.includes(algorithm)) {
    const payload = await tryKey(site, token, keys(jwksUrl), publicAlgorithms)
    if (payload) return payload
  }
  throw refused('The token is not signed with a key of this site that holds.')
}

function algorithmOf(token: string): string {
  try {
    return decodeProtectedHeader(token).alg ?? ''
  } catch {
    return ''
  }
}

/**
 * @returns the payload, or null where the key is not the right one, or the token none
 * @throws ProblemError where the key is right and a claim is not
 */
async function tryKey(
  site: Site,
  token: string,
  key: Uint8Array | JWTVerifyGetKey,
  algorithms: string[],
): Promise<JWTPayload | null> {
  const options = {
    algorithms,
    audience: site.slug,
    clockTolerance: tolerance,
    requiredClaims: ['sub', 'exp', 'jti'],
  }
  try {
    const { payload } = await (typeof key === 'function'
      ? jwtVerify(token, key, options)
      : jwtVerify(token, key, options))
    return payload
  } catch (error) {
    const why = reason(error, site)
    if (why !== null) throw refused(why)
    if (error instanceof errors.JOSEError && !notAnswered.has(error.code)) return null
    throw new ProblemError(
      'unavailable',
      'The public keys of this site cannot be had right now. Try again in a moment.',
    )
  }
}

/** What is wrong with a claim; null where it is the signature, or something else. Claims come after the signature. */
function reason(error: unknown, site: Site): string | null {
  if (error instanceof errors.JWTExpired) {
    const ago = Math.round(Date.now() / 1000 - (error.payload.exp ?? 0))
    return `exp was ${ago} seconds ago; ${tolerance} are allowed. Set the clock, and sign a token for each sign-in.`
  }
  if (!(error instanceof errors.JWTClaimValidationFailed)) return null
  if (error.reason === 'missing') return `There is no ${error.claim}.`
  if (error.claim === 'aud') return `aud is not "${site.slug}", the site.`
  return `${error.claim} does not hold.`
}

/** jose's codes for keys that could not be read, as opposed to a token that is not right. */
const notAnswered = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'])

const refused = (why: string) => new ProblemError('wrong-token', why)
