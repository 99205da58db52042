import { sql } from 'kysely'
import { appendAudit } from '../audit/index.ts'
import { lockComment, logChange, rename } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { firstIdAt } from '../database/ids.ts'
import type { ErasureStep } from '../jobs/index.ts'
import { react } from '../reactions/index.ts'
import { eraseTexts, type Erased } from './comment.ts'

/** Gone through by one job, each in a transaction of its own; then others have a turn. */
const batch = 100
/** Clocks may differ so much. */
const margin = 600_000

interface Erasing {
  id: string
  account_id: string
  keeps_comments: boolean
  created_at: Date
}

/** What a step of an erasure has changed, for those who look on. */
export interface Step {
  changes: (Erased & { siteId: string })[]
  /** What is to be done next; null where nothing is left. */
  next: ErasureStep | null
}

/**
 * Takes a step of erasing what is left of an account: some of its comments, and at the end its reactions. Said again at any time,
 * it goes on or changes nothing.
 */
export async function eraseAccount(db: Database, step: ErasureStep): Promise<Step> {
  const erasing = await db
    .selectFrom('erasure')
    .select(['id', 'account_id', 'keeps_comments', 'created_at'])
    .where('id', '=', step.erasureId)
    .executeTakeFirst()
  if (!erasing) return { changes: [], next: null }
  if (step.after === null) await forgetReader(db, erasing.account_id)
  const comments = await commentsOf(db, erasing, step)
  const changes: Step['changes'] = []
  for (const { site_id: siteId, id: commentId } of comments) {
    const changed = await db.transaction().execute((tx) => eraseOrUnname(tx, erasing, siteId, commentId))
    if (changed) changes.push({ ...changed, siteId })
  }
  if (!step.isLate && comments.length > 0) await countDone(db, erasing, comments.length)
  const last = comments.at(-1)
  if (last && comments.length === batch)
    return { changes, next: { ...step, after: { siteId: last.site_id, commentId: last.id } } }
  const reactions = await takeBackReactions(db, erasing.account_id)
  changes.push(...reactions)
  if (reactions.length === batch) return { changes, next: step }
  if (!step.isLate) await finish(db, erasing)
  return { changes, next: null }
}

/** Of those that come after the last one looked at, by an index of each site. */
async function commentsOf(db: Database, { account_id, created_at }: Erasing, { after, isLate }: ErasureStep) {
  const first = firstIdAt(isLate ? created_at.getTime() - margin : 0)
  const from = { site: after?.siteId ?? firstIdAt(0), comment: after?.commentId ?? firstIdAt(0) }
  const { rows } = await sql<{ site_id: string; id: string }>`
    select site.id as site_id, next.id from site
    cross join lateral (
      select id from comment
      where comment.site_id = site.id and author_id = ${account_id} and comment.id > ${first}
        and (site.id > ${from.site} or comment.id > ${from.comment})
      order by comment.id limit ${batch}
    ) as next
    where site.id >= ${from.site}
    order by site.id, next.id limit ${batch}
  `.execute(db)
  return rows
}

/** A comment that readers see, and that is to be kept, loses its name: the log tells those who have it on screen. */
async function eraseOrUnname(
  tx: Database,
  { account_id, keeps_comments }: Erasing,
  siteId: string,
  commentId: string,
): Promise<Erased | null> {
  const comment = await lockComment(tx, siteId, commentId)
  if (!comment) return null
  if (!keeps_comments || comment.shown_revision === null)
    return await eraseTexts(tx, comment, { why: 'request', by: account_id })
  await logChange(tx, await rename(tx, comment))
  return { articleId: comment.article_id, caseClosed: false }
}

/** What they were told and what they said about others' comments; counts and categories of reports stay. */
async function forgetReader(db: Database, accountId: string): Promise<void> {
  // With the site first, as the indices have it.
  const theirs = sql`site_id = any(array(select id from site)) and account_id = ${accountId}`
  await sql`delete from notification where ${theirs}`.execute(db)
  await sql`delete from idempotency_key where ${theirs}`.execute(db)
  // The name and the address that their comments were imported under.
  await db.deleteFrom('import_author').where('account_id', '=', accountId).execute()
  await db
    .updateTable('report')
    .set({ text: '' })
    .where('reporter_id', '=', accountId)
    .where('text', '<>', '')
    .execute()
}

async function takeBackReactions(db: Database, accountId: string): Promise<Step['changes']> {
  const reactions = await db
    .selectFrom('reaction')
    .select(['site_id', 'thread_id', 'is_typo'])
    .where('account_id', '=', accountId)
    .limit(batch)
    .execute()
  const nobody = { id: accountId, name: '', role: 'reader' as const, sections: null }
  const changes: Step['changes'] = []
  for (const { site_id: siteId, thread_id: threadId, is_typo } of reactions) {
    const back = is_typo ? 'typo' : 'reaction'
    const { articleId } = await react(db, { siteId, threadId }, nobody, { back })
    changes.push({ siteId, articleId, caseClosed: false })
  }
  return changes
}

async function countDone(db: Database, { id }: Erasing, count: number): Promise<void> {
  await db
    .updateTable('erasure')
    .set((eb) => ({ done: eb.fn<number>('least', ['total', eb('done', '+', count)]) }))
    .where('id', '=', id)
    .execute()
}

/** Once: the audit log of each site that has something of theirs says that the account is gone. */
async function finish(db: Database, { id, account_id, keeps_comments }: Erasing): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const finished = await tx
      .updateTable('erasure')
      .set((eb) => ({ finished_at: new Date(), done: eb.ref('total') }))
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!finished) return
    const { rows } = await sql<{ id: string }>`
      select site.id from site
      where exists (select from comment where site_id = site.id and author_id = ${account_id})
      order by site.id
    `.execute(tx)
    for (const { id: siteId } of rows)
      await appendAudit(tx, {
        siteId,
        actorId: account_id,
        action: 'erase account',
        subject: { account: account_id, comments: keeps_comments ? 'kept' : 'erased', why: 'request' },
      })
  })
}
