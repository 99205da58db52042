import { sql } from 'kysely'
import type { Selection } from '../../core/contract/bulk.ts'
import { mostSelected } from '../../core/moderation/bulk.ts'
import type { Database } from '../database/connect.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { excerpt } from './around.ts'
import { isClaimed } from './claim.ts'
import { isWanted, type Wanted } from './filter.ts'
import { raidsInOtherHands } from './raids.ts'

/** So many cases are looked at: enough for what is selected, and to say what is left out. */
const mostLooked = 10_000
const examples = 5

/** What one decision about all cases of a queue and filter would be about: nothing is changed. Three queries. */
export async function selectAll(
  db: Database,
  siteId: string,
  viewer: Actor,
  wanted: Wanted,
): Promise<Selection> {
  const rows = await readAll(db, siteId, viewer, wanted)
  const taken = await raidsInOtherHands(db, siteId, viewer)
  const apart: Selection['apart'] = { leads: 0, appeals: 0, proposals: 0, objections: 0, own: 0, claimed: 0 }
  const mine = rows.filter((row) => {
    const why = whyNot(row, viewer, taken)
    if (why) apart[why] += 1
    return why === null
  })
  const cases = mine.slice(0, mostSelected)
  return {
    cases: cases.map(({ id, revision, version }) => ({ case: id, revision, version })),
    beyond: mine.length - cases.length,
    apart,
    authors: new Set(cases.map(({ author_id }) => author_id)).size,
    shown: cases.filter(({ shown_revision }) => shown_revision !== null).length,
    examples: await readExamples(
      db,
      siteId,
      cases.slice(0, examples).map(({ id }) => id),
    ),
  }
}

function readAll(db: Database, siteId: string, viewer: Actor, wanted: Wanted) {
  return db
    .selectFrom('moderation_case')
    .innerJoin('comment', (join) =>
      join
        .onRef('comment.site_id', '=', 'moderation_case.site_id')
        .onRef('comment.id', '=', 'moderation_case.comment_id'),
    )
    .select(['moderation_case.id', 'moderation_case.revision', 'moderation_case.version'])
    .select(['moderation_case.escalated_at', 'moderation_case.appeal_id', 'moderation_case.claimed_by'])
    .select(['moderation_case.proposal_id', 'moderation_case.objected_to', 'moderation_case.raid'])
    .select(['comment.author_id', 'comment.shown_revision', isClaimed('moderation_case').as('is_claimed')])
    .where('moderation_case.site_id', '=', siteId)
    .where(isWanted(viewer, wanted))
    .orderBy('moderation_case.due_at')
    .orderBy('moderation_case.id')
    .limit(mostLooked)
    .execute()
}

/** Why a case stays out of a bulk; null where it does not. */
function whyNot(
  row: Awaited<ReturnType<typeof readAll>>[number],
  viewer: Actor,
  taken: Set<number>,
): keyof Selection['apart'] | null {
  if (row.author_id === viewer.id) return 'own'
  if (!may.decide(viewer, { author_id: row.author_id, escalated: row.escalated_at !== null })) return 'leads'
  if (row.appeal_id !== null) return 'appeals'
  if (row.proposal_id !== null) return 'proposals'
  if (row.objected_to !== null) return 'objections'
  const isTaken = row.is_claimed && row.claimed_by !== viewer.id
  return isTaken || (row.raid !== null && taken.has(row.raid)) ? 'claimed' : null
}

async function readExamples(db: Database, siteId: string, cases: string[]): Promise<Selection['examples']> {
  if (cases.length === 0) return []
  const rows = await db
    .selectFrom('moderation_case as one')
    .innerJoin('comment_revision as revision', (join) =>
      join
        .onRef('revision.site_id', '=', 'one.site_id')
        .onRef('revision.comment_id', '=', 'one.comment_id')
        .onRef('revision.number', '=', 'one.revision'),
    )
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'one.site_id').onRef('comment.id', '=', 'one.comment_id'),
    )
    .innerJoin('account', 'account.id', 'comment.author_id')
    .select(['account.name as author', 'revision.body'])
    .where('one.site_id', '=', siteId)
    .where('one.id', 'in', cases)
    .orderBy(sql`array_position(${cases}::uuid[], one.id)`)
    .execute()
  return rows.map(({ author, body }) => ({ author, excerpt: excerpt(body) }))
}
