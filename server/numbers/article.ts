import { sql } from 'kysely'
import type { ArticleNumbers, NumbersDays, PassageNumbers } from '../../core/contract/numbers.ts'
import { shortened } from '../../core/text/shortened.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { lastDays, minutes, type Span } from './days.ts'

/** Passages in one answer. */
const mostPassages = 1_000
/** Letters of a quote. */
const quoteLength = 200

/** What the queries of one article are about. */
interface At extends Span {
  articleId: string
}

/**
 * The numbers of an article and of its passages in the last days, with its text: five queries.
 * @throws ProblemError `not-found`
 */
export async function readArticleNumbers(
  db: Database,
  siteId: string,
  articleId: string,
  days: NumbersDays,
): Promise<ArticleNumbers> {
  const at = { ...lastDays(siteId, days), articleId }
  const found = await findArticle(db, at)
  if (!found) throw new ProblemError('not-found', 'There is no such article on this site.')
  const { shown, ...article } = found
  const counted = await readPassages(db, at)
  const whole = counted.find(({ place }) => place === null)
  return {
    days,
    from: at.from,
    article,
    totals: {
      threads: whole?.threads ?? 0,
      comments: whole?.comments ?? 0,
      medianMinutes: minutes(whole?.seconds ?? null),
      ...(await countPeople(db, at)),
    },
    passages: counted.flatMap((row) => toPassage(row) ?? []),
    text: await readText(db, at, shown),
  }
}

async function findArticle(db: Database, { siteId, articleId }: At) {
  const article = await db
    .selectFrom('article')
    .select(['id', 'title', 'url', 'slug', 'language', 'direction'])
    // The text that its threads were carried to, since passages are said by its blocks.
    .select(sql<number>`case when carried > 0 then carried else revision end`.as('shown'))
    .where('site_id', '=', siteId)
    .where('id', '=', articleId)
    .executeTakeFirst()
  return article ?? null
}

interface Counted {
  /** Null: the article as a whole. */
  place: PassageNumbers['place'] | null
  block: number | null
  thread: string
  quote: string | null
  threads: number
  comments: number
  readers: number
  followers: number
  seconds: number | null
}

/** The whole article first, and then its passages, the most discussed first. */
async function readPassages(db: Database, { siteId, articleId, first, from }: At): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    with placed as (
      select thread.id, thread.anchor -> 'quote' ->> 'exact' as quote,
        case when thread.anchor is null then 'article' when placement.status = 'orphaned' then 'lost' else 'block' end as place,
        case when thread.anchor is not null
          then coalesce(placement.section, (thread.anchor -> 'block' ->> 'index')::int) end as block
      from thread
      join article on article.site_id = thread.site_id and article.id = thread.article_id
      left join placement on placement.site_id = article.site_id and placement.article_id = article.id
        and placement.revision = article.carried and placement.thread_id = thread.id
      where thread.site_id = ${siteId} and thread.article_id = ${articleId} and thread.comment_count > 0
    ), said as materialized (
      select place, block, thread_id, comment.id, comment.parent_id, comment.author_id, comment.created_at
      from placed
      join comment on comment.site_id = ${siteId} and comment.thread_id = placed.id
      where comment.id >= ${first} and comment.shown_revision is not null
    ), answered as (
      select said.id, extract(epoch from min(answer.created_at) - said.created_at)::float8 as seconds
      from said join said as answer on answer.parent_id = said.id and answer.author_id <> said.author_id
      group by said.id, said.created_at
    ), counted as (
      select place, block, count(distinct thread_id)::int as threads, count(*)::int as comments,
        mode() within group (order by thread_id) as thread,
        percentile_cont(0.5) within group (order by seconds) as seconds
      from said left join answered using (id)
      group by grouping sets ((), (place, block))
    ), read as (
      -- By its oldest thread; after an edit that joins two passages, by both.
      select place, block, sum(readers)::int as readers, min(placed.id::text)::uuid as thread
      from placed
      join opened_passage as opened on opened.site_id = ${siteId} and opened.thread_id = placed.id
      where opened.day >= ${from}::date
      group by place, block
    ), listed as (
      select coalesce(counted.place, read.place) as place, coalesce(counted.block, read.block) as block,
        coalesce(threads, 0) as threads, coalesce(comments, 0) as comments, coalesce(readers, 0) as readers,
        coalesce(counted.thread, read.thread) as thread, seconds
      from counted
      full join read on read.place = counted.place and coalesce(read.block, -1) = coalesce(counted.block, -1)
      order by coalesce(counted.place, read.place) is not null, 4 desc, 5 desc, 2
      limit ${mostPassages + 1}
    ), followed as (
      select place, block, count(distinct account_id)::int as followers
      from placed join follow on follow.site_id = ${siteId} and follow.thread_id = placed.id and following
      group by place, block
    )
    select listed.*, coalesce(followers, 0) as followers, placed.quote
    from listed
    left join followed on followed.place = listed.place and followed.block is not distinct from listed.block
    left join placed on placed.id = listed.thread
    order by listed.place is not null, comments desc, readers desc, listed.block
  `.execute(db)
  return rows
}

const toPassage = ({ place, quote, seconds, ...counts }: Counted): PassageNumbers | null =>
  place && { ...counts, place, quote: shortened(quote ?? '', quoteLength), medianMinutes: minutes(seconds) }

/** Who opened the discussion in the days, and who follows it or a thread of it now. */
async function countPeople(db: Database, { siteId, articleId, from }: At) {
  const { rows } = await sql<{ readers: number; followers: number }>`
    select
      (
        select coalesce(sum(readers), 0)::int from opened
        where site_id = ${siteId} and article_id = ${articleId} and day >= ${from}::date
      ) as readers,
      (
        select count(distinct account_id)::int from follow
        where site_id = ${siteId} and article_id = ${articleId} and following
      ) as followers
  `.execute(db)
  return rows[0] ?? { readers: 0, followers: 0 }
}

async function readText(db: Database, { siteId, articleId }: At, revision: number) {
  return await db
    .selectFrom('block')
    .select(['kind', 'level', 'text'])
    .where('site_id', '=', siteId)
    .where('article_id', '=', articleId)
    .where('revision', '=', revision)
    .orderBy('position')
    .execute()
}
