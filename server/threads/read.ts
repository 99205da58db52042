import { sql } from 'kysely'
import type { ReactionKind } from '../../core/contract/reaction.ts'
import type { CommentPage, Posted, ThreadPage } from '../../core/contract/threads.ts'
import { isArticleIn, requireArticle } from '../articles/index.ts'
import {
  isPublic,
  ownReactions,
  placementNow,
  reactionsNow,
  selectComments,
  selectThreads,
  viewComment,
  viewThread,
  visibleTo,
  type CommentFacts,
} from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { toCursor } from '../http/page.ts'
import { hoursOf } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'

type Viewer = Actor | null
/** Of a thread at first, where there is room. */
const mostFirst = 30
/** Of each, where threads are long. */
const fewestFirst = 3
/** Of all threads of a page together: so a page of long ones takes no longer than one of short ones, nor a phone's memory. */
const roomOnPage = 300

/**
 * A page of an article's threads, in the order they were opened, each with its first comments and the viewer's own
 * reactions, and whether one may write: four queries, whatever the size, and one more for who moderates sections. The number is read first, so that what follows is at least as new:
 * applying the events after it once more changes nothing.
 * @param page `commentedOnly`: without those that have reactions and no comments
 */
export async function readThreads(
  db: Database,
  site: Pick<Site, 'id'>,
  articleId: string,
  viewer: Viewer,
  page: { after: string | undefined; limit: number; commentedOnly?: boolean },
): Promise<ThreadPage> {
  const article = await requireArticle(db, site.id, articleId)
  const reacted = reactedBy(viewer)
  const threads = await selectThreads(db)
    .select(['thread.created_by', reacted.as('reacted')])
    .where('thread.site_id', '=', site.id)
    .where('thread.article_id', '=', articleId)
    .where((eb) =>
      eb.or([
        eb('thread.comment_count', '>', 0),
        ...(page.commentedOnly ? [] : [eb('thread.reaction_count', '>', 0)]),
        ...(viewer
          ? [
              sql<boolean>`cardinality(${reacted}) > 0`,
              eb.exists(
                eb
                  .selectFrom('comment')
                  .select('comment.id')
                  .whereRef('comment.site_id', '=', 'thread.site_id')
                  .whereRef('comment.thread_id', '=', 'thread.id')
                  .where('comment.author_id', '=', viewer.id),
              ),
            ]
          : []),
      ]),
    )
    .$if(page.after !== undefined, (query) => query.where('thread.id', '>', page.after ?? ''))
    .orderBy('thread.id')
    .limit(page.limit + 1)
    .execute()
  const here = threads.slice(0, page.limit)
  const most = shareOf(here.map(({ comment_count }) => comment_count))
  const ids = here.map(({ id }) => id)
  const comments = await firstOf(db, site, { ids, most }, viewer)
  const last = threads.length > page.limit ? here.at(-1) : undefined
  const isTheirs =
    viewer !== null && (await isArticleIn(db, { siteId: site.id, articleId }, may.moderateOnly(viewer)))
  return {
    seq: article.seq,
    hours: {
      periods: await hoursOf(db, site.id, article),
      exempt: viewer !== null && may.postUnscreened(viewer),
    },
    next: toCursor(last?.id ?? null),
    threads: here.flatMap((thread) => {
      const rows = comments.filter((comment) => comment.thread_id === thread.id)
      const { comments: first, next } = pageOf(rows, most, viewer)
      if (first.length === 0 && thread.reacted.length === 0 && !isPublic(thread)) return []
      const can = { reattach: may.reattach(viewer, thread, isTheirs), mark: may.mark(viewer, isTheirs) }
      return [{ ...viewThread(thread), can, ...ownReactions(thread.reacted), first, next }]
    }),
  }
}

/** To be selected beside `thread`: what the viewer reacted to it. */
function reactedBy(viewer: Viewer) {
  return sql<ReactionKind[]>`array(
    select kind from reaction
    where reaction.site_id = thread.site_id and reaction.thread_id = thread.id
      and reaction.account_id = ${viewer?.id ?? null}
  )`
}

/** A page of one thread's comments, in the order they were written. */
export async function readComments(
  db: Database,
  site: Pick<Site, 'id'>,
  threadId: string,
  viewer: Viewer,
  page: { after: string | undefined; limit: number },
): Promise<CommentPage> {
  const rows = await selectComments(db)
    .where('comment.site_id', '=', site.id)
    .where('comment.thread_id', '=', threadId)
    .where(visibleTo(viewer?.id ?? null))
    .$if(page.after !== undefined, (query) => query.where('comment.id', '>', page.after ?? ''))
    .orderBy('comment.id')
    .limit(page.limit + 1)
    .execute()
  if (rows.length === 0) await mustBeThere(db, site, threadId)
  return pageOf(rows, page.limit, viewer)
}

async function mustBeThere(db: Database, site: Pick<Site, 'id'>, threadId: string): Promise<void> {
  const thread = await db
    .selectFrom('thread')
    .select('id')
    .where('site_id', '=', site.id)
    .where('id', '=', threadId)
    .executeTakeFirst()
  if (!thread) throw new ProblemError('not-found', 'There is no such thread on this site.')
}

/** One comment with its thread, as the viewer sees it now. */
export async function readComment(
  db: Database,
  site: Site,
  commentId: string,
  viewer: Viewer,
): Promise<{ articleId: string; posted: Posted }> {
  const row = await selectComments(db)
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'comment.site_id').onRef('thread.id', '=', 'comment.thread_id'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'comment.site_id').onRef('article.id', '=', 'comment.article_id'),
    )
    .select([
      'thread.anchor',
      'thread.comment_count',
      'thread.last_at',
      'thread.mark',
      'thread.created_at as thread_created_at',
      'article.id as article_id',
      'article.seq',
    ])
    .select([placementNow, reactionsNow])
    .where('comment.site_id', '=', site.id)
    .where('comment.id', '=', commentId)
    .executeTakeFirst()
  const comment = row && viewComment(row, viewer)
  if (!comment) throw new ProblemError('not-found', 'There is no such comment on this site.')
  const thread = viewThread({ ...row, id: row.thread_id, created_at: row.thread_created_at })
  return { articleId: row.article_id, posted: { seq: row.seq, comment, thread } }
}

/**
 * How many comments of a thread come with it: as many as there is room for when short threads come whole.
 * @param counts of the comments of each thread
 * @example shareOf([2, 500, 500]) // 30
 * @example shareOf(new Array(60).fill(500)) // 5
 */
export function shareOf(counts: readonly number[]): number {
  const taken = (share: number) => counts.reduce((sum, count) => sum + Math.min(count, share), 0)
  let share = mostFirst
  while (share > fewestFirst && taken(share) > roomOnPage) share -= 1
  return share
}

/** The first comments of threads, and of each one more where there are more. */
async function firstOf(
  db: Database,
  site: Pick<Site, 'id'>,
  threads: { ids: string[]; most: number },
  viewer: Viewer,
): Promise<CommentFacts[]> {
  if (threads.ids.length === 0) return []
  return await selectComments(db)
    .where('comment.site_id', '=', site.id)
    .where(
      'comment.id',
      'in',
      db
        .selectFrom(sql<{ id: string }>`unnest(${threads.ids}::uuid[])`.as<'wanted'>(sql`wanted (id)`))
        .innerJoinLateral(
          (eb) =>
            eb
              .selectFrom('comment')
              .select('comment.id as comment_id')
              .where('comment.site_id', '=', site.id)
              .whereRef('comment.thread_id', '=', 'wanted.id')
              .where(visibleTo(viewer?.id ?? null))
              .orderBy('comment.id')
              .limit(threads.most + 1)
              .as('first'),
          (join) => join.onTrue(),
        )
        .select('first.comment_id'),
    )
    .orderBy('comment.id')
    .execute()
}

/** @param rows one more than the page holds when there are more */
function pageOf(rows: CommentFacts[], limit: number, viewer: Viewer): CommentPage {
  const here = rows.slice(0, limit)
  const last = rows.length > limit ? here.at(-1) : undefined
  return {
    comments: here.flatMap((row) => viewComment(row, viewer) ?? []),
    next: toCursor(last?.id ?? null),
  }
}
