import type { CommentRevision, RevisionPage } from '../../core/contract/threads.ts'
import { outward } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { toNumberCursor } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'

/**
 * What a comment said, newest first. Others get the texts that readers could see, of a comment that they still see;
 * its author also those that wait or were rejected. A comment that was withdrawn has no history for anybody.
 * @throws ProblemError `not-found`
 */
export async function readHistory(
  db: Database,
  site: Pick<Site, 'id'>,
  commentId: string,
  viewer: Actor | null,
  page: { before: number | undefined; limit: number },
): Promise<RevisionPage> {
  const comment = await db
    .selectFrom('comment')
    .innerJoin('comment_revision as latest', (join) =>
      join
        .onRef('latest.site_id', '=', 'comment.site_id')
        .onRef('latest.comment_id', '=', 'comment.id')
        .onRef('latest.number', '=', 'comment.latest_revision'),
    )
    .select(['comment.author_id', 'comment.shown_revision', 'latest.state'])
    .where('comment.site_id', '=', site.id)
    .where('comment.id', '=', commentId)
    .executeTakeFirst()
  const subject = comment && {
    author_id: comment.author_id,
    shown: comment.shown_revision !== null,
    withdrawn: comment.state === 'WITHDRAWN' || comment.state === 'ERASED',
  }
  const isOwn = subject !== undefined && may.readOwn(viewer, subject)
  if (!subject || subject.withdrawn || (!subject.shown && !isOwn))
    throw new ProblemError('not-found', 'There is no such comment to be seen on this site.')

  const rows = await db
    .selectFrom('comment_revision')
    .select(['number', 'state', 'body', 'language', 'created_at'])
    .where('site_id', '=', site.id)
    .where('comment_id', '=', commentId)
    .where('body', 'is not', null)
    .$if(!isOwn, (query) => query.where('state', 'in', ['LIVE', 'APPROVED']))
    .$if(page.before !== undefined, (query) => query.where('number', '<', page.before ?? 0))
    .orderBy('number', 'desc')
    .limit(page.limit + 1)
    .execute()
  const revisions = rows.slice(0, page.limit).map((row): CommentRevision => ({
    number: row.number,
    state: outward[row.state],
    body: row.body ?? [],
    language: row.language,
    at: row.created_at.toISOString(),
  }))
  const last = rows.length > page.limit ? revisions.at(-1) : undefined
  return { revisions, next: last ? toNumberCursor(last.number) : null }
}
