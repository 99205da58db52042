import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { findByToken, unsubscribe } from '../follows/index.ts'
import { mailTextFor } from '../mail/index.ts'
import { asPage } from './page.ts'
import { unknownLinkPage, unsubscribePage, unsubscribedPage } from './unsubscribe.ts'

/** Requests a minute from one address: a provider's servers ask for many readers. */
const limit = 600
const bodyLimit = 4096

/**
 * `/unsubscribe/:token`, as it stands in each mail: a page that asks, and the POST of its button or of a mail program
 * (RFC 8058). The POST takes no cookie and no origin: who has the token may switch this one mail off.
 */
export function unsubscribeRoutes(app: FastifyInstance, { db, config }: Context): Promise<void> {
  // What a mail program says in it ("List-Unsubscribe=One-Click") adds nothing to the token.
  app.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'buffer', bodyLimit },
    (_request, _body, done) => done(null, undefined),
  )
  const options = {
    bodyLimit,
    config: { rateLimit: { max: limit * config.limitFactor, timeWindow: '1 minute' } },
  }
  // The address is a secret: kept nowhere, and told to nobody.
  const secretPage = (reply: FastifyReply) =>
    asPage(reply).header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
  const notFound = (request: FastifyRequest, reply: FastifyReply) =>
    secretPage(reply)
      .code(404)
      .send(unknownLinkPage(mailTextFor(request.headers['accept-language'])))

  app.get<{ Params: { token: string } }>('/unsubscribe/:token', options, async (request, reply) => {
    const found = await findByToken(db, request.params.token)
    return found ? secretPage(reply).send(unsubscribePage(found)) : notFound(request, reply)
  })

  app.post<{ Params: { token: string } }>('/unsubscribe/:token', options, async (request, reply) => {
    const found = await findByToken(db, request.params.token)
    if (!found) return notFound(request, reply)
    await unsubscribe(db, request.params.token)
    return secretPage(reply).send(unsubscribedPage(found))
  })
  return Promise.resolve()
}
