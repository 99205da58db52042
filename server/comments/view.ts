import { sql, type ExpressionBuilder } from 'kysely'
import type { OwnAppeal } from '../../core/contract/appeals.ts'
import type { Placement } from '../../core/contract/placement.ts'
import type {
  PublicReaction,
  ReactionCounts,
  ReactionKind,
  ThreadMark,
} from '../../core/contract/reaction.ts'
import type { CommentView, ThreadHead } from '../../core/contract/threads.ts'
import type { RevisionState } from '../../core/contract/moderation.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import { rejecting } from '../../core/moderation/rejecting.ts'
import type { Database } from '../database/connect.ts'
import type { Schema } from '../database/schema.ts'
import { labelRow, toLabels, type LabelRow } from '../people/index.ts'
import { may, restorableUntil } from '../permissions.ts'

/** Why the newest text of a comment was rejected, and what its author may still do about it. */
interface Rejection {
  reason: string
  isRecent: boolean
  appeal: { status: 'open' | 'upheld' | 'dismissed'; answer: string | null } | null
}

/** Everything any viewer may see of a comment; `viewComment` takes from it what this one may. */
export interface CommentFacts {
  id: string
  thread_id: string
  parent_id: string | null
  author_id: string
  author_name: string
  author_erased_at: Date | null
  author_labels: LabelRow
  latest_revision: number
  shown_revision: number | null
  present_replies: number
  client_key: string | null
  created_at: Date
  state: RevisionState
  source: string | null
  signals: Signal[]
  latest_body: TextBlock[] | null
  latest_at: Date
  latest_language: string | null
  withdrawn_at: Date | null
  shown_body: TextBlock[] | null
  shown_at: Date | null
  shown_language: string | null
  rejection: Rejection | null
}

/** Selects comments with what their view needs, to be narrowed by the caller: one query, whatever the number. */
export function selectComments(db: Database) {
  return db
    .selectFrom('comment')
    .innerJoin('account', 'account.id', 'comment.author_id')
    .innerJoin('comment_revision as latest', (join) =>
      join
        .onRef('latest.site_id', '=', 'comment.site_id')
        .onRef('latest.comment_id', '=', 'comment.id')
        .onRef('latest.number', '=', 'comment.latest_revision'),
    )
    .leftJoin('comment_revision as shown', (join) =>
      join
        .onRef('shown.site_id', '=', 'comment.site_id')
        .onRef('shown.comment_id', '=', 'comment.id')
        .onRef('shown.number', '=', 'comment.shown_revision'),
    )
    .select([
      'comment.id',
      'comment.thread_id',
      'comment.parent_id',
      'comment.author_id',
      'account.name as author_name',
      'account.erased_at as author_erased_at',
      labelRow('comment.site_id', 'comment.author_id').as('author_labels'),
      'comment.latest_revision',
      'comment.shown_revision',
      'comment.present_replies',
      'comment.client_key',
      'comment.created_at',
      'latest.state',
      'latest.source',
      'latest.signals',
      'latest.created_at as latest_at',
      'latest.language as latest_language',
      'latest.withdrawn_at',
      'shown.body as shown_body',
      'shown.created_at as shown_at',
      'shown.language as shown_language',
      // The same text is not read twice.
      sql<
        TextBlock[] | null
      >`case when comment.shown_revision is distinct from comment.latest_revision then latest.body end`.as(
        'latest_body',
      ),
      sql<Rejection | null>`case when latest.state = 'REJECTED' then (
        select jsonb_build_object(
          'reason', decision.reason,
          'isRecent', decision.created_at > now() - interval '6 months',
          'appeal', (
            select jsonb_build_object('status', status, 'answer', answer) from appeal
            where appeal.site_id = decision.site_id and appeal.decision_id = decision.id
          )
        )
        from decision
        where decision.site_id = comment.site_id and decision.comment_id = comment.id
          and decision.action = any(${rejecting})
        order by decision.id desc limit 1
      ) end`.as('rejection'),
    ])
}

/** What of a thread's comments this viewer could see at all. */
export function visibleTo(viewerId: string | null) {
  return (eb: ExpressionBuilder<Schema, 'comment'>) =>
    eb.or([
      eb('comment.shown_revision', 'is not', null),
      eb('comment.present_replies', '>', 0),
      ...(viewerId === null ? [] : [eb('comment.author_id', '=', viewerId)]),
    ])
}

/**
 * The one outward shape of a comment: for answers, replay and socket alike.
 * @param viewer who looks; null for the public
 * @returns null when there is nothing for this viewer to see, not even a tombstone. A withdrawn comment leaves one to
 *   its author for as long as the withdrawal can be undone.
 */
export function viewComment(
  comment: CommentFacts,
  viewer: { id: string } | null,
  now = new Date(),
): CommentView | null {
  const subject = {
    author_id: comment.author_id,
    shown: comment.shown_revision !== null,
    withdrawn: comment.state === 'WITHDRAWN' || comment.state === 'ERASED',
    withdrawnAt: comment.withdrawn_at,
  }
  const own = may.readOwn(viewer, subject) && !subject.withdrawn
  const latest = own
    ? {
        body: comment.latest_body ?? comment.shown_body,
        at: comment.latest_at,
        language: comment.latest_language,
        revision: comment.latest_revision,
      }
    : null
  const seen =
    latest ??
    (subject.shown
      ? {
          body: comment.shown_body,
          at: comment.shown_at,
          language: comment.shown_language,
          revision: comment.shown_revision ?? 0,
        }
      : null)
  const restore = may.restore(viewer, subject, now) ? restorableUntil(subject) : null
  if (!seen && comment.present_replies === 0 && !restore) return null
  return {
    id: comment.id,
    threadId: comment.thread_id,
    parentId: comment.parent_id,
    state: own || !subject.shown ? outward[comment.state] : 'live',
    author:
      seen && comment.author_erased_at === null
        ? { id: comment.author_id, name: comment.author_name, ...toLabels(comment.author_labels) }
        : null,
    body: seen && seen.body,
    revision: seen?.revision ?? 0,
    createdAt: comment.created_at.toISOString(),
    editedAt: seen && seen.revision > 1 ? (seen.at?.toISOString() ?? null) : null,
    language: seen && seen.language,
    own: own
      ? {
          source: comment.source ?? '',
          key: comment.client_key,
          heldFor: comment.state === 'HELD' ? heldFor(comment.signals) : [],
          reason: comment.rejection?.reason ?? null,
          appeal: ownAppeal(comment.rejection),
        }
      : null,
    can: {
      reply: may.reply(subject),
      edit: may.edit(viewer, subject),
      withdraw: may.withdraw(viewer, subject),
      restore: restore && restore.toISOString(),
      report: may.report(viewer, subject),
    },
  }
}

function ownAppeal(rejection: Rejection | null): OwnAppeal | null {
  if (!rejection) return null
  const { appeal, isRecent } = rejection
  if (appeal) return { state: appeal.status === 'dismissed' ? 'dismissed' : 'open', answer: appeal.answer }
  return isRecent ? { state: 'possible', answer: null } : null
}

/** What holds a comment, in general terms; not what only orders the queue. */
const heldFor = (signals: Signal[]): string[] => [
  ...new Set(signals.filter((one) => one.kind !== 'learned' || one.holds).map(({ kind }) => kind)),
]

/** A state as readers and authors are told of it. */
export const outward: Record<RevisionState, CommentView['state']> = {
  CHECKING: 'held',
  HELD: 'held',
  LIVE: 'live',
  APPROVED: 'live',
  REJECTED: 'rejected',
  WITHDRAWN: 'withdrawn',
  ERASED: 'erased',
}

/** What a thread's outward shape is made of. */
export interface ThreadFacts {
  id: string
  anchor: Anchor | null
  placement: Placement | null
  comment_count: number
  last_at: Date | null
  reactions: ReactionCounts
  mark: ThreadMark | null
  created_at: Date
}

/** To be selected beside `thread`: where it is in the revision that its article's threads were carried to. */
export const placementNow = sql<Placement | null>`(
  select jsonb_build_object(
    'revision', placement.revision, 'status', placement.status, 'anchor', placement.anchor,
    'section', placement.section, 'confidence', placement.confidence
  )
  from article
  join placement on placement.site_id = article.site_id and placement.article_id = article.id
    and placement.revision = article.carried and placement.thread_id = thread.id
  where article.site_id = thread.site_id and article.id = thread.article_id
)`.as('placement')

/** To be selected beside `thread`: its reactions that everybody sees, as they are counted on it. */
export const reactionsNow = sql<ReactionCounts>`jsonb_build_object(
  'agree', thread.agree_count, 'helpful', thread.helpful_count,
  'question', thread.question_count, 'source', thread.source_count
)`.as('reactions')

/** The outward shape of what somebody has reacted to a thread: one reaction that all see, and a typo. */
export const ownReactions = (kinds: ReactionKind[]): { mine: PublicReaction | null; typo: boolean } => ({
  mine: kinds.find((kind) => kind !== 'typo') ?? null,
  typo: kinds.includes('typo'),
})

/** Selects threads with what their outward shape needs, to be narrowed by the caller. */
export function selectThreads(db: Database) {
  return db
    .selectFrom('thread')
    .select(['thread.id', 'thread.anchor', 'thread.comment_count', 'thread.last_at', 'thread.mark'])
    .select(['thread.created_at', placementNow, reactionsNow])
}

/** One thread as everybody sees it now, with its article's number; read after the commit, it is at least as new. */
export async function readHead(
  db: Database,
  at: { siteId: string; threadId: string },
): Promise<{ articleId: string; seq: number; thread: ThreadHead }> {
  const row = await selectThreads(db)
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'thread.site_id').onRef('article.id', '=', 'thread.article_id'),
    )
    .select(['thread.article_id', 'article.seq'])
    .where('thread.site_id', '=', at.siteId)
    .where('thread.id', '=', at.threadId)
    .executeTakeFirstOrThrow()
  return { articleId: row.article_id, seq: row.seq, thread: viewThread(row) }
}

/** Whether there is something in a thread for everybody to see. */
export function isPublic({
  comment_count,
  reactions,
}: Pick<ThreadFacts, 'comment_count' | 'reactions'>): boolean {
  return comment_count > 0 || Object.values(reactions).some((count) => count > 0)
}

/** The outward shape of a thread. */
export function viewThread(thread: ThreadFacts): ThreadHead {
  return {
    id: thread.id,
    anchor: thread.anchor,
    placement: thread.placement,
    comments: thread.comment_count,
    lastAt: thread.last_at && thread.last_at.toISOString(),
    reactions: thread.reactions,
    mark: thread.mark,
    createdAt: thread.created_at.toISOString(),
  }
}
