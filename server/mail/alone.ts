import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** Longer than the mail server may take to answer all that is said to it. */
const longest = '5min'

/**
 * Sends a mail that goes out once, while nobody else does: in any process, however many jobs there are for it. Who finds
 * it being sent leaves it to the one who does, whose job comes again should it fail. A lock of no row, so that its reader
 * does not wait for the mail server; it ends with the connection, should the server die.
 * @param what is sent: the name of one mail
 * @param send looks whether it was sent, sends it, and notes that, on the connection it is given; what it writes is kept
 *   also where it throws the mail server's error
 * @throws what `send` throws
 */
export async function sendAlone(
  db: Database,
  what: string,
  send: (tx: Database) => Promise<void>,
): Promise<void> {
  const failed = await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ free: boolean }>`
      select set_config('idle_in_transaction_session_timeout', ${longest}, true),
        pg_try_advisory_xact_lock(hashtextextended(${`mail ${what}`}, 0)) as free
    `.execute(tx)
    if (!rows[0]?.free) return null
    try {
      await send(tx)
      return null
    } catch (error) {
      return { error }
    }
  })
  if (failed) throw failed.error
}
