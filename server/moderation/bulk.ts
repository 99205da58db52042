import type { BulkDecided, BulkDecision, BulkReversed } from '../../core/contract/bulk.ts'
import { bulkSize } from '../../core/moderation/bulk.ts'
import type { Database } from '../database/connect.ts'
import { toCursor } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { carryOut } from './decide.ts'
import { takeBack } from './reverse.ts'

/** What a bulk did, with the articles whose logs have grown. */
type Touched<T> = T & { articles: string[] }

/**
 * Decides many cases alike, each in a transaction of its own, so that a changed one stops no other and nobody waits for
 * all of them. Said again with the same id, as after a lost answer, it does what was not done yet.
 * @param bulkId made by the client, under which all of it is undone
 */
export async function decideBulk(
  db: Database,
  siteId: string,
  bulkId: string,
  actor: Actor,
  { cases: named, ...wanted }: BulkDecision,
): Promise<Touched<BulkDecided>> {
  const cases = [...new Map(named.map((one) => [one.case.toLowerCase(), one]))].map(([id, seen]) => ({
    ...seen,
    case: id,
  }))
  const done = await decidedIn(db, siteId, bulkId, actor, cases)
  const decided = cases.filter((one) => done.has(one.case)).map((one) => one.case)
  const changed: string[] = []
  const refused: string[] = []
  for (const { case: caseId, revision, version } of cases) {
    if (done.has(caseId)) continue
    const outcome = await tryOne(() =>
      carryOut(db, siteId, caseId, actor, { ...wanted, revision, version }, bulkId),
    )
    if (outcome === 'refused') refused.push(caseId)
    else if (outcome === null) changed.push(caseId)
    else decided.push(caseId)
  }
  return { decided, changed, refused, articles: await articlesOf(db, siteId, decided) }
}

/** @returns what the try gives, or `refused` where it is for somebody else, or wants an answer of its own */
async function tryOne<T>(work: () => Promise<T>): Promise<T | 'refused'> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProblemError && ['not-allowed', 'invalid-field'].includes(error.kind))
      return 'refused'
    throw error
  }
}

/** Which of the cases this bulk has decided already. */
async function decidedIn(
  db: Database,
  siteId: string,
  bulkId: string,
  actor: Actor,
  cases: BulkDecision['cases'],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('decision')
    .select(['case_id', 'decided_by'])
    .where('site_id', '=', siteId)
    .where('bulk_id', '=', bulkId)
    .where(
      'case_id',
      'in',
      cases.map((one) => one.case),
    )
    .execute()
  if (rows.some(({ decided_by }) => decided_by !== actor.id))
    throw new ProblemError('conflict', 'This id is that of somebody else’s bulk. Make a new one for each.')
  return new Set(rows.map(({ case_id }) => case_id))
}

/**
 * Undoes what is left of a bulk of the actor's own, the last decision first, fifty at a time.
 * @param before where the page before ended
 * @throws ProblemError `not-found` where there is no such bulk of theirs
 */
export async function reverseBulk(
  db: Database,
  siteId: string,
  bulkId: string,
  actor: Actor,
  before: string | undefined,
): Promise<Touched<BulkReversed>> {
  const rows = await db
    .selectFrom('decision')
    .select(['id', 'case_id'])
    .where('site_id', '=', siteId)
    .where('bulk_id', '=', bulkId)
    .where('decided_by', '=', actor.id)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(bulkSize + 1)
    .execute()
  if (rows.length === 0 && before === undefined)
    throw new ProblemError('not-found', 'You have made no such bulk of decisions on this site.')
  const page = rows.slice(0, bulkSize)
  const reversed: string[] = []
  const kept: string[] = []
  for (const { id, case_id } of page) {
    const isBack = await takeBack(db, siteId, id, actor).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ProblemError && ['conflict', 'not-found'].includes(error.kind)) return false
        throw error
      },
    )
    ;(isBack ? reversed : kept).push(case_id)
  }
  const next = rows.length > bulkSize ? toCursor(page.at(-1)?.id ?? null) : null
  return { reversed, kept, next, articles: await articlesOf(db, siteId, reversed) }
}

async function articlesOf(db: Database, siteId: string, cases: string[]): Promise<string[]> {
  if (cases.length === 0) return []
  const rows = await db
    .selectFrom('moderation_case')
    .select('article_id')
    .distinct()
    .where('site_id', '=', siteId)
    .where('id', 'in', cases)
    .execute()
  return rows.map(({ article_id }) => article_id)
}
