import { jwtVerify } from 'jose'
import type { ExpressionBuilder } from 'kysely'
import type { Configuration } from 'openid-client'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Database } from '../database/connect.ts'
import type { Schema } from '../database/schema.ts'
import { signalOf } from '../database/signals.ts'
import { ProblemError } from '../http/problem.ts'
import type { Site } from '../sites/index.ts'
import type { KeySets } from './keys.ts'
import { takeToken } from './sign-in.ts'

const Text = Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]+$' })
/** What a logout token says (OpenID Connect Back-Channel Logout 1.0 §2.4). */
const logout = Compile(
  Type.Object({
    iss: Text,
    jti: Text,
    exp: Type.Optional(Type.Number()),
    sub: Type.Optional(Text),
    sid: Type.Optional(Text),
    events: Type.Object({ 'http://schemas.openid.net/event/backchannel-logout': Type.Object({}) }),
    nonce: Type.Optional(Type.Never()),
  }),
)
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']
/** Seconds that a token is taken for, and that clocks may differ by. */
const times = { maxTokenAge: 300, clockTolerance: 60 }

/**
 * Ends the sessions that a provider says are over there (OpenID Connect Back-Channel Logout 1.0): one by its `sid`, or all that it
 * began for a person on this site.
 * @throws ProblemError `bad-request` where the token does not hold
 */
export async function endByProvider(
  db: Database,
  keys: KeySets,
  provider: Configuration,
  site: Site,
  token: string,
): Promise<void> {
  const { issuer, jwks_uri: address } = provider.serverMetadata()
  if (address === undefined) throw refused()
  const audience = provider.clientMetadata().client_id
  const { payload } = await jwtVerify(token, keys(address), {
    issuer,
    audience,
    algorithms,
    ...times,
    requiredClaims: ['iat', 'jti', 'events'],
  }).catch((error: unknown) => {
    throw refused(error)
  })
  const said: unknown = payload
  if (!logout.Check(said) || (said.sub === undefined && said.sid === undefined)) throw refused()
  await db.transaction().execute(async (tx) => {
    const { maxTokenAge, clockTolerance } = times
    const until = new Date(Date.now() + (maxTokenAge + 2 * clockTolerance) * 1000)
    await takeToken(tx, site.id, `logout ${said.jti}`, until).catch((error: unknown) => {
      throw error instanceof ProblemError ? refused(error) : error
    })
    const accountId = said.sid === undefined ? await accountBy(tx, site, issuer, said.sub ?? '') : null
    if (said.sid === undefined && accountId === null) return
    const isTheirs = (eb: ExpressionBuilder<Schema, 'session' | 'sign_in_code'>) =>
      eb.and({
        site_id: site.id,
        provider: issuer,
        ...(accountId === null ? { provider_session: said.sid ?? '' } : { account_id: accountId }),
      })
    await tx.deleteFrom('sign_in_code').where(isTheirs).execute()
    // Their open lines are hung up on.
    await tx
      .deleteFrom('session')
      .where(isTheirs)
      .returning((eb) => signalOf('rights', eb.ref('account_id')).as('told'))
      .execute()
  })
}

async function accountBy(tx: Database, site: Site, issuer: string, subject: string): Promise<string | null> {
  const identity = await tx
    .selectFrom('identity')
    .select('account_id')
    .where('site_id', '=', site.id)
    .where('provider', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return identity?.account_id ?? null
}

const refused = (cause?: unknown) =>
  Object.assign(new ProblemError('bad-request', 'This is no logout token that holds.'), { cause })
