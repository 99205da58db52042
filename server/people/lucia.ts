import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia'
import type { ActorRole } from '../../core/contract/people.ts'
import type { Database } from '../database/connect.ts'
import { signalOf } from '../database/signals.ts'
import { actorRole } from './labels.ts'

/** What a session is good for, and who signed its owner in, where that was not Postil. */
interface SessionAttributes {
  siteId: string | null
  provider?: string | null
  /** The provider's own name for its session, by which it may end ours. */
  providerSession?: string | null
  /** In which its owner reads, where their browser says so. */
  language?: string | null
}

/** Who a session is of, with where they work, or are a guest: read with it, since all that is asked of a site asks for the role there. */
interface UserAttributes {
  name: string
  email: string
  /** Not of readers; at most `mostMemberships`. */
  memberships: { siteId: string; role: ActorRole; sections: string[] | null }[]
}

/** Of somebody with more of them, the role is looked for on its own. */
export const mostMemberships = 100

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserAttributes
  }
}

/** What is stored of a secret that only its holder has: enough to recognise it, useless to whoever reads it. */
export const hashed = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Sessions by lucia, in the `session` table. */
export function sessions(db: Database): Lucia<SessionAttributes, UserAttributes> {
  return new Lucia(adapter(db), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    getSessionAttributes: ({ siteId, provider = null }) => ({ siteId, provider }),
    getUserAttributes: ({ name, email, memberships }) => ({ name, email, memberships }),
  })
}

/** Lines that were opened in a session end with it. */
const told = signalOf('rights', sql.ref('account_id')).as('told')

/** What a session is made, read and ended by: of lucia, nobody else needs to know. */
export type Sessions = ReturnType<typeof sessions>

/** lucia's adapter on Kysely. The stored id is a hash of the one lucia and the cookie know. */
function adapter(db: Database): Adapter {
  return {
    async getSessionAndUser(id) {
      const row = await db
        .selectFrom('session')
        .innerJoin('account', 'account.id', 'session.account_id')
        .select(['account.id', 'account.name', 'account.email'])
        .select(['session.site_id', 'session.provider', 'session.expires_at'])
        .select((eb) =>
          jsonArrayFrom(
            eb
              .selectFrom('membership')
              .select(['membership.site_id as siteId', actorRole.as('role'), 'membership.sections'])
              .whereRef('membership.account_id', '=', 'account.id')
              .where((where) =>
                where.or([where('membership.role', '<>', 'reader'), where('membership.is_guest', '=', true)]),
              )
              .limit(mostMemberships),
          ).as('memberships'),
        )
        .where('session.id', '=', hashed(id))
        .executeTakeFirst()
      if (!row) return [null, null]
      return [
        {
          id,
          userId: row.id,
          expiresAt: row.expires_at,
          attributes: { siteId: row.site_id, provider: row.provider },
        },
        { id: row.id, attributes: { name: row.name, email: row.email, memberships: row.memberships } },
      ]
    },
    async getUserSessions(userId): Promise<DatabaseSession[]> {
      const rows = await db
        .selectFrom('session')
        .selectAll()
        .where('account_id', '=', userId)
        .limit(1000)
        .execute()
      return rows.map((row) => ({
        id: row.id,
        userId,
        expiresAt: row.expires_at,
        attributes: { siteId: row.site_id },
      }))
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const { language } = attributes
      if (language)
        await db
          .updateTable('account')
          .set({ language })
          .where('id', '=', userId)
          .where('language', 'is distinct from', language)
          .execute()
      await db
        .insertInto('session')
        .values({
          id: hashed(id),
          account_id: userId,
          site_id: attributes.siteId,
          expires_at: expiresAt,
          provider: attributes.provider ?? null,
          provider_session: attributes.providerSession ?? null,
        })
        .execute()
    },
    async updateSessionExpiration(id, expiresAt) {
      await db.updateTable('session').set({ expires_at: expiresAt }).where('id', '=', hashed(id)).execute()
    },
    async deleteSession(id) {
      await db.deleteFrom('session').where('id', '=', hashed(id)).returning(told).execute()
    },
    async deleteUserSessions(userId) {
      await db.deleteFrom('session').where('account_id', '=', userId).returning(told).execute()
    },
    async deleteExpiredSessions() {
      await db.deleteFrom('session').where('expires_at', '<', new Date()).returning(told).execute()
    },
  }
}
