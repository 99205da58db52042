import { expect } from 'vitest'
import type { CaseState } from '../../../core/contract/moderation.ts'
import type { ArticleRule } from '../../../core/contract/rules.ts'
import type { PublicReaction, ThreadMark } from '../../../core/contract/reaction.ts'
import type { CommentView } from '../../../core/contract/threads.ts'
import { decide } from '../../../server/moderation/decide.ts'
import { object } from '../../../server/moderation/object.ts'
import { noRules, setRules } from '../../../server/moderation/index.ts'
import { setRole, type Actor } from '../../../server/people/index.ts'
import { newPerson } from './people.ts'
import type { Scene } from './scene.ts'

/** What others do, and the network, while somebody reads. */

/** A moderator of the site, or who leads them. */
export async function moderator(
  { house: { stage, site }, language }: Scene,
  role: 'moderator' | 'lead' | 'publisher' = 'moderator',
): Promise<Actor> {
  const person = await newPerson(stage.db, language.names.me)
  await setRole(stage.db, site.id, person.id, role)
  return { ...person, role }
}

/** Somebody reports a comment. */
export async function report(scene: Scene, by: Actor, { id }: CommentView): Promise<void> {
  await scene.call(by, 'POST', `comments/${id}/reports`, { category: 'off_topic' })
}

/** A comment is reported, and a moderator removes it, or warns its author, too. @returns the case */
export async function remove(
  scene: Scene,
  comment: CommentView,
  action: 'reject' | 'warn' = 'reject',
): Promise<CaseState> {
  const { stage, site } = scene.house
  const judge = await moderator(scene)
  await report(scene, judge, comment)
  const { id, revision, version } = await stage.db
    .selectFrom('moderation_case')
    .select(['id', 'revision', 'version'])
    .where('comment_id', '=', comment.id)
    .executeTakeFirstOrThrow()
  const wish = { action, reason: 'off_topic', revision, version } as const
  const { decided } = await decide(stage.db, site.id, id, judge, wish)
  stage.app.live.published(scene.articleId)
  return decided.case
}

/** Another moderator objects to what was decided. */
export async function objectTo(scene: Scene, { id, version, comment }: CaseState): Promise<void> {
  const { stage, site } = scene.house
  const note = scene.language.said.aside
  const wish = { action: 'object', note, revision: comment.revision, version } as const
  await object(stage.db, site.id, id, await moderator(scene), wish)
}

/** The author of a removed comment asks for another look. */
export async function appeal(scene: Scene, by: Actor, { id }: CommentView): Promise<void> {
  await scene.call(by, 'POST', `comments/${id}/appeal`, { text: scene.language.said.aside })
}

/** Other hours hold for the article: it is slow, or closed. */
export async function setHours(
  scene: Scene,
  hours: Partial<Pick<ArticleRule, 'slowMode' | 'readOnly'>>,
): Promise<void> {
  const { stage, site } = scene.house
  const { version, rules } = await stage.db
    .selectFrom('rule_set')
    .select(['version', 'rules'])
    .where('site_id', '=', site.id)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow()
  const own = { article: scene.articleId, sensitive: false, slowMode: 0, readOnly: false, ...hours }
  const articles = [...(rules.articles ?? []), { ...own, schedules: [], closeAfterDays: null }]
  await setRules(stage.db, site.id, null, { version, rules: { ...noRules, ...rules, articles } })
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
  await expect.poll(notifications).toHaveLength(count)
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
