import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { ReactionKind } from '../../core/contract/reaction.ts'
import type { NewPassageReaction, NewReaction, Reacted } from '../../core/contract/reactions.ts'
import { appendThreadEvent, ownReactions, readHead } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { findOrOpen, requirePassage } from './find.ts'

/** A reaction to be kept, and what takes one back: that which readers see, or the typo. */
type Wanted = { kind: ReactionKind; text: string }
type TakenBack = { back: 'reaction' | 'typo' }
type Thread = { siteId: string; articleId: string; threadId: string }
/** What has become of a reaction, and in which article. */
export type Done = { articleId: string; reacted: Reacted }

/**
 * Reacts to the passage of a thread, or takes the reaction back.
 * @throws ProblemError `invalid-field`; `not-allowed` for a guest; `not-found` also where the actor sees nothing of the thread
 */
export async function react(
  db: Database,
  { siteId, threadId }: { siteId: string; threadId: string },
  actor: Actor,
  given: NewReaction | TakenBack,
): Promise<Done> {
  const wanted = 'back' in given ? given : requireReaction(actor, given)
  await db.transaction().execute(async (tx) => {
    const thread = await tx
      .selectFrom('thread')
      .select('article_id')
      .where('site_id', '=', siteId)
      .where('id', '=', threadId)
      .where((eb) =>
        eb.or([
          eb('comment_count', '>', 0),
          eb('reaction_count', '>', 0),
          eb.exists(
            eb
              .selectFrom('reaction')
              .select('reaction.kind')
              .whereRef('reaction.site_id', '=', 'thread.site_id')
              .whereRef('reaction.thread_id', '=', 'thread.id')
              .where('reaction.account_id', '=', actor.id),
          ),
        ]),
      )
      .executeTakeFirst()
    if (!thread) throw new ProblemError('not-found', 'There is no such thread to be seen on this site.')
    await setReaction(tx, { siteId, articleId: thread.article_id, threadId }, actor, wanted)
  })
  return await done(db, { siteId, threadId }, actor)
}

/**
 * Reacts to a passage, in the thread it has or in a new one.
 * @throws ProblemError `invalid-field`, `not-found`; `not-allowed` for a guest
 */
export async function reactAt(
  db: Database,
  at: { siteId: string; articleId: string },
  actor: Actor,
  { anchor, ...given }: NewPassageReaction,
): Promise<Done> {
  const wanted = requireReaction(actor, given)
  const passage = await requirePassage(db, at, anchor)
  const threadId = await db.transaction().execute(async (tx) => {
    const id = await findOrOpen(tx, at, actor, passage)
    await setReaction(tx, { ...at, threadId: id }, actor, wanted)
    return id
  })
  return await done(db, { siteId: at.siteId, threadId }, actor)
}

function requireReaction(actor: Actor, { kind, text = '' }: NewReaction): Wanted {
  if (!may.react(actor))
    throw new ProblemError(
      'not-allowed',
      'Reactions of guests do not count. Sign in with an account to react.',
    )
  if (kind !== 'typo' && text !== '')
    throw fieldProblem('text', 'goes with a typo only. Write a comment to say more')
  return { kind, text: text.trim() }
}

async function done(db: Database, at: { siteId: string; threadId: string }, actor: Actor): Promise<Done> {
  const { articleId, ...head } = await readHead(db, at)
  const own = await db
    .selectFrom('reaction')
    .select('kind')
    .where('site_id', '=', at.siteId)
    .where('thread_id', '=', at.threadId)
    .where('account_id', '=', actor.id)
    .execute()
  return { articleId, reacted: { ...head, ...ownReactions(own.map(({ kind }) => kind)) } }
}

/** Sets a reader's one reaction to a thread, or their typo. Readers are told when the counts they see have changed. */
async function setReaction(
  tx: Database,
  thread: Thread,
  actor: Actor,
  wish: Wanted | TakenBack,
): Promise<void> {
  const { siteId, threadId } = thread
  const wanted = 'back' in wish ? null : wish
  const isTypo = 'back' in wish ? wish.back === 'typo' : wish.kind === 'typo'
  const key = { site_id: siteId, thread_id: threadId, account_id: actor.id }
  // The same reader twice at once: a row that is not there yet cannot be locked.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reaction ${threadId} ${actor.id}`}, 0))`.execute(
    tx,
  )
  const before = await tx
    .selectFrom('reaction')
    .select(['kind', 'text'])
    .where((eb) => eb.and({ ...key, is_typo: isTypo }))
    .executeTakeFirst()
  if (before?.kind === wanted?.kind && before?.text === wanted?.text) return
  if (wanted) {
    const row = { ...wanted, id: uuid(), created_at: new Date(), settled_at: null }
    await tx
      .insertInto('reaction')
      .values({ ...key, ...row })
      .onConflict((conflict) =>
        conflict.columns(['site_id', 'thread_id', 'account_id', 'is_typo']).doUpdateSet(row),
      )
      .execute()
  } else {
    await tx
      .deleteFrom('reaction')
      .where((eb) => eb.and({ ...key, is_typo: isTypo }))
      .execute()
  }
  if (before?.kind === wanted?.kind) return
  if (await recount(tx, thread, before?.kind, wanted?.kind)) await appendThreadEvent(tx, thread, 'reacted')
}

/** @returns whether readers see another count: a typo is not counted */
async function recount(
  tx: Database,
  { siteId, threadId }: Thread,
  before: ReactionKind | undefined,
  now: ReactionKind | undefined,
): Promise<boolean> {
  const change = (kind: ReactionKind) => Number(now === kind) - Number(before === kind)
  const [agree, helpful, question, source] = [
    change('agree'),
    change('helpful'),
    change('question'),
    change('source'),
  ]
  if ([agree, helpful, question, source].every((by) => by === 0)) return false
  await tx
    .updateTable('thread')
    .set((eb) => ({
      agree_count: eb('agree_count', '+', agree),
      helpful_count: eb('helpful_count', '+', helpful),
      question_count: eb('question_count', '+', question),
      source_count: eb('source_count', '+', source),
    }))
    .where('site_id', '=', siteId)
    .where('id', '=', threadId)
    .execute()
  return true
}
