import { randomUUID } from 'node:crypto'
import { SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { makeKey } from '../../server/sites/index.ts'
import { Caller, problemOf, type Cookies } from '../moderation/caller.ts'
import { cookiesOf, publisher, type Stage } from '../moderation/stage.ts'

/** Seconds since 1970, as JSON Web Tokens count. */
export const now = () => Math.floor(Date.now() / 1000)

/** Makes a key that the demo's own servers sign in with, as they keep it. */
export async function newSecret(stage: Stage): Promise<{ id: string; secret: Buffer }> {
  const { key, secret } = await makeKey(stage.db, stage.demo.id, null, 'sign_in')
  return { id: key.id, secret: Buffer.from(secret.replace('whsec_', ''), 'base64') }
}

/** A token as a publisher's server signs it, with other claims where they are given; undefined leaves one out. */
export async function signToken(
  key: Uint8Array | CryptoKey,
  claims: Record<string, unknown> = {},
  header: { alg: string; kid?: string } = { alg: 'HS256' },
): Promise<string> {
  const all: JWTPayload = {
    sub: 'reader-1',
    name: 'Nora',
    aud: 'demo',
    exp: now() + 240,
    iat: now(),
    jti: randomUUID(),
    ...claims,
  }
  return await new SignJWT(all).setProtectedHeader(header).sign(key)
}

const name = 'POST /v1/sites/:site/session/jwt'

/** The request of the publisher's page. */
export const exchange = (stage: Stage, token: string, from: string = publisher, site = 'demo') =>
  new Caller(stage.app).request(name, { params: { site }, body: { token }, origin: from })

/** @returns who is signed in by a token, and with which cookies */
export async function signedInBy(stage: Stage, token: string) {
  const answer = await exchange(stage, token)
  if (answer.statusCode !== 200) throw new Error(answer.body)
  const cookies: Cookies = cookiesOf(answer)
  const embed = new Caller(stage.app, cookies)
  const { viewer } = await embed.ok('GET /v1/sites/:site/session', { params: { site: 'demo' } })
  if (!viewer) throw new Error('nobody is signed in')
  return { viewer, cookies, embed }
}

/** @returns why a token is refused */
export async function refusalOf(stage: Stage, token: string, site = 'demo'): Promise<string> {
  const from = site === 'demo' ? publisher : 'https://other.example'
  const problem = problemOf(await exchange(stage, token, from, site), 401)
  if (problem.type !== '/problems/wrong-token') throw new Error(problem.type)
  return problem.detail ?? ''
}
