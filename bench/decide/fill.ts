import { sql } from 'kysely'
import type { Database } from '../../server/database/connect.ts'

const authors = 2_000
const articles = 50
const threads = 1_000

/** A site that has been moderated for a year: cases that wait, of which three in ten were reported, and many that were decided. */
export async function fillQueue(
  db: Database,
  siteId: string,
  { open, decided }: { open: number; decided: number },
): Promise<void> {
  await people(db, siteId)
  await discussions(db, siteId, open + decided)
  await cases(db, siteId, open)
  await sql`analyze`.execute(db)
}

async function people(db: Database, siteId: string): Promise<void> {
  await sql`
    insert into account (id, email, name, password_hash)
    select gen_random_uuid(), 'a' || nth || '@reader.example', 'Reader ' || nth, null from generate_series(1, ${authors}) as nth
  `.execute(db)
  await sql`
    insert into membership (site_id, account_id, role)
    select ${siteId}, id, 'reader' from account where email like 'a%@reader.example'
  `.execute(db)
}

/** Comments, one revision each, the newest of which wait or are read; and the log that tells of them. */
async function discussions(db: Database, siteId: string, comments: number): Promise<void> {
  const texts = JSON.stringify([
    { type: 'paragraph', children: [{ type: 'text', text: 'A comment of some length. '.repeat(8).trim() }] },
  ])
  await sql`
    insert into article (site_id, id, slug, title)
    select ${siteId}, uuidv7(), 'hot-' || nth, 'Article ' || nth from generate_series(1, ${articles}) as nth
  `.execute(db)
  await sql`
    insert into thread (site_id, id, article_id, article_revision, created_by)
    select ${siteId}, uuidv7(), article.id, 0, (select id from account limit 1)
    from article cross join generate_series(1, ${threads / articles}) where article.slug like 'hot-%'
  `.execute(db)
  await sql`
    create table filled as
    select nth, uuidv7(-(${comments} - nth) * interval '5 minutes') as id, thread.id as thread_id, thread.article_id,
      author.id as author_id, now() - (${comments} - nth) * interval '5 minutes' as at
    from generate_series(1, ${comments}) as nth
    join (select id, article_id, row_number() over () - 1 as place from thread
      where article_id in (select id from article where slug like 'hot-%')) as thread
      on thread.place = (nth::bigint * 7919) % ${threads}
    join (select id, row_number() over () - 1 as place from account where email like 'a%@reader.example') as author
      on author.place = (nth::bigint * 104729) % ${authors}
  `.execute(db)
  await sql`
    insert into comment (site_id, id, article_id, thread_id, author_id, shown_revision, announced, created_at)
    select ${siteId}, id, article_id, thread_id, author_id, case when nth % 10 < 3 then 1 end, nth % 10 < 3, at from filled
  `.execute(db)
  await sql`
    insert into comment_revision (site_id, comment_id, number, state, source, body, created_at)
    select ${siteId}, id, 1, case when nth % 10 < 3 then 'LIVE' else 'HELD' end, 'A comment.', ${texts}::jsonb, at from filled
  `.execute(db)
  await sql`
    insert into event (site_id, article_id, seq, kind, comment_id, created_at)
    select ${siteId}, article_id, row_number() over (partition by article_id order by nth), 'posted', id, at from filled
  `.execute(db)
  await sql`
    update article set seq = (select max(seq) from event where event.site_id = article.site_id and event.article_id = article.id)
    where slug like 'hot-%'
  `.execute(db)
}

async function cases(db: Database, siteId: string, open: number): Promise<void> {
  await sql`
    insert into moderation_case
      (site_id, id, article_id, comment_id, revision, cause, status, opened_at, due_at, closed_at, report_count)
    select ${siteId}, uuidv7(at - now()), article_id, id, 1, case when nth % 10 < 3 then 'reported' else 'held' end,
      case when place <= ${open} then 'open' else 'decided' end, at, date_trunc('milliseconds', at),
      case when place > ${open} then at + interval '1 hour' end, (nth % 10 < 3)::int
    from (select *, row_number() over (order by nth desc) as place from filled) as made
  `.execute(db)
  await sql`
    insert into report (site_id, id, case_id, comment_id, revision, reporter_id, category, created_at)
    select site_id, uuidv7(), id, comment_id, 1, (select id from account where email = 'bela@demo.example'),
      (array['abuse', 'spam', 'off_topic', 'illegal', 'other'])[1 + version % 5], opened_at
    from moderation_case where report_count > 0
  `.execute(db)
  await sql`
    insert into decision (site_id, id, case_id, comment_id, author_id, revision, action, reason, state_before, decided_by, created_at)
    select site_id, uuidv7(closed_at - now()), id, comment_id,
      (select author_id from comment where comment.site_id = one.site_id and comment.id = one.comment_id), 1, case when reject then 'reject' else 'approve' end,
      case when reject then (array['abuse', 'spam', 'off_topic', 'illegal', 'other'])[1 + (random() * 4)::int] end,
      case cause when 'held' then 'HELD' else 'LIVE' end, (select id from account where email = 'mo@demo.example'), closed_at
    from (select *, random() < 0.3 as reject from moderation_case where status = 'decided') as one
  `.execute(db)
  await sql`
    update comment_revision set state = case decision.action when 'reject' then 'REJECTED' else 'APPROVED' end
    from decision where decision.site_id = comment_revision.site_id and decision.comment_id = comment_revision.comment_id
  `.execute(db)
  await sql`
    update comment set shown_revision = case decision.action when 'reject' then null else 1 end, announced = true
    from decision where decision.site_id = comment.site_id and decision.comment_id = comment.id
  `.execute(db)
  await sql`
    update thread set comment_count = counted.comments, last_at = counted.last_at
    from (
      select site_id, thread_id, count(*) as comments, max(created_at) as last_at from comment
      where shown_revision is not null group by site_id, thread_id
    ) as counted
    where counted.site_id = thread.site_id and counted.thread_id = thread.id
  `.execute(db)
}
