import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Follow, Follows, FollowSubject, NewFollow } from '../../core/contract/follows.ts'
import { requireArticle } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError, fieldProblem } from '../http/problem.ts'
import { forgetPending, resumeMail } from '../mail/index.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'

const mostThreads = 200

/**
 * What somebody follows of an article, and whether they can be mailed.
 * @param mail whether this server sends mail
 * @throws ProblemError `not-found`
 */
export async function readFollows(
  db: Database,
  site: Site,
  actor: Actor,
  articleId: string,
  mail: boolean,
): Promise<Follows> {
  const article = articleId.toLowerCase()
  await requireArticle(db, site.id, article)
  const {
    email,
    mail_stopped_at: stoppedAt,
    mail_stopped_reason: reason,
  } = await db
    .selectFrom('account')
    .select(['email', 'mail_stopped_at', 'mail_stopped_reason'])
    .where('id', '=', actor.id)
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('follow')
    .select(['kind', 'thread_id', 'following', 'mail'])
    .where('site_id', '=', site.id)
    .where('account_id', '=', actor.id)
    .where((eb) => eb.or([eb('kind', '=', 'replies'), eb('article_id', '=', article)]))
    .orderBy((eb) => eb('kind', '=', 'thread'))
    .orderBy('id', 'desc')
    .limit(mostThreads + 2)
    .execute()
  const chosen = (about: FollowSubject, unchosen: boolean): Follow => {
    const row = rows.find(({ kind }) => kind === about.kind)
    return { about, following: row?.following ?? unchosen, mail: row?.mail ?? 'off' }
  }
  return {
    replies: chosen({ kind: 'replies' }, true),
    article: chosen({ kind: 'article', article }, false),
    threads: rows
      .flatMap(({ thread_id: thread, following, mail }): Follow[] =>
        thread === null ? [] : [{ about: { kind: 'thread', thread }, following, mail }],
      )
      .slice(0, mostThreads),
    // An account of another provider may have no address of its own.
    mail: mail && !email.endsWith('.invalid'),
    stopped: stoppedAt && { at: stoppedAt.toISOString(), reason: reason ?? '' },
  }
}

/**
 * Keeps a choice about what to follow. One for mail also gives an address another try that was stopped.
 * @param mail whether this server sends mail
 * @throws ProblemError `not-found`; `invalid-field` for mail that cannot be
 */
export async function follow(
  db: Database,
  site: Site,
  actor: Actor,
  { about, following, mail: choice, language }: NewFollow,
  mail: boolean,
): Promise<Follow> {
  if (choice !== 'off' && !mail) throw fieldProblem('mail', 'this server sends no mail; say "off"')
  if (choice !== 'off' && actor.role === 'guest')
    throw fieldProblem('mail', 'a guest has no address; say "off"')
  if (choice !== 'off' && !following) throw fieldProblem('mail', 'follow it, or say "off"')
  const subject = await resolve(db, site, actor, about)
  const { kind } = about
  await db.transaction().execute(async (tx) => {
    const row = { following, mail: choice, language }
    const { id } = await tx
      .insertInto('follow')
      .values({
        site_id: site.id,
        id: uuid(),
        account_id: actor.id,
        kind,
        ...subject,
        ...row,
        token: randomBytes(32).toString('base64url'),
      })
      .onConflict((conflict) =>
        conflict.columns(['site_id', 'account_id', 'kind', 'article_id', 'thread_id']).doUpdateSet(row),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    if (choice === 'off') await forgetPending(tx, site.id, id)
    else await resumeMail(tx, actor.id)
  })
  return { about, following, mail: choice }
}

async function resolve(db: Database, site: Site, actor: Actor, about: FollowSubject) {
  switch (about.kind) {
    case 'replies':
      return { article_id: null, thread_id: null }
    case 'article':
      await requireArticle(db, site.id, about.article)
      return { article_id: about.article, thread_id: null }
    case 'thread': {
      const thread = await db
        .selectFrom('thread')
        .select(['article_id', 'created_by', 'comment_count'])
        .where('site_id', '=', site.id)
        .where('id', '=', about.thread)
        .executeTakeFirst()
      if (!thread || !may.follow(actor, { created_by: thread.created_by, shown: thread.comment_count > 0 }))
        throw new ProblemError('not-found', 'There is no such thread on this site.')
      return { article_id: thread.article_id, thread_id: about.thread }
    }
  }
}
