import type { Follow, FollowSubject, Follows, InboxItem, MailChoice } from '../../core/contract/follows.ts'
import type { Client } from '../server/client.ts'
import { site } from '../server/stage.ts'

export const onArticle = (article: string): FollowSubject => ({ kind: 'article', article })
export const onThread = (thread: string): FollowSubject => ({ kind: 'thread', thread })
export const onReplies: FollowSubject = { kind: 'replies' }

export async function follow(
  who: Client,
  about: FollowSubject,
  mail: MailChoice = 'off',
  language = 'en',
): Promise<Follow> {
  return await who.ok('PUT /v1/sites/:site/follows', {
    params: { site },
    body: { about, following: true, mail, language },
  })
}

export async function unfollow(who: Client, about: FollowSubject): Promise<Follow> {
  return await who.ok('PUT /v1/sites/:site/follows', {
    params: { site },
    body: { about, following: false, mail: 'off', language: 'en' },
  })
}

export async function follows(who: Client, article: string): Promise<Follows> {
  return await who.ok('GET /v1/sites/:site/follows', { params: { site }, query: { article } })
}

/** All that somebody was told about an article, the newest first. */
export async function told(who: Client, article: string): Promise<InboxItem[]> {
  const { items } = await who.ok('GET /v1/sites/:site/inbox', { params: { site }, query: { limit: 100 } })
  return items.filter((item) => item.article.id === article)
}

export async function decide(mo: Client, comment: string, action: 'approve' | 'reject'): Promise<void> {
  const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site }, query: { limit: 100 } })
  const found = cases.find((one) => one.comment.id === comment)
  if (!found) throw new Error('nothing to decide')
  const about = { revision: found.comment.revision, version: found.version }
  await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site, case: found.id },
    body: action === 'approve' ? { action, ...about } : { action, reason: 'other', ...about },
  })
}
