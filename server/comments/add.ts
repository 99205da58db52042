import { sql } from 'kysely'
import type { Signal } from '../../core/contract/signal.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import type { Database } from '../database/connect.ts'
import type { CommentRow } from '../database/schema.ts'
import { naming, telling } from './announce.ts'
import { appending } from './log.ts'

/** A text as it is kept. */
export interface NewRevision {
  source: string
  body: TextBlock[]
  state: 'HELD' | 'LIVE'
  signals: Signal[]
  language: string | null
}
type NewComment = Pick<CommentRow, 'site_id' | 'id' | 'thread_id' | 'parent_id' | 'author_id' | 'client_key'>

/**
 * Writes a new comment with its first revision, counts it, tells the log, and has people told, in one statement: so that posting waits for
 * the database once, and the lock on its article is held for no longer than that. Alone or last in a transaction, as `appendEvents`.
 * @param requestHash of the request, kept with the comment's `client_key`, where it has one
 * @returns null where nothing was written: there is no such thread, readers do not see its parent there, or its author has
 *   used the key before
 */
export async function addComment(
  tx: Database,
  comment: NewComment,
  revision: NewRevision,
  requestHash: string | null = null,
): Promise<{ seq: number; articleId: string } | null> {
  const { site_id, id, thread_id, parent_id, author_id, client_key } = comment
  const isShown = revision.state === 'LIVE'
  const { parts, told } = appending(
    { siteId: site_id, articleId: sql`(select article_id from born)` },
    counted(comment, isShown),
    [{ kind: 'posted', commentId: id }],
    isShown ? 'comment.created' : null,
  )
  const body = sql`${JSON.stringify(revision.body)}::jsonb`
  const people = telling(comment, { articleId: sql`head.id`, isNaming: naming(body) })
  const { rows } = await sql<{ seq: number; articleId: string }>`
    with parent as (${answerable(comment)}), free as (${taking(comment, requestHash)}), born as (
      insert into comment (site_id, id, article_id, thread_id, parent_id, author_id, client_key, shown_revision, announced)
      select site_id, ${id}, article_id, id, ${parent_id}::uuid, ${author_id}::uuid, ${client_key}::text,
        ${isShown ? 1 : null}::integer, ${isShown}::boolean
      from thread
      where site_id = ${site_id} and id = ${thread_id} and exists (select from free)
      returning article_id, created_at
    ), written as (
      insert into comment_revision (site_id, comment_id, number, state, source, body, signals, language)
      select ${site_id}, ${id}, 1, ${revision.state}, ${revision.source}, ${body},
        ${JSON.stringify(revision.signals)}::jsonb, ${revision.language}
      from born
    )${isShown && parent_id !== null ? sql`, answered as (${answered(comment)})` : sql``}, ${parts}
    select head.seq, head.id as "articleId"${told}${isShown ? sql`, ${people} as people` : sql``} from head
  `.execute(tx)
  const [added] = rows
  return added ? { seq: added.seq, articleId: added.articleId } : null
}

/**
 * A row where the comment may answer what it answers: readers see that, so it is a tombstone for nobody, and nothing above it changes.
 * Locked until the answer is there, so that nobody withdraws it in between.
 */
const answerable = ({ site_id, thread_id, parent_id }: NewComment) =>
  parent_id === null
    ? sql`select`
    : sql`
      select from comment
      where site_id = ${site_id} and id = ${parent_id} and thread_id = ${thread_id} and shown_revision is not null
      for no key update
    `

/** What it answers has one answer more, once it is there. */
const answered = ({ site_id, parent_id }: NewComment) => sql`
  update comment set present_replies = present_replies + 1
  where site_id = ${site_id} and id = ${parent_id} and exists (select from born)
`

/** A row where the comment may be written: its key, if it has one, is kept. Whoever uses it at the same moment waits. */
function taking({ site_id, id, author_id, client_key }: NewComment, requestHash: string | null) {
  if (client_key === null) return sql`select from parent`
  return sql`
    insert into idempotency_key (site_id, account_id, key, request_hash, comment_id)
    select ${site_id}, ${author_id}, ${client_key}, ${requestHash}, ${id} from parent
    on conflict do nothing
    returning key
  `
}

/** What readers see more of the thread. */
const counted = ({ site_id, thread_id }: NewComment, isShown: boolean) =>
  isShown
    ? sql`
      update thread set comment_count = comment_count + 1, last_at = greatest(last_at, born.created_at)
      from born
      where thread.site_id = ${site_id} and thread.id = ${thread_id}
      returning thread.id
    `
    : sql`select where false`
