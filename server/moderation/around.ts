import { sql } from 'kysely'
import type { CaseView, PastDecision } from '../../core/contract/moderation.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import { rejecting } from '../../core/moderation/rejecting.ts'
import { shortened } from '../../core/text/shortened.ts'
import type { Database } from '../database/connect.ts'
import { toPlainText } from '../text/index.ts'

const above = 5
const below = 2
const remembered = 5
const excerptLength = 280

interface NeighbourRow {
  of: string
  id: string
  name: string
  body: TextBlock[] | null
}
type Neighbour = CaseView['before'][number]

const viewNeighbour = ({ id, name, body }: NeighbourRow): Neighbour => ({
  id,
  author: name,
  excerpt: excerpt(body),
})

/** @returns what readers see above each of these comments in its thread, nearest last */
export async function shownBefore(
  db: Database,
  siteId: string,
  comments: string[],
): Promise<Map<string, Neighbour[]>> {
  const { rows } = await sql<NeighbourRow>`
    select subject.id as of, earlier.id, account.name, shown.body
    from comment as subject
    cross join lateral (
      select id, author_id, shown_revision, site_id from comment
      where site_id = subject.site_id and thread_id = subject.thread_id and id < subject.id
        and shown_revision is not null
      order by id desc limit ${above}
    ) as earlier
    join account on account.id = earlier.author_id
    join comment_revision as shown
      on shown.site_id = earlier.site_id and shown.comment_id = earlier.id and shown.number = earlier.shown_revision
    where subject.site_id = ${siteId} and subject.id = any(${comments}::uuid[])
    order by earlier.id
  `.execute(db)
  return mapValues(
    Map.groupBy(rows, ({ of }) => of),
    (some) => some.map(viewNeighbour),
  )
}

/** @returns the shown answers to each of these comments: how many, and the first ones; nothing where there is none */
export async function answersTo(
  db: Database,
  siteId: string,
  comments: string[],
): Promise<Map<string, CaseView['replies']>> {
  const { rows } = await sql<NeighbourRow & { count: number }>`
    select reply.parent_id as of, reply.count, reply.id, account.name, shown.body
    from comment as subject
    cross join lateral (
      -- Materialized: in the order of ids, the planner would rather walk through all comments of the site.
      with replies as materialized (
        select id, author_id, shown_revision, site_id, parent_id from comment
        where site_id = subject.site_id and parent_id = subject.id and shown_revision is not null
      )
      select replies.*, count(*) over ()::int as count from replies order by id limit ${below}
    ) as reply
    join account on account.id = reply.author_id
    join comment_revision as shown
      on shown.site_id = reply.site_id and shown.comment_id = reply.id and shown.number = reply.shown_revision
    where subject.site_id = ${siteId} and subject.id = any(${comments}::uuid[])
    order by reply.id
  `.execute(db)
  return mapValues(
    Map.groupBy(rows, ({ of }) => of),
    (some) => ({
      count: some[0]?.count ?? 0,
      first: some.map(viewNeighbour),
    }),
  )
}

/**
 * @param subjects comments with their authors
 * @returns what was decided, and not undone, about other comments of the author of each of these, newest first
 */
export async function historyOf(
  db: Database,
  siteId: string,
  subjects: { comment_id: string; author_id: string }[],
): Promise<Map<string, PastDecision[]>> {
  const authors = [...new Set(subjects.map(({ author_id }) => author_id))]
  // Read once for an author, not for each case; more than are shown, as some may be about the very comment.
  const { rows } = await sql<PastRow>`
    select author.id as author_id, past.comment_id, past.id, past.action, past.reason, account.name as by,
      past.created_at as at, article.title as article
    from unnest(${authors}::uuid[]) as author (id)
    cross join lateral (
      select decision.* from decision
      where decision.site_id = ${siteId} and decision.author_id = author.id
        and decision.action = any(${['approve', ...rejecting]})
        and not exists (
          select from decision as undone
          where undone.site_id = decision.site_id and undone.reverses = decision.id
        )
      order by decision.id desc limit ${2 * remembered}
    ) as past
    join account on account.id = past.decided_by
    join comment on comment.site_id = past.site_id and comment.id = past.comment_id
    join article on article.site_id = comment.site_id and article.id = comment.article_id
    order by past.id desc
  `.execute(db)
  const byAuthor = Map.groupBy(rows, ({ author_id }) => author_id)
  return new Map(
    subjects.map(({ comment_id, author_id }) => {
      const others = (byAuthor.get(author_id) ?? []).filter((past) => past.comment_id !== comment_id)
      return [comment_id, others.slice(0, remembered).map(viewPast)]
    }),
  )
}

interface PastRow extends Omit<PastDecision, 'at'> {
  author_id: string
  comment_id: string
  at: Date
}

const viewPast = ({ id, action, reason, by, at, article }: PastRow): PastDecision => ({
  ...{ id, action, reason, by, article },
  at: at.toISOString(),
})

const mapValues = <A, B>(map: Map<string, A>, view: (value: A) => B): Map<string, B> =>
  new Map(Array.from(map, ([key, value]) => [key, view(value)]))

/** How a comment begins, for who reads another one. */
export function excerpt(body: TextBlock[] | null): string {
  return shortened(toPlainText(body ?? []), excerptLength)
}
