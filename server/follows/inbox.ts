import type { InboxPage, InboxRead } from '../../core/contract/follows.ts'
import { viewComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { toCursor } from '../http/page.ts'
import { selectNotified } from '../mail/index.ts'
import type { Actor } from '../people/index.ts'
import type { Site } from '../sites/index.ts'

const countedUpTo = 100

/** A page of what somebody was told of on a site and readers still see, the newest first: two queries. */
export async function readInbox(
  db: Database,
  site: Site,
  actor: Actor,
  page: { before: string | undefined; limit: number },
): Promise<InboxPage> {
  const rows = await selectNotified(db)
    .select([
      'notification.id as notification_id',
      'notification.created_at as told_at',
      'notification.read_at',
      'article.id as article_id',
      'article.url',
      'article.slug',
    ])
    .where('notification.site_id', '=', site.id)
    .where('notification.account_id', '=', actor.id)
    .where('comment.shown_revision', 'is not', null)
    .$if(page.before !== undefined, (query) => query.where('notification.id', '<', page.before ?? ''))
    .orderBy('notification.id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const here = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? here.at(-1) : undefined
  return {
    items: here.flatMap((row) => {
      const comment = viewComment(row, actor)
      if (!comment) return []
      return {
        id: row.notification_id,
        reason: row.reason,
        at: row.told_at.toISOString(),
        read: row.read_at !== null,
        article: { id: row.article_id, title: row.title, url: row.url, slug: row.slug },
        threadId: row.thread_id,
        quote: row.anchor && row.anchor.quote.exact,
        comment,
      }
    }),
    unread: await countUnread(db, site, actor),
    next: toCursor(last?.notification_id ?? null),
  }
}

async function countUnread(db: Database, site: Site, actor: Actor): Promise<number> {
  const rows = await db
    .selectFrom('notification')
    .innerJoin('comment', (join) =>
      join
        .onRef('comment.site_id', '=', 'notification.site_id')
        .onRef('comment.id', '=', 'notification.comment_id'),
    )
    .select('notification.id')
    .where('notification.site_id', '=', site.id)
    .where('notification.account_id', '=', actor.id)
    .where('notification.read_at', 'is', null)
    .where('comment.shown_revision', 'is not', null)
    .limit(countedUpTo)
    .execute()
  return rows.length
}

/**
 * Marks what somebody has read of their own inbox; it is no longer mailed, and what is not in it
 * changes nothing.
 * @returns whether anything was unread until now
 */
export async function markRead(db: Database, site: Site, actor: Actor, read: InboxRead): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('notification')
    .set({ read_at: new Date(), follow_id: null })
    .where('site_id', '=', site.id)
    .where('account_id', '=', actor.id)
    .where('read_at', 'is', null)
    .where((eb) => ('upTo' in read ? eb('id', '<=', read.upTo) : eb('id', 'in', read.ids)))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
