import { sql } from 'kysely'
import type { FoundPassage, SearchPage, Segment } from '../../core/contract/search.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import { requireArticle } from '../articles/index.ts'
import { selectComments, selectThreads, viewComment, viewThread } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { toCursor } from '../http/page.ts'
import { toPlainText } from '../text/index.ts'
import { excerptOf, marks } from './excerpt.ts'
import { asReader, find, type Asked } from './find.ts'
import { configurationOf } from './languages.ts'
import { inOneLine, joined, toQuery, wordsOf } from './words.ts'

/** Comments on a page. */
export const pageSize = 20

/**
 * A page of what a viewer finds on a site, with the places that were found.
 * @throws ProblemError `not-found` where there is no such article, `unavailable` when it takes too long
 */
export async function search(
  db: Database,
  { viewerId, ...asked }: Omit<Asked, 'limit' | 'sees'> & { viewerId: string | null },
): Promise<SearchPage> {
  const { siteId, articleId } = asked
  if (articleId !== null) await requireArticle(db, siteId, articleId)
  const found = await find(db, { ...asked, sees: asReader(viewerId), limit: pageSize + 1 })
  const ids = found.comments.slice(0, pageSize)
  const views = await viewsOf(db, { siteId, viewerId }, ids)
  const places = await placesOf(db, siteId, [...found.passages, ...views.map(({ threadId }) => threadId)])
  const comments = views.flatMap((comment) => {
    const place = places.get(comment.threadId)
    return place ? { comment, ...place } : []
  })
  const passages = found.passages.flatMap((id) => places.get(id) ?? [])
  const excerpts = await excerptsOf(db, asked.typed, [
    ...passages.map(({ thread, article }) => textOf(thread.anchor?.quote.exact, article.language)),
    ...comments.map(({ comment: { body, language }, article }) =>
      textOf(body && toPlainText(body), language ?? article.language),
    ),
  ])
  return {
    passages: passages.map((one, nth) => ({ ...one, excerpt: excerpts[nth] ?? [] })),
    comments: comments.map((one, nth) => ({ ...one, excerpt: excerpts[passages.length + nth] ?? [] })),
    next: toCursor(found.comments.length > pageSize ? (ids.at(-1) ?? null) : null),
  }
}

/** Comments as the viewer sees them, in this order. */
async function viewsOf(
  db: Database,
  { siteId, viewerId }: { siteId: string; viewerId: string | null },
  ids: string[],
): Promise<CommentView[]> {
  if (ids.length === 0) return []
  const rows = await selectComments(db)
    .where('comment.site_id', '=', siteId)
    .where('comment.id', 'in', ids)
    .orderBy('comment.id', 'desc')
    .execute()
  const viewer = viewerId === null ? null : { id: viewerId }
  return rows.flatMap((row) => viewComment(row, viewer) ?? [])
}

interface Text {
  text: string
  language: string | null
}
/** A text that something was found in, to be given to `excerptsOf`. */
export const textOf = (text: string | null | undefined, language: string | null): Text => ({
  text: inOneLine(text ?? ''),
  language,
})

type Place = Pick<FoundPassage, 'thread' | 'article'>

/** Threads, and the articles they are in. */
async function placesOf(db: Database, siteId: string, threads: string[]): Promise<Map<string, Place>> {
  if (threads.length === 0) return new Map()
  const rows = await selectThreads(db)
    .innerJoin('article as about', (join) =>
      join.onRef('about.site_id', '=', 'thread.site_id').onRef('about.id', '=', 'thread.article_id'),
    )
    .select(['about.id as article_id', 'about.title', 'about.url', 'about.language', 'about.direction'])
    .where('thread.site_id', '=', siteId)
    .where('thread.id', 'in', [...new Set(threads)])
    .execute()
  return new Map(
    rows.map(({ article_id, title, url, language, direction, ...thread }) => [
      thread.id,
      { thread: viewThread(thread), article: { id: article_id, title, url, language, direction } },
    ]),
  )
}

/** A piece of each text, with what was found in it. */
export async function excerptsOf(db: Database, typed: string, texts: Text[]): Promise<Segment[][]> {
  if (texts.length === 0) return []
  const given = texts.map(({ text, language }) => ({
    language: configurationOf(language),
    words: joined(wordsOf(text)),
  }))
  const options = `HighlightAll=true, StartSel="${marks.start}", StopSel="${marks.stop}"`
  const { rows } = await sql<{ marked: string }>`
    select ts_headline(configuration, words, websearch_to_tsquery(configuration, ${toQuery(typed)}), ${options}) as marked
    from rows from (json_to_recordset(${JSON.stringify(given)}::json) as (language text, words text))
      with ordinality as one (language, words, nth)
    cross join lateral (select ('postil_' || language)::regconfig as configuration) as by
    order by nth
  `.execute(db)
  return texts.map(({ text }, nth) => excerptOf(text, rows[nth]?.marked ?? '', typed))
}
