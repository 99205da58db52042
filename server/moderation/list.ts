import { sql } from 'kysely'
import type { CasePage } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import { toTimeCursor } from '../http/page.ts'
import type { Actor } from '../people/index.ts'
import { isWanted, type Wanted } from './filter.ts'
import { viewCases } from './queue.ts'
import { countQueues, countWanted, raidsOf, standsForItsCard } from './raids.ts'

/**
 * A page of a queue, in the order in which its cases are due, a raid as one: eleven queries for a page of any size, twelve
 * with a filter, most of them at once.
 * @param viewer whose own claims are told apart, and who does not get what they have passed on
 */
export async function listCases(
  db: Database,
  siteId: string,
  viewer: Actor,
  wanted: Wanted,
  { after, limit }: { after: { at: Date; id: string } | undefined; limit: number },
): Promise<Omit<CasePage, 'translates'>> {
  // Which they are, then what is in them: in one query, the planner would look at all the joins for each way to filter.
  const due = await db
    .selectFrom('moderation_case')
    .select(['id', 'due_at', 'raid'])
    .where('site_id', '=', siteId)
    .where(isWanted(viewer, wanted))
    .where(standsForItsCard(viewer, wanted))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(moderation_case.due_at, moderation_case.id) > (${after?.at}, ${after?.id}::uuid)`,
      ),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const page = due.slice(0, limit)
  const last = due.length > limit ? page.at(-1) : undefined
  const queues = await countQueues(db, siteId, viewer)
  const raids = await raidsOf(db, siteId, viewer, wanted, page)
  const ids = page.map(({ id }) => id)
  const cases = await viewCases(db, siteId, viewer, ids, raids)
  const isFiltered = Object.keys(wanted.filter).length > 0
  return {
    // What was decided in between has left the queue.
    cases: cases.filter(({ status }) => status === 'open'),
    open: isFiltered
      ? await countWanted(db, siteId, viewer, wanted)
      : (queues.find((one) => one.queue === wanted.queue)?.open ?? 0),
    queues,
    next: last ? toTimeCursor({ at: last.due_at, id: last.id }) : null,
  }
}
