import { sql, type Expression } from 'kysely'
import type { RevisionState } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import type { CommentEventKind, CommentRow } from '../database/schema.ts'
import type { NewRevision } from './add.ts'
import { announce } from './announce.ts'
import { appendEvents, type CommentNews, type Happening } from './log.ts'

/**
 * Writes the next revision of a comment its caller has locked, and tells the log. While a revision is held,
 * readers go on seeing the last one that was fine.
 * @returns its number, and the event's
 */
export async function addRevision(
  tx: Database,
  comment: LockedComment,
  revision: NewRevision,
): Promise<{ number: number; seq: number }> {
  const number = comment.latest_revision + 1
  await tx
    .insertInto('comment_revision')
    .values(revisionRow(comment.site_id, comment.id, number, revision))
    .execute()
  await tx
    .updateTable('comment')
    .set({ latest_revision: number })
    .where('site_id', '=', comment.site_id)
    .where('id', '=', comment.id)
    .execute()
  const shown = revision.state === 'LIVE' ? number : comment.shown_revision
  const seq = await logChange(tx, await show(tx, comment, shown, 'edited'))
  return { number, seq }
}

/**
 * The one way in which a revision's state changes, but for erasure: `setErased`. What readers see follows from the states: the newest revision
 * that waits for nobody, if it is LIVE or APPROVED.
 * @param comment locked by the caller with `lockComment`
 * @param now kept with a withdrawal, which can be undone for a while
 * @returns the state before, and what `logChange` has to be given, last in the transaction: so that the locks that many
 *   wait for, of the site's audit log and of the article, are held over as little as there is
 */
export async function setState(
  tx: Database,
  comment: LockedComment,
  revision: number,
  state: RevisionState,
  now = new Date(),
): Promise<{ before: RevisionState; change: Unlogged }> {
  // The states as they were: what a statement writes, it does not see.
  const revisions = await tx
    .with('changed', (db) =>
      db
        .updateTable('comment_revision')
        .set({
          state,
          withdrawn_from: state === 'WITHDRAWN' ? sql<RevisionState>`state` : null,
          withdrawn_at: state === 'WITHDRAWN' ? now : null,
        })
        .where('site_id', '=', comment.site_id)
        .where('comment_id', '=', comment.id)
        .where('number', '=', revision),
    )
    .selectFrom('comment_revision')
    .select(['number', 'state'])
    .where('site_id', '=', comment.site_id)
    .where('comment_id', '=', comment.id)
    .orderBy('number', 'desc')
    .execute()
  const changed = revisions.find(({ number }) => number === revision)
  if (!changed) throw new Error(`comment ${comment.id} has no revision ${revision}`)
  const before = changed.state
  changed.state = state
  return { before, change: await show(tx, comment, shownOf(revisions), 'state') }
}

/**
 * What readers see of a comment stays, and its author's name is another one, or gone: the log tells those who have it on screen.
 * @param comment locked by the caller with `lockComment`, and seen by readers
 * @returns what `logChange` has to be given
 */
export async function rename(tx: Database, comment: LockedComment): Promise<Unlogged> {
  return await show(tx, comment, comment.shown_revision, 'state')
}

/** What signals say of a text, without the words of it: its kinds are counted. */
const wordless = sql<string>`coalesce((
  select jsonb_agg(signal || case signal ->> 'kind' when 'learned' then '{"words": []}' else '{"detail": ""}' end::jsonb)
  from jsonb_array_elements(signals) as signal
), '[]')`

/**
 * Erases texts of a comment, of whatever state they are, for good. Readers see another text after it only where that was shown
 * before, since an erased text does not give way to an older one.
 * @param comment locked by the caller with `lockComment`
 * @param only the numbers of the revisions; null: all
 * @returns the numbers of what was erased now, and what `logChange` has to be given; null where nothing was left
 */
export async function setErased(
  tx: Database,
  comment: LockedComment,
  only: number[] | null = null,
): Promise<{ numbers: number[]; change: Unlogged } | null> {
  const erased = await tx
    .updateTable('comment_revision')
    .set({ state: 'ERASED', source: null, body: null, signals: wordless })
    .set({ language: null, withdrawn_from: null, withdrawn_at: null })
    .where('site_id', '=', comment.site_id)
    .where('comment_id', '=', comment.id)
    .where('state', '<>', 'ERASED')
    .$if(only !== null, (query) => query.where('number', 'in', only ?? []))
    .returning('number')
    .execute()
  if (erased.length === 0) return null
  const shown = shownOf(await revisionsOf(tx, comment))
  return { numbers: erased.map(({ number }) => number), change: await show(tx, comment, shown, 'state') }
}

/** The newest first. */
async function revisionsOf(tx: Database, comment: LockedComment) {
  return await tx
    .selectFrom('comment_revision')
    .select(['number', 'state'])
    .where('site_id', '=', comment.site_id)
    .where('comment_id', '=', comment.id)
    .orderBy('number', 'desc')
    .execute()
}

/**
 * Has a rejected text that its author withdrew meanwhile stand when the withdrawal is undone, since an appeal was upheld.
 * @param comment locked by the caller with `lockComment`
 */
export async function standAfterAll(tx: Database, comment: LockedComment, revision: number): Promise<void> {
  await tx
    .updateTable('comment_revision')
    .set({ withdrawn_from: 'APPROVED' })
    .where('site_id', '=', comment.site_id)
    .where('comment_id', '=', comment.id)
    .where('number', '=', revision)
    .where('withdrawn_from', '=', 'REJECTED')
    .execute()
}

/** A change of what readers see, before the article's log tells of it. */
export interface Unlogged {
  at: { siteId: string; articleId: string; threadId: string }
  happenings: Happening[]
  /** How many comments more readers see. */
  countChange: number
  news: CommentNews | null
}

/**
 * Tells the article's log of a change, and counts it. Last in a transaction: see `appendEvents`.
 * @returns the event's number
 */
export async function logChange(
  tx: Database,
  { at, happenings, countChange, news }: Unlogged,
): Promise<number> {
  return await appendEvents(tx, at, happenings, countChange, news)
}

/**
 * Which revision readers see: what was rejected, withdrawn or erased does not give way to an older text, which its
 * author had replaced and nobody has looked at in this decision.
 * @param revisions newest first
 * @example shownOf([{ number: 2, state: 'HELD' }, { number: 1, state: 'LIVE' }]) // 1
 */
export function shownOf(revisions: { number: number; state: RevisionState }[]): number | null {
  const settled = revisions.find(({ state }) => state !== 'CHECKING' && state !== 'HELD')
  return settled?.state === 'LIVE' || settled?.state === 'APPROVED' ? settled.number : null
}

export type LockedComment = Pick<
  CommentRow,
  | 'site_id'
  | 'id'
  | 'article_id'
  | 'thread_id'
  | 'parent_id'
  | 'author_id'
  | 'latest_revision'
  | 'shown_revision'
  | 'present_replies'
  | 'announced'
>

/**
 * Reads a comment and keeps others from changing it until the transaction ends.
 * @param id or a query that gives it
 * @returns null when the site has no such comment
 */
export async function lockComment(
  tx: Database,
  siteId: string,
  id: string | Expression<string>,
): Promise<LockedComment | null> {
  const comment = await tx
    .selectFrom('comment')
    .select([
      'site_id',
      'id',
      'article_id',
      'thread_id',
      'parent_id',
      'author_id',
      'latest_revision',
      'shown_revision',
      'present_replies',
      'announced',
    ])
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return comment ?? null
}

/**
 * Sets what readers see of a comment, and the tombstones above it; counts and the log follow with `logChange`. When it is seen for the first time,
 * those who follow it are told, in the background.
 */
async function show(
  tx: Database,
  comment: LockedComment,
  shown: number | null,
  kind: CommentEventKind,
): Promise<Unlogged> {
  const isNew = shown !== null && !comment.announced
  if (isNew) await announce(tx, comment, shown)
  else if (shown !== comment.shown_revision) {
    await tx
      .updateTable('comment')
      .set({ shown_revision: shown })
      .where('site_id', '=', comment.site_id)
      .where('id', '=', comment.id)
      .execute()
  }
  const ancestors = await rippleUp(tx, comment, shown)
  const countChange = Number(shown !== null) - Number(comment.shown_revision !== null)
  const at = { siteId: comment.site_id, articleId: comment.article_id, threadId: comment.thread_id }
  const news = isNew ? 'comment.created' : isNews(comment, shown, kind) ? 'comment.changed' : null
  return { at, happenings: [{ kind, commentId: comment.id }, ...ancestors], countChange, news }
}

/** Whether readers see something else of a comment, or of its author, that they had seen: not while an edit waits. */
const isNews = ({ shown_revision }: LockedComment, shown: number | null, kind: CommentEventKind) =>
  (shown !== null || shown_revision !== null) && (shown !== shown_revision || kind === 'state')

/**
 * A hidden comment stays as a tombstone while something below it is to be seen. Walks up only as far as that
 * changes: one step for a reply to a shown comment.
 * @returns the ancestors that look different now
 */
export async function rippleUp(
  tx: Database,
  comment: Pick<LockedComment, 'site_id' | 'parent_id' | 'shown_revision' | 'present_replies'>,
  shown: number | null,
): Promise<Happening[]> {
  const isPresent = (revision: number | null, replies: number) => revision !== null || replies > 0
  const was = isPresent(comment.shown_revision, comment.present_replies)
  const is = isPresent(shown, comment.present_replies)
  const change = Number(is) - Number(was)
  const happenings: Happening[] = []
  let parentId = change === 0 ? null : comment.parent_id
  while (parentId !== null) {
    const parent = await tx
      .updateTable('comment')
      .set((eb) => ({ present_replies: eb('present_replies', '+', change) }))
      .where('site_id', '=', comment.site_id)
      .where('id', '=', parentId)
      .returning(['id', 'parent_id', 'shown_revision', 'present_replies'])
      .executeTakeFirstOrThrow()
    const flipped = parent.shown_revision === null && parent.present_replies === (change > 0 ? 1 : 0)
    if (flipped) happenings.push({ kind: 'replies', commentId: parent.id })
    parentId = flipped ? parent.parent_id : null
  }
  return happenings
}

function revisionRow(siteId: string, commentId: string, number: number, revision: NewRevision) {
  return {
    site_id: siteId,
    comment_id: commentId,
    number,
    state: revision.state,
    source: revision.source,
    body: JSON.stringify(revision.body),
    signals: JSON.stringify(revision.signals),
    language: revision.language,
  }
}
