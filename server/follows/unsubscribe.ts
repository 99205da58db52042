import type { Database } from '../database/connect.ts'
import { aboutFollow, forgetPending, type FollowAbout } from '../mail/index.ts'

/** Whose mail a link in a mail is about. */
export interface Unsubscribing {
  language: string
  about: FollowAbout
}

/**
 * @param token from the link
 * @returns what its mail is about; null when there is no such link
 */
export async function findByToken(db: Database, token: string): Promise<Unsubscribing | null> {
  // As they are made; and no database takes a NUL.
  if (!/^[\w-]{43}$/.test(token)) return null
  const row = await db
    .selectFrom('follow')
    .select(['site_id', 'id'])
    .where('token', '=', token)
    .executeTakeFirst()
  if (!row) return null
  const follow = await aboutFollow(db, row.site_id, row.id)
  return follow && { language: follow.language, about: follow.about }
}

/** Switches the mail of one follow off, whatever it was; what is followed stays so, in the inbox. */
export async function unsubscribe(db: Database, token: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('follow')
      .set({ mail: 'off' })
      .where('token', '=', token)
      .returning(['site_id', 'id'])
      .executeTakeFirst()
    if (row) await forgetPending(tx, row.site_id, row.id)
  })
}
