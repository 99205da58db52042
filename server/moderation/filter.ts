import { sql, type RawBuilder } from 'kysely'
import type { CaseFilter, Standing } from '../../core/contract/bulk.ts'
import type { QueueName } from '../../core/contract/moderation.ts'
import type { Signal } from '../../core/contract/signal.ts'
import { isInSections, pathOfArticle } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'

/** What of a site's open cases is asked for. */
export interface Wanted {
  queue: QueueName
  filter: CaseFilter
}

/** Each queue, as a condition on a case: `one` is the name that the query has for it. */
export const inQueue: Record<QueueName, (one: string) => RawBuilder<boolean>> = {
  all: () => sql`true`,
  held: (one) => sql`${sql.ref(`${one}.cause`)} = 'held'`,
  reported: (one) => sql`${sql.ref(`${one}.report_count`)} > 0`,
  escalated: (one) => sql`${sql.ref(`${one}.escalated_at`)} is not null`,
  appeals: (one) => sql`${sql.ref(`${one}.appeal_id`)} is not null`,
  sampled: (one) => sql`${sql.ref(`${one}.cause`)} = 'sampled'`,
}

/**
 * Whether a case is somebody's to see and to decide: it is in the sections that they moderate.
 * @param one the name that the query has for `moderation_case`
 */
export const isTheirs = (viewer: Actor, one: string): RawBuilder<boolean> =>
  isInSections(may.moderateOnly(viewer), one)

/** In the sections that are the viewer's, and not passed on by them. */
export const isFor = (viewer: Actor, one: string) =>
  sql<boolean>`${viewer.id} <> all (${sql.ref(`${one}.passed_by`)}) and ${isTheirs(viewer, one)}`

/**
 * The cases of a queue and filter, as a condition: those that are open and that the viewer has not passed on. What needs
 * another table is asked of each case by that table's primary key.
 * @param one the name that the query has for `moderation_case`
 */
export function isWanted(
  viewer: Actor,
  { queue, filter }: Wanted,
  one = 'moderation_case',
): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${one}.${column}`)
  const conditions: (RawBuilder<boolean> | false | undefined)[] = [
    sql`${of('status')} = 'open'`,
    isFor(viewer, one),
    inQueue[queue](one),
    filter.article !== undefined && sql<boolean>`${of('article_id')} = ${filter.article}`,
    filter.waiting !== undefined &&
      sql<boolean>`${of('opened_at')} <= now() - ${filter.waiting} * interval '1 hour'`,
    filter.raid !== undefined && sql<boolean>`${of('raid')} = ${filter.raid} and ${joinsRaid(sql.ref(one))}`,
    filter.section !== undefined && ofArticle(one, inSection(filter.section)),
    filter.author !== undefined && ofComment(one, sql`comment.author_id = ${filter.author}`),
    filter.standing && ofComment(one, standings[filter.standing]),
    filter.signal !== undefined &&
      ofRevision(one, sql`revision.signals @> ${JSON.stringify([signalOf(filter.signal)])}::jsonb`),
    filter.language !== undefined &&
      ofRevision(one, sql`split_part(lower(revision.language), '-', 1) = ${filter.language.toLowerCase()}`),
  ]
  return sql.join(
    conditions.filter((some) => some !== false && some !== undefined),
    sql` and `,
  )
}

/** Whether a case can be decided with others like it: an appeal, a proposed ban and an objection want an answer of their own. */
export const joinsRaid = (one: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`num_nonnulls(${one}.appeal_id, ${one}.proposal_id, ${one}.objected_to) = 0`

/** What is learnt is with most comments; asked for are those that it held. */
const signalOf = (kind: Signal['kind']) => (kind === 'learned' ? { kind, holds: true } : { kind })

const ofArticle = (one: string, holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from article where article.site_id = ${sql.ref(`${one}.site_id`)}
    and article.id = ${sql.ref(`${one}.article_id`)} and ${holds}
)`
const ofComment = (one: string, holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from comment where comment.site_id = ${sql.ref(`${one}.site_id`)}
    and comment.id = ${sql.ref(`${one}.comment_id`)} and ${holds}
)`
const ofRevision = (one: string, holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from comment_revision as revision where revision.site_id = ${sql.ref(`${one}.site_id`)}
    and revision.comment_id = ${sql.ref(`${one}.comment_id`)}
    and revision.number = ${sql.ref(`${one}.revision`)} and ${holds}
)`

/** The path of an address begins with this one. */
const inSection = (path: string) => sql<boolean>`starts_with(${pathOfArticle}, ${path})`

/** The author's record on the site, by what was decided about their comments. */
const recorded = (holds: RawBuilder<boolean>) => sql<boolean>`exists (
  select from record where record.site_id = comment.site_id and record.account_id = comment.author_id and ${holds}
)`
const standings: Record<Standing, RawBuilder<boolean>> = {
  new: sql`not ${recorded(sql`record.approved + record.rejected > 0`)}`,
  clean: recorded(sql`record.approved > 0 and record.rejected = 0`),
  rejected: recorded(sql`record.rejected > 0`),
}

/** So many open cases are looked at in counting, however many there are. */
const mostCounted = 100_000

/** How many cases of all sites wait in each queue; a case may be in several. */
export async function countOpenCases(db: Database): Promise<Record<string, number>> {
  const counts = Object.entries(inQueue).map(
    ([queue, isIn]) => sql`${queue}::text, count(*) filter (where ${isIn('moderation_case')})`,
  )
  const { rows } = await sql<{ counts: Record<string, number> }>`
    select json_build_object(${sql.join(counts)}) as counts
    from (select * from moderation_case where status = 'open' limit ${mostCounted}) as moderation_case
  `.execute(db)
  return rows[0]?.counts ?? {}
}
