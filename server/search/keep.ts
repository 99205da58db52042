import { sql } from 'kysely'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { RevisionState } from '../../core/contract/moderation.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import type { Database } from '../database/connect.ts'
import { toPlainText } from '../text/index.ts'
import { configurationOf } from './languages.ts'
import { inOneLine, joined, wordsOf } from './words.ts'

/** Events gone through in one transaction. */
const batch = 500
/** So many articles at once; the others come a minute later. */
const mostArticles = 2_000

interface Place {
  siteId: string
  articleId: string
}

/** Articles with something in their log that search does not know. */
export async function articlesToKeep(db: Database): Promise<Place[]> {
  return await db
    .selectFrom('article')
    .leftJoin('search_progress as progress', (join) =>
      join.onRef('progress.site_id', '=', 'article.site_id').onRef('progress.article_id', '=', 'article.id'),
    )
    .select(['article.site_id as siteId', 'article.id as articleId'])
    .where('article.seq', '>', (eb) => eb.fn.coalesce('progress.seq', eb.lit(0)))
    .limit(mostArticles)
    .execute()
}

/**
 * Goes on through an article's log, and keeps the words of the comments in it, and of their passages. The log has no gaps and is
 * committed in order, so nothing is passed over; broken off at any time, it does the same again.
 * @returns whether it is at the end
 */
export async function keepWords(db: Database, { siteId, articleId }: Place): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const { seq } = await tx
      .insertInto('search_progress')
      .values({ site_id: siteId, article_id: articleId })
      // Locked, so that of two servers one waits.
      .onConflict((conflict) =>
        conflict
          .columns(['site_id', 'article_id'])
          .doUpdateSet((eb) => ({ seq: eb.ref('search_progress.seq') })),
      )
      .returning('seq')
      .executeTakeFirstOrThrow()
    const events = await tx
      .selectFrom('event')
      .select(['seq', 'comment_id'])
      .where('site_id', '=', siteId)
      .where('article_id', '=', articleId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(batch)
      .execute()
    const last = events.at(-1)
    if (!last) return true
    const comments = [...new Set(events.flatMap(({ comment_id }) => comment_id ?? []))].sort()
    if (comments.length > 0) await keepComments(tx, { siteId, articleId }, comments)
    await tx
      .updateTable('search_progress')
      .set({ seq: last.seq })
      .where('site_id', '=', siteId)
      .where('article_id', '=', articleId)
      .execute()
    return events.length < batch
  })
}

/** What is kept of a text: of a comment's by its revision, of a passage by its thread. */
interface Kept {
  id: string
  number: number
  language: string
  words: string
}
const kept = (id: string, number: number, text: string, language: string | null): Kept => ({
  id,
  number,
  language: configurationOf(language),
  words: joined(wordsOf(inOneLine(text))),
})

/** States of texts that somebody may find. */
const findable: readonly RevisionState[] = ['HELD', 'LIVE', 'APPROVED', 'REJECTED']

async function keepComments(tx: Database, { siteId, articleId }: Place, ids: string[]): Promise<void> {
  const revisions = await lockedRevisions(tx, siteId, ids)
  const texts = revisions.flatMap(({ id, number, state, body, language }) =>
    body && findable.includes(state) ? kept(id, number, toPlainText(body), language) : [],
  )
  const threads = await newPassages(tx, siteId, ids)
  const passages = threads.flatMap(({ id, anchor, language }) =>
    anchor ? kept(id, 0, anchor.quote.exact, language) : [],
  )
  await sql`
    delete from search_text where site_id = ${siteId} and comment_id = any(${ids}::uuid[])
      and (comment_id, revision) not in (${rowsOf(texts, sql`id, number`)})
  `.execute(tx)
  await sql`
    insert into search_text (site_id, comment_id, revision, article_id, language, words)
    ${rowsOf(texts, sql`${siteId}::uuid, id, number, ${articleId}::uuid, language, ${vector}`)}
    on conflict do nothing
  `.execute(tx)
  await sql`
    insert into search_passage (site_id, thread_id, article_id, language, words)
    ${rowsOf(passages, sql`${siteId}::uuid, id, ${articleId}::uuid, language, ${vector}`)}
    on conflict do nothing
  `.execute(tx)
  await sql`
    insert into search_language (site_id, language)
    ${rowsOf([...texts, ...passages], sql`distinct ${siteId}::uuid, language`)} order by language
    on conflict do nothing
  `.execute(tx)
}

const vector = sql`to_tsvector(('postil_' || language)::regconfig, words)`

const rowsOf = (rows: Kept[], columns: ReturnType<typeof sql>) => sql`
  select ${columns} from json_to_recordset(${JSON.stringify(rows)}::json) as one (id uuid, number integer, language text, words text)
`

/**
 * The newest text of each comment, and the one that readers see. Locked until their words are kept: an erasure waits, and then takes the
 * words as well.
 */
async function lockedRevisions(tx: Database, siteId: string, ids: string[]) {
  const { rows } = await sql<{
    id: string
    number: number
    state: RevisionState
    body: TextBlock[] | null
    language: string | null
  }>`
    select comment.id, revision.number, revision.state, revision.body, coalesce(revision.language, article.language) as language
    from comment
    join article on article.site_id = comment.site_id and article.id = comment.article_id
    join comment_revision as revision on revision.site_id = comment.site_id and revision.comment_id = comment.id
      and revision.number in (comment.shown_revision, comment.latest_revision)
    where comment.site_id = ${siteId} and comment.id = any(${ids}::uuid[])
    order by comment.id, revision.number
    for share of revision
  `.execute(tx)
  return rows
}

/** The threads of these comments that are not known yet. */
async function newPassages(tx: Database, siteId: string, ids: string[]) {
  const { rows } = await sql<{ id: string; anchor: Anchor | null; language: string | null }>`
    select thread.id, thread.anchor, article.language
    from thread join article on article.site_id = thread.site_id and article.id = thread.article_id
    where thread.site_id = ${siteId} and thread.anchor is not null
      and thread.id in (select thread_id from comment where site_id = ${siteId} and id = any(${ids}::uuid[]))
      and not exists (
        select from search_passage as known where known.site_id = thread.site_id and known.thread_id = thread.id
      )
  `.execute(tx)
  return rows
}

/**
 * Takes away the words of texts that are erased, in the transaction that erases them, behind it: what is being kept at this moment is
 * waited for there.
 */
export async function forgetWords(
  tx: Database,
  { siteId, commentId }: { siteId: string; commentId: string },
  revisions: number[],
): Promise<void> {
  await tx
    .deleteFrom('search_text')
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .where('revision', 'in', revisions)
    .execute()
}
