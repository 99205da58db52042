import { sql } from 'kysely'
import type { Participant } from '../../core/contract/threads.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import { requireArticle } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import { namesIn, withMentions, type Person } from '../text/index.ts'

const mostListed = 8
// How far back an article's log is looked at for whoever wrote last, and at how many accounts of a name. What is
// looked up one by one stands in a lateral join with a limit, so that no plan reads whole tables instead.
const mostEvents = 1000
const mostNamed = 200

/** What a text is written in or for: all of them tell the article. */
export type At = { article: string } | { thread: string } | { comment: string }

/**
 * Finds whom a text names: people with a comment that readers of the article see. Who opened a thread and has nothing
 * to be seen there is not among them, since naming them would tell of what is hidden. A name that two of them have
 * names nobody, rather than the wrong one. One query, and none for a text without an @.
 */
export async function nameParticipants(
  db: Database,
  site: Pick<Site, 'id'>,
  at: At | null,
  body: TextBlock[],
): Promise<TextBlock[]> {
  const names = at ? namesIn(body) : []
  if (!at || names.length === 0) return body
  const { rows } = await sql<Person & { typed: string }>`
    select wanted.name as typed, account.id, account.name
    from unnest(${names}::text[]) as wanted (name)
    join account on lower(account.name collate "und-x-icu") = lower(wanted.name collate "und-x-icu")
      and account.erased_at is null
    cross join lateral (
      select from comment
      where comment.site_id = ${site.id} and comment.article_id = ${articleOf(site, at)}
        and comment.author_id = account.id and comment.shown_revision is not null
      limit 1
    ) as shown
  `.execute(db)
  const people = new Map<string, Person | null>()
  for (const { typed, ...person } of rows) people.set(typed, people.has(typed) ? null : person)
  return withMentions(body, people)
}

function articleOf(site: Pick<Site, 'id'>, at: At) {
  if ('article' in at) return sql`${at.article}::uuid`
  return 'thread' in at
    ? sql`(select article_id from thread where site_id = ${site.id} and id = ${at.thread})`
    : sql`(select article_id from comment where site_id = ${site.id} and id = ${at.comment})`
}

/**
 * Who takes part in an article's discussion and has a name that begins so, whoever wrote last first. Looks at the
 * newest events, and at the accounts of such a name, as many of each as are bounded: who wrote long ago is found
 * once enough of the name is typed.
 * @throws ProblemError `not-found`
 */
export async function listParticipants(
  db: Database,
  site: Pick<Site, 'id'>,
  articleId: string,
  beginning: string,
): Promise<Participant[]> {
  await requireArticle(db, site.id, articleId)
  const start = beginning.normalize('NFC').replace(/\s+/gu, ' ').trimStart()
  const { rows } = await sql<Participant>`
    with recent as (
      select distinct comment.author_id as id
      from (
        select comment_id from event
        where site_id = ${site.id} and article_id = ${articleId} and comment_id is not null
        order by seq desc limit ${mostEvents}
      ) as happened
      cross join lateral (
        select author_id from comment where site_id = ${site.id} and id = happened.comment_id limit 1
      ) as comment
    ), named as (
      select id from account
      where ${start} <> '' and lower(name collate "und-x-icu") ^@ lower(${start} collate "und-x-icu")
      limit ${mostNamed}
    )
    select candidate.id, account.name
    from (select id from recent union select id from named) as candidate
    cross join lateral (
      select name from account where account.id = candidate.id and erased_at is null limit 1
    ) as account
    cross join lateral (
      select comment.id as last from comment
      where comment.site_id = ${site.id} and comment.article_id = ${articleId}
        and comment.author_id = candidate.id and comment.shown_revision is not null
      order by comment.id desc limit 1
    ) as shown
    where lower(account.name collate "und-x-icu") ^@ lower(${start} collate "und-x-icu")
    order by shown.last desc
    limit ${mostListed}
  `.execute(db)
  return rows
}
