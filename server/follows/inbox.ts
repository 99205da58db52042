import { sql } from 'kysely'
import type { InboxPage, InboxRead } from '../../core/contract/follows.ts'
import { viewComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { toCursor } from '../http/page.ts'
import { selectNotified } from '../mail/index.ts'
import { decisionNow } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import type { Site } from '../sites/index.ts'

const countedUpTo = 100

/** What readers see, and what was decided about one's own comment as long as that is not withdrawn. */
const isToBeSeen = sql<boolean>`(
  comment.shown_revision is not null or (notification.decision_id is not null and exists (
    select from comment_revision as latest
    where latest.site_id = comment.site_id and latest.comment_id = comment.id
      and latest.number = comment.latest_revision and latest.state not in ('WITHDRAWN', 'ERASED')
  ))
)`

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
    .select(decisionNow)
    .where('notification.site_id', '=', site.id)
    .where('notification.account_id', '=', actor.id)
    .where(isToBeSeen)
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
        decision: row.decision && { ...row.decision, until: instant(row.decision.until) },
      }
    }),
    unread: await countUnread(db, site, actor),
    next: toCursor(last?.notification_id ?? null),
  }
}

/** As all instants are written; JSON in the database writes them in another way. */
const instant = (at: string | null) => at && new Date(at).toISOString()

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
    .where(isToBeSeen)
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
