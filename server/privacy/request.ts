import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Erasure, Role } from '../../core/contract/people.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { addJob, tellWebhooks } from '../jobs/index.ts'
import { anonymise } from '../people/index.ts'
import { may } from '../permissions.ts'

/** Seconds after which what was on its way when the account went is there. */
const settled = 120

/**
 * Erases an account: at once all that tells whose it was, and then, as a job, what they wrote.
 * @param comments whether those that readers see are kept, without the name
 * @returns the erasure's id, by which everybody may see how far it is
 * @throws ProblemError `conflict` for the only one who leads a site, with what to do; `not-found` where there is no such account
 */
export async function requestErasure(
  db: Database,
  accountId: string,
  comments: Erasure['comments'],
  now = new Date(),
): Promise<string> {
  const id = uuid()
  await db.transaction().execute(async (tx) => {
    const account = await tx
      .selectFrom('account')
      .select('id')
      .where('id', '=', accountId)
      .where('erased_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!account) throw new ProblemError('not-found', 'There is no such account.')
    await requireOthers(tx, accountId)
    await tx
      .insertInto('erasure')
      .values({
        id,
        account_id: accountId,
        keeps_comments: comments === 'keep',
        total: await countComments(tx, accountId),
        created_at: now,
      })
      .execute()
    await tellSites(tx, accountId)
    await anonymise(tx, accountId, now)
    const step = { erasureId: id, after: null }
    await addJob(tx, 'eraseAccount', { ...step, isLate: false }, { queue: id })
    await addJob(tx, 'eraseAccount', { ...step, isLate: true }, { queue: `late ${id}`, delay: settled })
  })
  return id
}

/** The webhooks of sites where they wrote something, or that a provider of brought them. */
async function tellSites(tx: Database, accountId: string): Promise<void> {
  const { rows } = await sql<{ site_id: string }>`
    select distinct site_id from webhook
    where disabled_at is null and 'account.erased' = any(events) and (
      exists (select from comment where comment.site_id = webhook.site_id and author_id = ${accountId})
      or exists (select from identity where identity.site_id = webhook.site_id and account_id = ${accountId})
    )
  `.execute(tx)
  for (const { site_id } of rows)
    await tellWebhooks(tx, { siteId: site_id, type: 'account.erased', subjectId: accountId })
}

/** Locked, so that of two who leave at once, the second is still there. */
async function requireOthers(tx: Database, accountId: string): Promise<void> {
  const { rows } = await sql<{ account_id: string; role: Role; slug: string }>`
    select membership.account_id, membership.role, site.slug
    from membership join site on site.id = membership.site_id
    where membership.role <> 'reader' and membership.site_id in (
      select site_id from membership where account_id = ${accountId} and role <> 'reader'
    )
    order by membership.site_id, membership.account_id
    for update of membership
  `.execute(tx)
  for (const [slug, staff] of Map.groupBy(rows, (row) => row.slug)) {
    const role = staff.find((one) => one.account_id === accountId)?.role ?? 'reader'
    const others = staff.filter((one) => one.account_id !== accountId).map((one) => one.role)
    if (may.leave(role, others)) continue
    throw new ProblemError(
      'conflict',
      `Nobody else could do on the site "${slug}" what the ${role} of this account does. Give somebody else the role first: npm run postil -- user EMAIL --site ${slug} --role ${role}`,
      { site: slug, role },
    )
  }
}

/** With the site before the author, as the index over authors has it. */
async function countComments(tx: Database, accountId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from comment
    where site_id = any(array(select id from site)) and author_id = ${accountId}
  `.execute(tx)
  return rows[0]?.count ?? 0
}

/** How far an erasure is, or null where there is none of this id. */
export async function readErasure(db: Database, id: string): Promise<Erasure | null> {
  const row = await db.selectFrom('erasure').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    comments: row.keeps_comments ? 'keep' : 'erase',
    total: row.total,
    done: row.done,
    requestedAt: row.created_at.toISOString(),
    finishedAt: row.finished_at && row.finished_at.toISOString(),
  }
}
