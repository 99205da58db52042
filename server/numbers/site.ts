import { sql } from 'kysely'
import type { ArticleRow, NumbersDays, NumbersOrder, SiteNumbers } from '../../core/contract/numbers.ts'
import type { Database } from '../database/connect.ts'
import { fromRankCursor, toRankCursor } from '../http/page.ts'
import { lastDays, minutes, type Span } from './days.ts'

interface Wanted {
  days: NumbersDays
  order: NumbersOrder
  cursor?: string | undefined
  limit: number
}

/** Comments from which the median of a whole site is taken, the newest. */
const mostTimed = 10_000

interface Row {
  id: string
  title: string
  url: string | null
  slug: string
  threads: number
  comments: number
  readers: number
  last_at: Date | null
  rank: number
  /** What all articles come to. */
  all_articles: number
  all_threads: number
  all_comments: number
  all_readers: number
}

/**
 * A page of the articles of a site on which anything was said or read in the last days: two queries, and one more for what all of them come to.
 * @throws ProblemError `invalid-field` where the cursor is not ours
 */
export async function readSiteNumbers(
  db: Database,
  siteId: string,
  { days, order, cursor, limit }: Wanted,
): Promise<SiteNumbers> {
  const span = lastDays(siteId, days)
  const rows = await readActive(db, span, order, fromRankCursor(cursor), limit + 1)
  const here = rows.slice(0, limit)
  const last = rows.length > limit ? here.at(-1) : undefined
  const more = await readMore(
    db,
    span,
    here.map(({ id }) => id),
  )
  return {
    days,
    from: span.from,
    totals: cursor === undefined ? await readTotals(db, span, rows[0]) : null,
    articles: here.map((row) => toArticleRow(row, more.get(row.id))),
    next: last ? toRankCursor(last) : null,
  }
}

/** What was said and read of each article, by its id. */
const active = ({ siteId, first, from }: Span) => sql`
  select article_id, coalesce(threads, 0) as threads, coalesce(comments, 0) as comments,
    coalesce(readers, 0) as readers, last_at
  from (
    select article_id, count(*)::int as threads, sum(comments)::int as comments, max(last_at) as last_at
    from (
      select article_id, thread_id, count(*) as comments, max(created_at) as last_at from comment
      where site_id = ${siteId} and id >= ${first} and shown_revision is not null
      group by article_id, thread_id
    ) as by_thread group by article_id
  ) as said
  full join (
    select article_id, sum(readers)::int as readers from opened
    where site_id = ${siteId} and day >= ${from}::date group by article_id
  ) as opening using (article_id)
`

async function readActive(
  db: Database,
  span: Span,
  order: NumbersOrder,
  after: { rank: number; id: string } | undefined,
  limit: number,
): Promise<Row[]> {
  const rank =
    order === 'comments'
      ? sql`comments::bigint`
      : // In milliseconds; what was only read comes last.
        sql`coalesce(floor(extract(epoch from last_at) * 1000)::bigint, 0)`
  const { rows } = await sql<Row>`
    select article.id, article.title, article.url, article.slug, threads, comments, readers, last_at, rank,
      all_articles, all_threads, all_comments, all_readers
    from (
      select *, ${rank} as rank, count(*) over ()::int as all_articles, sum(threads) over ()::int as all_threads,
        sum(comments) over ()::int as all_comments, sum(readers) over ()::int as all_readers
      from (${active(span)}) as active
    ) as ranked
    join article on article.site_id = ${span.siteId} and article.id = ranked.article_id
    ${after ? sql`where (rank, article.id) < (${after.rank}, ${after.id}::uuid)` : sql``}
    order by rank desc, article.id desc limit ${limit}
  `.execute(db)
  return rows
}

interface More {
  followers: number
  seconds: number | null
}

/** Of these articles: who follows them or a thread of theirs, and the median time to the first answer, in seconds. */
async function readMore(db: Database, { siteId, first }: Span, ids: string[]): Promise<Map<string, More>> {
  const { rows } = await sql<More & { id: string }>`
    select wanted.id, coalesce(followers, 0) as followers, seconds
    from unnest(${ids}::uuid[]) as wanted (id)
    left join (
      select article_id as id, count(distinct account_id)::int as followers from follow
      where site_id = ${siteId} and article_id = any(${ids}::uuid[]) and following group by article_id
    ) as followed using (id)
    left join (
      select article_id as id, percentile_cont(0.5) within group (order by seconds) as seconds
      from (
        select said.article_id, extract(epoch from min(answer.created_at) - said.created_at)::float8 as seconds
        from thread
        join comment as said on said.site_id = thread.site_id and said.thread_id = thread.id
        join comment as answer on answer.site_id = said.site_id and answer.parent_id = said.id
        where thread.site_id = ${siteId} and thread.article_id = any(${ids}::uuid[])
          -- An answer is newer: said of both, fewer are read.
          and said.id >= ${first} and answer.id >= ${first}
          and said.shown_revision is not null and answer.shown_revision is not null
          and answer.author_id <> said.author_id
        group by said.site_id, said.id
      ) as answered
      group by article_id
    ) as answers using (id)
  `.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** @param any of the rows that say what all articles come to; none where there are none */
async function readTotals(
  db: Database,
  { siteId, first }: Span,
  any: Row | undefined,
): Promise<NonNullable<SiteNumbers['totals']>> {
  const { rows } = await sql<More>`
    select
      (
        select count(distinct account_id)::int from follow
        where site_id = ${siteId} and article_id is not null and following
      ) as followers,
      (
        select percentile_cont(0.5) within group (order by extract(epoch from answered.at - said.created_at)::float8)
        from (
          select id, author_id, created_at from comment
          where site_id = ${siteId} and id >= ${first} and shown_revision is not null
          order by id desc limit ${mostTimed}
        ) as said
        cross join lateral (
          select min(answer.created_at) as at from comment as answer
          where answer.site_id = ${siteId} and answer.parent_id = said.id and answer.shown_revision is not null
            and answer.author_id <> said.author_id
        ) as answered
      ) as seconds
  `.execute(db)
  return {
    articles: any?.all_articles ?? 0,
    threads: any?.all_threads ?? 0,
    comments: any?.all_comments ?? 0,
    readers: any?.all_readers ?? 0,
    followers: rows[0]?.followers ?? 0,
    medianMinutes: minutes(rows[0]?.seconds ?? null),
  }
}

const toArticleRow = (row: Row, more: More | undefined): ArticleRow => ({
  article: { id: row.id, title: row.title, url: row.url, slug: row.slug },
  threads: row.threads,
  comments: row.comments,
  readers: row.readers,
  followers: more?.followers ?? 0,
  medianMinutes: minutes(more?.seconds ?? null),
  lastAt: row.last_at && row.last_at.toISOString(),
})
