import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { validate } from 'uuid'
import { addressOf } from '../../core/threads/address.ts'
import { findArticle } from '../articles/index.ts'
import { latestComments } from '../comments/index.ts'
import type { Context } from '../context.ts'
import { fromCursor } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import { search } from '../search/index.ts'
import { findDiscussed, findThread, readComments, readThreads } from '../threads/index.ts'
import { commentPage, discussionPage, erasedPage, threadPage } from './discussion.ts'
import { atomFeed } from './feed.ts'
import { asPage } from './page.ts'
import { commentNamed, findErased } from './permalink.ts'
import { mostLetters, searchPage } from './search.ts'
import { settingOf, type Setting } from './setting.ts'

const threadsPerPage = 20
const commentsPerPage = 100
const feedLength = 50
/** Pages a minute from one address: more than a person reads, and enough for a feed reader or a search engine. */
const limit = 120

const nothing = () => new ProblemError('not-found', 'There is no such discussion here.')

/** What is looked for; empty where nothing is. */
const wordsTyped = (q: string | string[] | undefined): string =>
  [q]
    .flat()
    .join(' ')
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, mostLetters)
    .toWellFormed()

/**
 * Discussions as pages that take no script: permalinks, for search engines, feed readers and whoever reads without. What
 * everybody may see, and nothing more, whoever is signed in.
 */
export function discussionRoutes(app: FastifyInstance, { db, site, config }: Context): void {
  const options = { config: { rateLimit: { max: limit * config.limitFactor, timeWindow: '1 minute' } } }

  /** Not sent again to who has it already: the log's last event, the hours and the language say all. */
  const unlessKnown = (
    request: FastifyRequest,
    reply: FastifyReply,
    { article, say, hours }: Setting,
    make: () => Promise<string>,
  ) => {
    const [now, next] = hours
    const open = now?.closed ? 'closed' : (now?.slowMode ?? 0)
    const tag = `W/"${article.seq}-${say.language}-${open}-${next?.from ?? ''}"`
    reply.header('etag', tag).header('cache-control', 'no-cache')
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    return make().then((made) => reply.send(made))
  }
  const settingBy = async (request: FastifyRequest, reply: FastifyReply, id: string): Promise<Setting> => {
    const article = validate(id) ? await findDiscussed(db, id) : null
    if (!article) throw nothing()
    return await settingOf(db, request, reply, article)
  }

  app.get<{ Querystring: { site?: string; url?: string } }>('/d', options, async (request, reply) => {
    const { site: slug, url } = request.query
    const known = slug === undefined || url === undefined || url.includes('\0') ? null : await site(slug)
    const article = known && url !== undefined ? await findArticle(db, known, url) : null
    if (!article) throw nothing()
    return reply.redirect(addressOf.discussion(article.id), 302)
  })

  app.get<{ Params: { article: string }; Querystring: { cursor?: string; q?: string | string[] } }>(
    '/d/:article',
    options,
    async (request, reply) => {
      const setting = await settingBy(request, reply, request.params.article)
      const { article } = setting
      const after = fromCursor(request.query.cursor)
      const words = wordsTyped(request.query.q)
      if (words !== '') {
        const asked = { siteId: article.siteId, articleId: article.id, viewerId: null, before: after }
        return asPage(reply).send(searchPage(setting, words, await search(db, { ...asked, typed: words })))
      }
      return unlessKnown(request, asPage(reply), setting, async () => {
        const threads = await readThreads(db, { id: article.siteId }, article.id, null, {
          after,
          limit: threadsPerPage,
          commentedOnly: true,
        })
        return discussionPage(setting, threads)
      })
    },
  )

  app.get<{ Params: { article: string; thread: string }; Querystring: { cursor?: string } }>(
    '/d/:article/:thread',
    options,
    async (request, reply) => {
      const setting = await settingBy(request, reply, request.params.article)
      const { article } = setting
      const found = validate(request.params.thread) ? await findThread(db, request.params.thread) : null
      if (found?.articleId !== article.id) throw nothing()
      const after = fromCursor(request.query.cursor)
      return unlessKnown(request, asPage(reply), setting, async () => {
        const comments = await readComments(db, { id: article.siteId }, found.thread.id, null, {
          after,
          limit: commentsPerPage,
        })
        return threadPage(setting, found.thread, comments)
      })
    },
  )

  app.get<{ Params: { comment: string } }>('/c/:comment', options, async (request, reply) => {
    const named = await commentNamed(db, request.params.comment, request, reply)
    if (!named) {
      const article = await findErased(db, request.params.comment)
      if (!article) throw nothing()
      return asPage(reply)
        .code(410)
        .send(erasedPage(await settingOf(db, request, reply, article)))
    }
    const { setting, thread, comments, comment } = named
    return asPage(reply).send(commentPage(setting, thread, comments, comment))
  })

  const feed = async (request: FastifyRequest, reply: FastifyReply, articleId: string, threadId?: string) => {
    const setting = await settingBy(request, reply, articleId)
    const { article } = setting
    if (threadId !== undefined && !validate(threadId)) throw nothing()
    reply.type('application/atom+xml; charset=utf-8')
    return unlessKnown(request, reply, setting, async () => {
      const at = {
        siteId: article.siteId,
        articleId: article.id,
        ...(threadId !== undefined && { threadId }),
      }
      const path =
        threadId === undefined ? addressOf.discussion(article.id) : addressOf.thread(article.id, threadId)
      return atomFeed(setting, path, await latestComments(db, at, feedLength))
    })
  }
  app.get<{ Params: { article: string } }>('/d/:article/feed', options, (request, reply) =>
    feed(request, reply, request.params.article),
  )
  app.get<{ Params: { article: string; thread: string } }>(
    '/d/:article/:thread/feed',
    options,
    (request, reply) => feed(request, reply, request.params.article, request.params.thread),
  )
}
