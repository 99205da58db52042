import { sql } from 'kysely'
import { describeBlock } from '../core/anchoring/index.ts'
import type { Database } from '../server/database/connect.ts'

/** Discussions as big sites have them, made inside the database. */
export interface Discussion {
  /** The article that has nearly all comments, and its address. */
  articleId: string
  url: string
  /** The addresses of the other articles, and a thread of each. */
  others: { url: string; threadId: string }[]
  /** Threads of the hot article, the longest first. */
  threads: string[]
  /** Some of the people who wrote. */
  authors: string[]
}

const otherArticles = 50
/** Comments on them at the least, and how many of the newest there wait for a moderator beside those held at random. */
const leastOthers = 500
const waiting = 100
const paragraphs = 200
/** What people write, by language; each is repeated for as long as the comment is. */
const texts = {
  en: 'That is not what the report says, and the table on page four shows it. ',
  de: 'Das steht so nicht im Bericht, und die Tabelle auf Seite vier zeigt es. ',
  fr: 'Ce n’est pas ce que dit le rapport, et le tableau de la page quatre le montre. ',
  es: 'Eso no es lo que dice el informe, y la tabla de la página cuatro lo muestra. ',
  ru: 'В отчёте сказано не это, и таблица на четвёртой странице это показывает. ',
  kk: 'Есепте бұлай айтылмаған, төртінші беттегі кесте соны көрсетеді. ',
  ar: 'هذا ليس ما يقوله التقرير، والجدول في الصفحة الرابعة يبيّن ذلك. ',
  ja: '報告書にはそうは書かれていません。四ページの表を見れば分かります。',
}

/**
 * Fills a site with one hot article of so many comments and a tenth as many on fifty others: few threads and few people
 * have most of them, answers go deep, in eight languages over a year; one in a hundred is held, and the newest elsewhere; two are withdrawn. Log and
 * counts are as `postil verify` wants them.
 * @param comments of the hot article; a million take a minute or two
 */
export async function fillDiscussion(
  db: Database,
  siteId: string,
  origin: string,
  comments: number,
): Promise<Discussion> {
  await db.connection().execute(async (one) => {
    // What is made here is whole without looking each reference up; and it takes as long as it takes.
    await sql`set session_replication_role = replica; set statement_timeout = 0`.execute(one)
    await places(one, siteId, origin, comments)
    await drawn(one, siteId, comments)
    await written(one, siteId)
    await told(one, siteId)
    await sql`drop table drawn, made; reset session_replication_role; reset statement_timeout`.execute(one)
    // As autovacuum would have, on a site of some age.
    await sql`vacuum analyze`.execute(one)
  })
  return await described(db, siteId)
}

/** People, articles and threads. */
async function places(db: Database, siteId: string, origin: string, comments: number): Promise<void> {
  const people = Math.min(20_000, Math.max(50, Math.round(comments / 20)))
  const threads = Math.min(2_000, Math.max(10, Math.round(comments / 50)))
  const blocks = Array.from(
    { length: paragraphs },
    (_, nth) => `Paragraph ${nth} of a long article, with words enough to be told from its neighbours.`,
  )
  const anchors = JSON.stringify(blocks.map((_, nth) => describeBlock(blocks, nth)))
  await sql`
    insert into account (id, email, name, password_hash)
    select gen_random_uuid(), 'w' || nth || '@writer.example', 'Writer ' || nth, null from generate_series(1, ${people}::int) as nth
  `.execute(db)
  await sql`
    insert into article (site_id, id, slug, title, url)
    select ${siteId}, uuidv7(), 'busy-' || nth, 'Article ' || nth, ${`${origin}/busy-`}::text || nth
    from generate_series(0, ${otherArticles}::int) as nth
  `.execute(db)
  await sql`
    insert into thread (site_id, id, article_id, article_revision, created_by, anchor)
    select ${siteId}, uuidv7(interval '-1 year' + nth * interval '1 ms'), article.id, 0,
      (select id from account where email = 'w1@writer.example'), ${anchors}::jsonb -> (nth % ${paragraphs}::int)
    from article, generate_series(0, case article.slug when 'busy-0' then ${threads}::int else 10 end - 1) as nth
    where site_id = ${siteId} and article.slug like 'busy-%'
  `.execute(db)
}

/** What is known of each comment before it is written: the table `made`. */
async function drawn(db: Database, siteId: string, comments: number): Promise<void> {
  // Without statistics, what follows would be planned for a handful of rows.
  await sql`analyze account, article, thread`.execute(db)
  const others = Math.max(leastOthers, Math.round(comments / 10))
  const all = comments + others
  await sql`
    create unlogged table drawn as
    with place as (
      select thread.id as thread_id, article_id, article.slug,
        row_number() over (partition by article_id order by thread.id) - 1 as nth, count(*) over (partition by article_id) as threads
      from thread join article on article.site_id = thread.site_id and article.id = thread.article_id
      where thread.site_id = ${siteId} and article.slug like 'busy-%'
    ), author as (
      select id, row_number() over (order by id) - 1 as nth, count(*) over () as people from account where email like 'w%@writer.example'
    ), dice as (
      select nth, random() as state, random() as answers, power(random(), 3) as busy,
        floor(power(random(), 3) * (select max(people) from author)) as author,
        case when floor(nth * ${others / all}::float8) > floor((nth - 1) * ${others / all}::float8) then 'busy-' || 1 + floor(power(random(), 2) * ${otherArticles}::int) else 'busy-0' end as slug
      from generate_series(1, ${all}::int) as nth
    )
    select dice.nth, place.article_id, place.thread_id, author.id as author_id,
      uuidv7((dice.nth / ${all}::float8 - 1) * interval '1 year') as id,
      now() + (dice.nth / ${all}::float8 - 1) * interval '1 year' as at,
      case when state < 0.01 or (dice.slug <> 'busy-0' and dice.nth > ${all * (1 - waiting / others)}::float8) then 'HELD' when state < 0.03 then 'WITHDRAWN' else 'LIVE' end as state,
      -- Every fifth thread is a long dispute of few.
      answers < case when place.nth % 5 = 0 then 0.95 else 0.6 end as answers
    from dice
    join place on place.slug = dice.slug and place.nth = floor(busy * place.threads)
    join author on author.nth = dice.author
  `.execute(db)
  await sql`analyze drawn`.execute(db)
  await sql`
    create unlogged table made as
    select *, case when answers and state = 'LIVE' then max(nth) filter (where state <> 'HELD') over
      (partition by thread_id order by nth rows between unbounded preceding and 1 preceding) end as parent
    from drawn
  `.execute(db)
  await sql`create unique index on made (nth); analyze made`.execute(db)
}

/** Comments and their revisions. */
async function written(db: Database, siteId: string): Promise<void> {
  await sql`
    insert into comment (site_id, id, article_id, thread_id, parent_id, author_id, shown_revision, present_replies, announced, created_at)
    select ${siteId}, made.id, article_id, thread_id, parent.id, author_id, case state when 'LIVE' then 1 end,
      coalesce(replies, 0), state <> 'HELD', at
    from made
    left join (select nth, id from made) as parent on parent.nth = made.parent
    left join (select parent as nth, count(*) as replies from made group by parent) as answered on answered.nth = made.nth
    order by made.nth
  `.execute(db)
  const [languages, words] = [Object.keys(texts), Object.values(texts)]
  await sql`
    insert into comment_revision (site_id, comment_id, number, state, source, body, language, withdrawn_from, withdrawn_at, created_at)
    select ${siteId}, id, 1, state, said, jsonb_build_array(jsonb_build_object('type', 'paragraph', 'children',
        jsonb_build_array(jsonb_build_object('type', 'text', 'text', said)))), language,
      case state when 'WITHDRAWN' then 'LIVE' end, case state when 'WITHDRAWN' then at end, at
    from made cross join lateral (select 1 + nth % ${languages.length}::int as tongue) as one
    cross join lateral (
      select trim(repeat((${words}::text[])[tongue], 1 + (nth % 5)::int)) as said, (${languages}::text[])[tongue] as language
    ) as text
    order by nth
  `.execute(db)
}

/** The log, what is counted, and the cases of what is held. */
async function told(db: Database, siteId: string): Promise<void> {
  await sql`
    insert into event (site_id, article_id, seq, kind, comment_id, created_at)
    select ${siteId}, article_id, row_number() over (partition by article_id order by nth), 'posted', id, at from made order by nth
  `.execute(db)
  await sql`
    update article set seq = counted.events
    from (select article_id, count(*) as events from made group by article_id) as counted
    where site_id = ${siteId} and id = article_id
  `.execute(db)
  await sql`
    update thread set comment_count = counted.comments, last_at = counted.at
    from (select thread_id, count(*) as comments, max(at) as at from made where state = 'LIVE' group by thread_id) as counted
    where site_id = ${siteId} and id = thread_id
  `.execute(db)
  await sql`
    insert into moderation_case (site_id, id, article_id, comment_id, revision, cause, opened_at, due_at)
    select ${siteId}, uuidv7(at - now()), article_id, id, 1, 'held', at, date_trunc('milliseconds', at)
    from made where state = 'HELD' order by nth
  `.execute(db)
}

async function described(db: Database, siteId: string): Promise<Discussion> {
  const { rows } = await sql<{ id: string; url: string; threads: string[] }>`
    select article.id, article.url, array(
      select thread.id from thread where thread.site_id = article.site_id and thread.article_id = article.id
      order by comment_count desc, id limit 20
    ) as threads
    from article where site_id = ${siteId} and slug like 'busy-%' order by substr(slug, 6)::int
  `.execute(db)
  const [hot, ...others] = rows
  if (!hot) throw new Error('no article was made')
  const authors = await db
    .selectFrom('account')
    .select('id')
    .where('email', 'like', 'w%@writer.example')
    .limit(50)
    .execute()
  return {
    articleId: hot.id,
    url: hot.url,
    others: others.map(({ url, threads }) => ({ url, threadId: threads[0] ?? '' })),
    threads: hot.threads,
    authors: authors.map(({ id }) => id),
  }
}
