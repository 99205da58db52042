import { sql, type RawBuilder } from 'kysely'
import type { CasePage, QueueName, Raid } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { isClaimed } from './claim.ts'
import { inQueue, isFor, isWanted, joinsRaid, type Wanted } from './filter.ts'

// In a queue, the open cases of one raid are one card, and the most urgent of them stands for it. An appeal and a proposed ban
// are cards of their own, since they want answers of their own; what is left to those who lead is a card apart to others, who cannot decide it.

/**
 * Whether the open cases `one` and `other` are on one card to this viewer, as a condition. In a queue that is narrowed to a
 * raid, each case is by itself.
 */
const onOneCard = (viewer: Actor, one: RawBuilder<unknown>, other: RawBuilder<unknown>) => sql<boolean>`
  ${other}.site_id = ${one}.site_id and ${other}.raid = ${one}.raid and ${other}.status = 'open'
  and ${joinsRaid(one)} and ${joinsRaid(other)}
  and (${may.lead(viewer)} or (${other}.escalated_at is null) = (${one}.escalated_at is null))`

/** Whether no more urgent case of a queue and filter is on the card of `moderation_case`, as a condition. */
export const standsForItsCard = (viewer: Actor, wanted: Wanted): RawBuilder<boolean> =>
  wanted.filter.raid !== undefined
    ? sql`true`
    : sql`not exists (
        select from moderation_case as first
        where ${onOneCard(viewer, sql`moderation_case`, sql`first`)} and ${isWanted(viewer, wanted, 'first')}
          and (first.due_at, first.id) < (moderation_case.due_at, moderation_case.id)
      )`

/** What makes a card of an open case, to group by: the raid, or the case itself. */
const cardOf = (viewer: Actor) => sql`
  case when ${joinsRaid(sql`moderation_case`)} then raid end,
  case when raid is null or not (${joinsRaid(sql`moderation_case`)}) then id end,
  ${may.lead(viewer)} or escalated_at is null`

/** The raids that these cases stand for in a queue and filter; one that is alone is none. One query. */
export async function raidsOf(
  db: Database,
  siteId: string,
  viewer: Actor,
  wanted: Wanted,
  rows: { id: string; raid: number | null }[],
): Promise<Map<string, Raid>> {
  const leads = rows.filter(({ raid }) => raid !== null).map(({ id }) => id)
  if (leads.length === 0 || wanted.filter.raid !== undefined) return new Map()
  const { rows: found } = await sql<Omit<Raid, 'from' | 'to'> & { lead: string; from: Date; to: Date }>`
    select lead.id as lead, lead.raid as name, count(*)::int as comments,
      count(distinct comment.author_id)::int as people, count(distinct comment.article_id)::int as articles,
      min(comment.created_at) as from, max(comment.created_at) as to
    from moderation_case as lead
    join moderation_case as member on ${onOneCard(viewer, sql`lead`, sql`member`)}
      and ${isWanted(viewer, wanted, 'member')}
    join comment on comment.site_id = member.site_id and comment.id = member.comment_id
    where lead.site_id = ${siteId} and lead.id = any(${leads}::uuid[])
    group by lead.site_id, lead.id
    having count(*) > 1
  `.execute(db)
  return new Map(
    found.map(({ lead, from, to, ...raid }) => [
      lead,
      { ...raid, from: from.toISOString(), to: to.toISOString() },
    ]),
  )
}

/**
 * How much waits in each queue, and since when: a raid is counted once. Grouping all open cases takes five times as long as
 * counting them, so they are counted, less those that a raid has beyond its first: raids are few.
 */
export async function countQueues(db: Database, siteId: string, viewer: Actor): Promise<CasePage['queues']> {
  const names = Object.keys(inQueue) as QueueName[]
  const of = (name: QueueName) => sql`filter (where ${inQueue[name]('moderation_case')})`
  const open = db.selectFrom('moderation_case').where('site_id', '=', siteId).where('status', '=', 'open')
  const mine = open.where(isFor(viewer, 'moderation_case'))
  const cases = mine.select(
    names.flatMap((name) => [
      sql<number>`count(*) ${of(name)}`.as(`${name}_open`),
      sql<Date | null>`min(opened_at) ${of(name)}`.as(`${name}_oldest`),
    ]),
  )
  const several = open
    .select('raid')
    .where('raid', 'is not', null)
    .groupBy('raid')
    .having(({ fn }) => fn.countAll(), '>', 1)
  const raids = mine
    .select(names.map((name) => sql<number>`greatest(count(*) ${of(name)} - 1, 0)`.as(name)))
    .where('raid', 'in', several)
    .where(joinsRaid(sql`moderation_case`))
    .groupBy(cardOf(viewer))
  const beyond = db
    .selectFrom(raids.as('card'))
    .select(names.map((name) => sql<number>`coalesce(sum(${sql.ref(`card.${name}`)}), 0)::int`.as(name)))
  const counts = await db
    .selectFrom(cases.as('cases'))
    .crossJoin(beyond.as('beyond'))
    .select(names.flatMap((name) => [`${name}_open` as const, `${name}_oldest` as const, name]))
    .executeTakeFirstOrThrow()
  return names.map((name) => ({
    queue: name,
    open: counts[`${name}_open`] - counts[name],
    oldest: toInstant(counts[`${name}_oldest`]),
  }))
}

const toInstant = (at: unknown): string | null => (at instanceof Date ? at.toISOString() : null)

/** How many cards a queue and filter have. */
export async function countWanted(
  db: Database,
  siteId: string,
  viewer: Actor,
  wanted: Wanted,
): Promise<number> {
  const { open } = await db
    .selectFrom((from) =>
      from
        .selectFrom('moderation_case')
        .select(sql`1`.as('one'))
        .where('site_id', '=', siteId)
        .where(isWanted(viewer, wanted))
        .groupBy(wanted.filter.raid === undefined ? cardOf(viewer) : 'id')
        .as('card'),
    )
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .executeTakeFirstOrThrow()
  return open
}

/** The raids that somebody else has one of in hand: who has the card has all of it. */
export async function raidsInOtherHands(db: Database, siteId: string, viewer: Actor): Promise<Set<number>> {
  const rows = await db
    .selectFrom('moderation_case')
    .select('raid')
    .distinct()
    .where('site_id', '=', siteId)
    .where('status', '=', 'open')
    .where('claimed_by', '<>', viewer.id)
    .where(isClaimed('moderation_case'))
    .where('raid', 'is not', null)
    .$narrowType<{ raid: number }>()
    .execute()
  return new Set(rows.map(({ raid }) => raid))
}
