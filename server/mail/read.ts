import { sql } from 'kysely'
import type { MailChoice, NotificationReason } from '../../core/contract/follows.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import { viewComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { selectNotified } from './notified.ts'

/** Comments in one mail; of the others it says how many they are. */
const mostShown = 50
/** Looked at for one mail; what is beyond waits for the next. */
const mostPending = 10_000

/** What a follow is about, in words: an article's title, or for replies the site's name. */
export interface FollowAbout {
  kind: 'article' | 'thread' | 'replies'
  title: string
}

/** A follow with whom its mail goes to. */
export interface Subscription {
  siteId: string
  followId: string
  accountId: string
  about: FollowAbout
  articleId: string | null
  mail: MailChoice
  language: string
  token: string
  address: { name: string; address: string }
  stopped: boolean
  site: { slug: string; name: string }
}

/** @returns a follow and whom it is of, or null */
export async function aboutFollow(
  db: Database,
  siteId: string,
  followId: string,
): Promise<Subscription | null> {
  const row = await db
    .selectFrom('follow')
    .innerJoin('account', 'account.id', 'follow.account_id')
    .innerJoin('site', 'site.id', 'follow.site_id')
    .leftJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'follow.site_id').onRef('article.id', '=', 'follow.article_id'),
    )
    .select(['follow.account_id', 'follow.kind', 'follow.article_id', 'follow.mail', 'follow.language'])
    .select(['follow.token', 'account.name', 'account.email', 'account.mail_stopped_at'])
    .select(['site.slug', 'site.name as site_name', 'article.title'])
    .where('follow.site_id', '=', siteId)
    .where('follow.id', '=', followId)
    .executeTakeFirst()
  return row
    ? {
        siteId,
        followId,
        accountId: row.account_id,
        about: { kind: row.kind, title: row.title ?? row.site_name },
        articleId: row.article_id,
        mail: row.mail,
        language: row.language,
        token: row.token,
        address: { name: row.name, address: row.email },
        stopped: row.mail_stopped_at !== null,
        site: { slug: row.slug, name: row.site_name },
      }
    : null
}

/** New comments on one passage, as everybody sees them. */
export interface MailThread {
  id: string
  title: string
  quote: string | null
  comments: { reason: NotificationReason; comment: CommentView }[]
}

/** What waits to be mailed of a follow. */
export interface Pending {
  /** All of it, also what is not to be seen, or not shown. */
  notifications: string[]
  /** How many comments are to be seen, and the newest of them by thread. */
  visible: number
  threads: MailThread[]
}

/** Reads what waits to be mailed of a follow, and was not read meanwhile: two queries. */
export async function readPending(db: Database, siteId: string, followId: string): Promise<Pending> {
  const { rows } = await sql<{ id: string; comment_id: string; shown: boolean }>`
    select notification.id, notification.comment_id, comment.shown_revision is not null as shown
    from notification
    join comment on comment.site_id = notification.site_id and comment.id = notification.comment_id
    where notification.site_id = ${siteId} and notification.follow_id = ${followId}
    order by notification.id
    limit ${mostPending}
  `.execute(db)
  const visible = rows.filter(({ shown }) => shown)
  return {
    notifications: rows.map(({ id }) => id),
    visible: visible.length,
    threads: await readMailThreads(
      db,
      siteId,
      followId,
      visible.slice(-mostShown).map(({ id }) => id),
    ),
  }
}

async function readMailThreads(
  db: Database,
  siteId: string,
  followId: string,
  notifications: string[],
): Promise<MailThread[]> {
  if (notifications.length === 0) return []
  const rows = await selectNotified(db)
    .where('notification.site_id', '=', siteId)
    .where('notification.follow_id', '=', followId)
    .where('notification.id', 'in', notifications)
    .where('comment.shown_revision', 'is not', null)
    // As they were written: told of they are side by side, in any order.
    .orderBy('comment.id')
    .execute()
  const threads = new Map<string, MailThread>()
  for (const row of rows) {
    const comment = viewComment(row, null)
    if (!comment) continue
    const { thread_id: id, title, anchor, reason } = row
    const thread = threads.get(id) ?? { id, title, quote: anchor && anchor.quote.exact, comments: [] }
    thread.comments.push({ reason, comment })
    threads.set(id, thread)
  }
  return [...threads.values()]
}
