import { sql, type RawBuilder } from 'kysely'
import pg from 'pg'
import type { RevisionState } from '../../core/contract/moderation.ts'
import { isInSections } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { toQuery } from './words.ts'

/** What somebody may find, as conditions. */
export interface Sight {
  /** On a revision's words, `text`, and its `comment` as it is now. */
  text: RawBuilder<boolean>
  /** On a `comment` whose author has the name. */
  comment: RawBuilder<boolean>
  passages: boolean
}

/** What is looked for, and by whom. */
export interface Asked {
  siteId: string
  /** Of one article only; null: of the whole site. */
  articleId: string | null
  /** As somebody typed it. */
  typed: string
  sees: Sight
  /** The last comment of the page before. */
  before: string | undefined
  /** Comments at the most. */
  limit: number
}

/** Comments that are looked through, the newest first, before the index is asked for all. */
const newest = 5_000
const mostPeople = 10
const mostPassages = 5
/** Looked at for those; a word that more have is told apart by nothing. */
const mostLookedAt = 500
/** Milliseconds for each step. */
const patience = 3_000
/** SQLSTATE `query_canceled`. */
const tooLong = '57014'

/**
 * Finds comments and passages by their words, and comments by their author's name. What is kept of words says where to look; who sees
 * a comment is asked of the comment as it is now.
 * @returns ids, the newest first; passages with the first page only
 * @throws ProblemError `unavailable` when it takes too long
 */
export async function find(db: Database, asked: Asked): Promise<{ comments: string[]; passages: string[] }> {
  const query = toQuery(asked.typed)
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = ${sql.lit(patience)}`.execute(tx)
      const byWord = query === '' ? [] : await commentsWith(tx, asked, query)
      const byName = await commentsBy(tx, asked, await peopleNamed(tx, asked))
      const comments = [...new Set([...byWord, ...byName])].sort().reverse().slice(0, asked.limit)
      const isFirst = asked.sees.passages && asked.before === undefined && query !== ''
      return { comments, passages: isFirst ? await passagesWith(tx, asked, query) : [] }
    })
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === tooLong)
      throw new ProblemError('unavailable', 'This search takes too long. Add a word, or search one article.')
    throw error
  }
}

type Ids = { id: string }

/**
 * Comments with these words. A word that many have is found among the newest, without the others being read; one that few have is not, and
 * then the index has few to give.
 */
async function commentsWith(tx: Database, asked: Asked, query: string): Promise<string[]> {
  const { siteId, articleId, before, limit } = asked
  const here = sql`site_id = ${siteId}
    ${articleId === null ? sql`` : sql`and article_id = ${articleId}`}
    ${before === undefined ? sql`` : sql`and comment_id < ${before}`}`
  const seen = async (found: RawBuilder<unknown>) => {
    const { rows } = await sql<Ids>`
      with ${inEachLanguage(siteId, query)}, found as ${found}
      select comment.id from (select * from found order by comment_id desc) as text
      -- One by one, until there are enough.
      cross join lateral (
        select comment.id from comment
        where comment.site_id = ${siteId} and comment.id = text.comment_id and ${asked.sees.text}
        offset 0
      ) as comment
      order by text.comment_id desc limit ${limit}
    `.execute(tx)
    return rows.map(({ id }) => id)
  }
  const among = await seen(sql`(
    select text.comment_id, text.revision
    from (select * from search_text where ${here} order by comment_id desc limit ${newest}) as text
    join query on text.language = any(query.languages) and text.words @@ query.words
  )`)
  if (among.length >= limit) return among
  // By itself, or the planner would walk through all comments in the hope to meet enough soon.
  return await seen(sql`materialized (
    select text.comment_id, text.revision from query
    join (select * from search_text where ${here}) as text
      on text.language = any(query.languages) and text.words @@ query.words
  )`)
}

/** The query as the site's languages have it, once for those that have it alike: `query`. */
const inEachLanguage = (siteId: string, query: string) => sql`query as materialized (
  select websearch_to_tsquery(('postil_' || language)::regconfig, ${query}) as words, array_agg(language) as languages
  from search_language where site_id = ${siteId} group by words
)`

/** What readers see; and of the viewer's own comments the newest text, as long as it stands or waits. */
export const asReader = (viewerId: string | null): Sight => ({
  text:
    viewerId === null
      ? sql`text.revision = comment.shown_revision`
      : sql`case when comment.author_id = ${viewerId}
          then text.revision = comment.latest_revision and ${isLatest('HELD', 'LIVE', 'APPROVED')}
          else text.revision = comment.shown_revision end`,
  comment: sql`comment.shown_revision is not null`,
  passages: true,
})

/** The newest text of each comment in these sections, whether it stands, waits or was rejected. */
export function asModerator(sections: readonly string[] | null): Sight {
  const isTheirs = sql<boolean>`${isLatest('HELD', 'LIVE', 'APPROVED', 'REJECTED')} and ${isInSections(sections, 'comment')}`
  return {
    text: sql`text.revision = comment.latest_revision and ${isTheirs}`,
    comment: isTheirs,
    passages: false,
  }
}

/** The newest text of a comment is in one of these states. */
const isLatest = (...states: RevisionState[]) => sql<boolean>`exists (
  select from comment_revision as latest
  where latest.site_id = comment.site_id and latest.comment_id = comment.id and latest.number = comment.latest_revision
    and latest.state = any(${states}::text[])
)`

/** People with such a name who wrote on the site, also where it is spelt a little differently or is only begun. */
async function peopleNamed(tx: Database, { siteId, typed }: Asked): Promise<string[]> {
  const name = typed.replace(/\p{C}+/gu, ' ').trim()
  if (name.length < 2) return []
  const { rows } = await sql<Ids>`
    select id from (
      select account.id, account.name from account
      where account.erased_at is null and search_name(account.name) %> search_name(${name})
        and exists (select from comment where comment.site_id = ${siteId} and comment.author_id = account.id)
      limit ${mostLookedAt}
    ) as person
    order by word_similarity(search_name(${name}), search_name(name)) desc, name, id
    limit ${mostPeople}
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function commentsBy(tx: Database, asked: Asked, people: string[]): Promise<string[]> {
  if (people.length === 0) return []
  const { siteId, articleId, before, limit, sees } = asked
  const { rows } = await sql<Ids>`
    select said.id from unnest(${people}::uuid[]) as person (id)
    cross join lateral (
      select comment.id from comment
      where comment.site_id = ${siteId} and comment.author_id = person.id and ${sees.comment}
        ${articleId === null ? sql`` : sql`and comment.article_id = ${articleId}`}
        ${before === undefined ? sql`` : sql`and comment.id < ${before}`}
      order by comment.id desc limit ${limit}
    ) as said
    order by said.id desc limit ${limit}
  `.execute(tx)
  return rows.map(({ id }) => id)
}

/** Threads with comments that readers see, on passages with these words. */
async function passagesWith(tx: Database, { siteId, articleId }: Asked, query: string): Promise<string[]> {
  const { rows } = await sql<Ids>`
    with ${inEachLanguage(siteId, query)}, found as materialized (
      select passage.thread_id from query
      join search_passage as passage on passage.language = any(query.languages) and passage.words @@ query.words
      where passage.site_id = ${siteId} ${articleId === null ? sql`` : sql`and passage.article_id = ${articleId}`}
      limit ${mostLookedAt}
    )
    select thread.id from found
    join thread on thread.site_id = ${siteId} and thread.id = found.thread_id
    where thread.comment_count > 0
    order by thread.last_at desc, thread.id limit ${mostPassages}
  `.execute(tx)
  return rows.map(({ id }) => id)
}
