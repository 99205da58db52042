import { sql, type RawBuilder } from 'kysely'
import type { CaseFilter, Standing } from '../../core/contract/bulk.ts'
import type { CasePage, QueueName } from '../../core/contract/moderation.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { Database } from '../database/connect.ts'
import type { Actor } from '../people/index.ts'
import { alikeTo } from './rules/sketch.ts'

/** Each queue, as a condition on `moderation_case`. */
const inQueue: Record<QueueName, RawBuilder<boolean>> = {
  all: sql`true`,
  held: sql`moderation_case.cause = 'held'`,
  reported: sql`moderation_case.report_count > 0`,
  escalated: sql`moderation_case.escalated_at is not null`,
  appeals: sql`moderation_case.appeal_id is not null`,
  sampled: sql`moderation_case.cause = 'sampled'`,
}
const notPassedBy = (viewer: Actor) => sql<boolean>`${viewer.id} <> all (moderation_case.passed_by)`

/**
 * The cases of a queue and filter, as a condition on `moderation_case`: those that are open and that the viewer has not
 * passed on. What needs another table is asked of each case by that table's primary key.
 */
export function isWanted(
  siteId: string,
  viewer: Actor,
  queue: QueueName,
  filter: CaseFilter,
): RawBuilder<boolean> {
  const conditions: (RawBuilder<boolean> | false | undefined)[] = [
    sql`moderation_case.status = 'open'`,
    notPassedBy(viewer),
    inQueue[queue],
    filter.article !== undefined && sql<boolean>`moderation_case.article_id = ${filter.article}`,
    filter.waiting !== undefined &&
      sql<boolean>`moderation_case.opened_at <= now() - ${filter.waiting} * interval '1 hour'`,
    filter.section !== undefined && ofArticle(inSection(filter.section)),
    filter.author !== undefined && ofComment(sql`comment.author_id = ${filter.author}`),
    filter.standing && ofComment(standings[filter.standing]),
    filter.signal !== undefined &&
      ofRevision(sql`revision.signals @> ${JSON.stringify([signalOf(filter.signal)])}::jsonb`),
    filter.language !== undefined &&
      ofRevision(sql`split_part(lower(revision.language), '-', 1) = ${filter.language.toLowerCase()}`),
    filter.alike !== undefined &&
      sql<boolean>`moderation_case.comment_id in (${alikeTo(siteId, filter.alike)})`,
  ]
  return sql.join(
    conditions.filter((one) => one !== false && one !== undefined),
    sql` and `,
  )
}

/** What is learnt is with most comments; asked for are those that it held. */
const signalOf = (kind: Signal['kind']) => (kind === 'learned' ? { kind, holds: true } : { kind })

const ofArticle = (holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from article where article.site_id = moderation_case.site_id
    and article.id = moderation_case.article_id and ${holds}
)`
const ofComment = (holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from comment where comment.site_id = moderation_case.site_id
    and comment.id = moderation_case.comment_id and ${holds}
)`
const ofRevision = (holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from comment_revision as revision where revision.site_id = moderation_case.site_id
    and revision.comment_id = moderation_case.comment_id and revision.number = moderation_case.revision and ${holds}
)`

/** The path of an address begins with this one. */
const inSection = (path: string) =>
  sql<boolean>`starts_with(regexp_replace(article.url, '^[^:]+://[^/]*', ''), ${path})`

/** The author's record on the site, by what was decided about their comments. */
const recorded = (holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from record where record.site_id = comment.site_id and record.account_id = comment.author_id and ${holds}
)`
const standings: Record<Standing, RawBuilder<boolean>> = {
  new: sql`not ${recorded(sql`record.approved + record.rejected > 0`)}`,
  clean: recorded(sql`record.approved > 0 and record.rejected = 0`),
  rejected: recorded(sql`record.rejected > 0`),
}

/** How much waits in each queue, and since when: one reading of the open cases. */
export async function countQueues(db: Database, siteId: string, viewer: Actor): Promise<CasePage['queues']> {
  const names = Object.keys(inQueue) as QueueName[]
  const counts = await db
    .selectFrom('moderation_case')
    .select(
      names.flatMap((name) => [
        sql<number>`count(*) filter (where ${inQueue[name]})`.as(`${name}_open`),
        sql<Date | null>`min(opened_at) filter (where ${inQueue[name]})`.as(`${name}_oldest`),
      ]),
    )
    .where('site_id', '=', siteId)
    .where('status', '=', 'open')
    .where(notPassedBy(viewer))
    .executeTakeFirstOrThrow()
  return names.map((name) => ({
    queue: name,
    open: counts[`${name}_open`],
    oldest: toInstant(counts[`${name}_oldest`]),
  }))
}

const toInstant = (at: unknown): string | null => (at instanceof Date ? at.toISOString() : null)

/** How many cases a queue and filter have. */
export async function countWanted(
  db: Database,
  siteId: string,
  viewer: Actor,
  queue: QueueName,
  filter: CaseFilter,
): Promise<number> {
  const { open } = await db
    .selectFrom('moderation_case')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('site_id', '=', siteId)
    .where(isWanted(siteId, viewer, queue, filter))
    .executeTakeFirstOrThrow()
  return open
}
