import type { Static } from 'typebox'
import type { webhookData, WebhookEventType } from '../../core/contract/webhooks.ts'
import { outward, selectComments, viewComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { toHtml, toPlainText } from '../text/index.ts'

/** What a delivery is about, as it is kept: no text, and nobody's name. */
export interface About {
  type: WebhookEventType
  subject_id: string
  happened_at: Date
}

type Data<N extends WebhookEventType> = Omit<Static<(typeof webhookData)[N]>, 'site'>
type Reader<N extends WebhookEventType> = (db: Database, siteId: string, id: string) => Promise<Data<N>>

/** The body of a message as it is when it is sent: what was hidden or erased since it happened is not in it. */
export async function bodyOf(db: Database, siteId: string, about: About): Promise<string> {
  const data = {
    site: await slugOf(db, siteId),
    ...(await readers[about.type](db, siteId, about.subject_id)),
  }
  return JSON.stringify({ type: about.type, timestamp: about.happened_at.toISOString(), data })
}

/** The body of a message that is sent to see whether it arrives. */
export async function testBody(db: Database, siteId: string): Promise<string> {
  const data = { site: await slugOf(db, siteId) }
  return JSON.stringify({ type: 'webhook.test', timestamp: new Date().toISOString(), data })
}

async function slugOf(db: Database, siteId: string): Promise<string> {
  const site = await db.selectFrom('site').select('slug').where('id', '=', siteId).executeTakeFirstOrThrow()
  return site.slug
}

const readComment: Reader<'comment.created'> = async (db, siteId, id) => {
  const facts = await selectComments(db)
    .select('comment.article_id')
    .where('comment.site_id', '=', siteId)
    .where('comment.id', '=', id)
    .executeTakeFirstOrThrow()
  const seen = viewComment(facts, null)
  const body = seen?.body ?? null
  return {
    id: facts.id,
    articleId: facts.article_id,
    threadId: facts.thread_id,
    parentId: facts.parent_id,
    state: seen?.state ?? outward[facts.state],
    author: seen?.author ?? null,
    html: body && toHtml(body),
    text: body && toPlainText(body),
    language: seen?.language ?? null,
    revision: seen?.revision ?? 0,
    createdAt: facts.created_at.toISOString(),
    editedAt: seen?.editedAt ?? null,
  }
}

const readDecision: Reader<'decision.made'> = async (db, siteId, id) => {
  const row = await db
    .selectFrom('decision')
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'decision.site_id').onRef('comment.id', '=', 'decision.comment_id'),
    )
    .select(['decision.id', 'action', 'reason', 'case_id', 'comment_id', 'comment.article_id', 'revision'])
    .select(['decision.author_id', 'decided_by', 'reverses', 'decision.created_at'])
    .where('decision.site_id', '=', siteId)
    .where('decision.id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    action: row.action,
    reason: row.reason,
    caseId: row.case_id,
    commentId: row.comment_id,
    articleId: row.article_id,
    revision: row.revision,
    authorId: row.author_id,
    by: row.decided_by,
    reverses: row.reverses,
    at: row.created_at.toISOString(),
  }
}

const readArticle: Reader<'article.created'> = async (db, siteId, id) => {
  const { published_at, ...article } = await db
    .selectFrom('article')
    .select(['id', 'url', 'slug', 'title', 'language', 'revision', 'published_at'])
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...article, publishedAt: published_at && published_at.toISOString() }
}

const readAccount: Reader<'account.created'> = async (db, siteId, id) => {
  const account = await db
    .selectFrom('account')
    .leftJoin('identity', (join) =>
      join.onRef('identity.account_id', '=', 'account.id').on('identity.site_id', '=', siteId),
    )
    .select(['account.id', 'name', 'erased_at', 'provider', 'subject'])
    .where('account.id', '=', id)
    .orderBy('identity.created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { provider, subject, name, erased_at } = account
  return { id, name: erased_at === null ? name : null, provider, subject }
}

const readSanction: Reader<'account.sanctioned'> = async (db, siteId, id) => {
  const row = await db
    .selectFrom('sanction')
    .select(['id', 'account_id', 'kind', 'reason', 'decision_id', 'until', 'lifted_at'])
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    reason: row.reason,
    decisionId: row.decision_id,
    until: row.until && row.until.toISOString(),
    liftedAt: row.lifted_at && row.lifted_at.toISOString(),
  }
}

const readers: { [N in WebhookEventType]: Reader<N> } = {
  'comment.created': readComment,
  'comment.changed': readComment,
  'decision.made': readDecision,
  'decision.reversed': readDecision,
  'article.created': readArticle,
  'article.revised': readArticle,
  'account.created': readAccount,
  'account.sanctioned': readSanction,
  'account.erased': (_db, _siteId, id) => Promise.resolve({ id }),
}
