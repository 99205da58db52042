import type { Transparency } from '../../core/contract/transparency.ts'
import { areOver } from '../../core/moderation/months.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import { readTransparency } from './transparency.ts'

/** What is over changes little: an appeal is answered, a decision undone. */
export const shownFor = 3600
/** Reports in memory: a year's months of some forty sites. */
const mostKept = 500

/** Whether everybody may read the numbers of a site's whole months that are over. */
export async function showsNumbers(db: Database, siteId: string): Promise<boolean> {
  const { shows_numbers } = await db
    .selectFrom('site')
    .select('shows_numbers')
    .where('id', '=', siteId)
    .executeTakeFirstOrThrow()
  return shows_numbers
}

/** Has a site show its numbers, or no longer; said again, it changes nothing. */
export async function setShowsNumbers(
  db: Database,
  siteId: string,
  actorId: string,
  isPublic: boolean,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('site')
      .set({ shows_numbers: isPublic })
      .where('id', '=', siteId)
      .where('shows_numbers', '<>', isPublic)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await appendAudit(tx, {
      siteId,
      actorId,
      action: isPublic ? 'show numbers' : 'hide numbers',
      subject: {},
    })
  })
}

/**
 * Reads the numbers of a site for everybody: counted once an hour for each time that is asked for.
 * @returns a function that throws ProblemError `not-found` where the site does not show them, and `invalid-field` where the
 *   time is not made of whole months that are over
 */
export function publicNumbers(
  db: Database,
): (siteId: string, period: { from: string; to: string }, now?: Date) => Promise<Transparency> {
  const kept = new Map<string, { report: Transparency; until: number }>()
  return async (siteId, period, now = new Date()) => {
    if (!(await showsNumbers(db, siteId)))
      throw new ProblemError('not-found', 'This site does not show the numbers of its moderation.')
    if (!areOver(period, now)) throw fieldProblem('to', 'is not the end of whole months that are over')
    const key = `${siteId} ${period.from} ${period.to}`
    const known = kept.get(key)
    if (known && known.until > now.getTime()) return known.report
    const report = await readTransparency(db, siteId, period)
    // In the order in which they were counted, so the first one is the oldest.
    kept.delete(key)
    kept.set(key, { report, until: now.getTime() + shownFor * 1000 })
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return report
  }
}
