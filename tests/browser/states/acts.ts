import { expect } from 'vitest'
import type { PublicReaction, ThreadMark } from '../../../core/contract/reaction.ts'
import type { CommentView } from '../../../core/contract/threads.ts'
import { decide } from '../../../server/moderation/decide.ts'
import { setRole, type Actor } from '../../../server/people/index.ts'
import { newPerson } from './people.ts'
import type { Scene } from './scene.ts'

/** What others do, and the network, while somebody reads. */

/** A moderator of the site. */
export async function moderator({ house: { stage, site }, language }: Scene): Promise<Actor> {
  const person = await newPerson(stage.db, language.names.me)
  await setRole(stage.db, site.id, person.id, 'moderator')
  return { ...person, role: 'moderator' }
}

/** A comment is reported, and a moderator removes it. */
export async function remove(scene: Scene, comment: CommentView): Promise<void> {
  const { stage, site } = scene.house
  const judge = await moderator(scene)
  await scene.call(judge, 'POST', `comments/${comment.id}/reports`, { category: 'off_topic' })
  const { id, revision, version } = await stage.db
    .selectFrom('moderation_case')
    .select(['id', 'revision', 'version'])
    .where('comment_id', '=', comment.id)
    .executeTakeFirstOrThrow()
  await decide(stage.db, site.id, id, judge, { action: 'reject', reason: 'off_topic', revision, version })
  stage.app.live.published(scene.articleId)
}

/** A moderator marks the thread of a comment. */
export async function markThread(scene: Scene, { threadId }: CommentView, mark: ThreadMark): Promise<void> {
  await scene.call(await moderator(scene), 'PUT', `threads/${threadId}/mark`, { mark })
}

/** Somebody reacts to a paragraph. */
export async function react(scene: Scene, by: Actor, paragraph: number, kind: PublicReaction): Promise<void> {
  const reaction = { kind, anchor: scene.anchor(paragraph) }
  await scene.call(by, 'PUT', `articles/${scene.articleId}/reaction`, reaction)
}

/** Waits until a reader was told of so many comments. */
export async function told({ house: { stage }, me }: Scene, count: number): Promise<void> {
  const notifications = () =>
    stage.db.selectFrom('notification').select('id').where('account_id', '=', me.id).execute()
  await expect.poll(notifications, { timeout: 10_000 }).toHaveLength(count)
}

/** The session of a reader ends. */
export async function endSession({ house: { stage }, me }: Scene): Promise<void> {
  await stage.db.deleteFrom('session').where('account_id', '=', me.id).execute()
}

/** What stands at the end of the link in a mail, for a reader who gets the answers to their comments by mail. */
export async function mailLink(scene: Scene): Promise<string> {
  const { stage } = scene.house
  await scene.call(scene.me, 'PUT', 'follows', {
    about: { kind: 'replies' },
    following: true,
    mail: 'daily',
    language: scene.setting.language,
  })
  const { token } = await stage.db
    .selectFrom('follow')
    .select('token')
    .where('account_id', '=', scene.me.id)
    .executeTakeFirstOrThrow()
  return `/unsubscribe/${token}`
}
