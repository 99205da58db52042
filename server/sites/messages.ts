import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'

/** Hours that an id is kept: longer than a message with it could be signed for. */
const kept = 1

/**
 * Takes a message's id, so that no message with it is taken again. It is kept with what the transaction does, or not at all;
 * one under way with the same id is waited for.
 * @throws ProblemError `wrong-signature` where it was taken before
 */
export async function takeMessage(tx: Database, siteId: string, messageId: string): Promise<void> {
  const taken = await tx
    .insertInto('pushed_message')
    .values({ site_id: siteId, message_id: messageId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst()
  if (!taken)
    throw new ProblemError(
      'wrong-signature',
      'A message with this webhook-id was taken before. Give each message its own.',
    )
}

/** Deletes ids of messages that are refused by their time alone. */
export async function deleteOldMessages(db: Database): Promise<void> {
  await db
    .deleteFrom('pushed_message')
    .where('taken_at', '<', sql<Date>`now() - make_interval(hours => ${kept})`)
    .execute()
}
