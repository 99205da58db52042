import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askForClaim, claim, claimableBy, claimantOf } from '../claims/index.ts'
import type { Context } from '../context.ts'
import { takeForms } from '../http/forms.ts'
import { requireOrigin } from '../http/origin.ts'
import { whoOwn } from '../people/index.ts'
import { signInFirstPage } from './account.ts'
import { claimNotice, claimPage } from './claim.ts'
import { asPage } from './page.ts'
import { speak } from './setting.ts'

/** A minute from one address. */
const limit = { pages: 60, forms: 5 }
const bodyLimit = 1024

interface Link {
  Params: { token: string }
}

/**
 * `/account/claim` asks for the comments that were imported under the address of who is signed in; `/claim/:token`, from a mail to
 * that address, has them put under their name.
 */
export function claimRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { db, lucia } = context
  const options = takeForms(app, context, bodyLimit)
  // The link is for who has it.
  const page = (reply: FastifyReply) =>
    asPage(reply).header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')

  app.post('/account/claim', options(limit.forms), async (request, reply) => {
    requireOrigin(request, null)
    const say = speak(request, reply, null)
    const person = await whoOwn(lucia, request.cookies)
    if (!person) return page(reply).code(401).send(signInFirstPage(say))
    await askForClaim(db, person.id, say.language)
    return await reply.redirect('/account?asked#claim', 303)
  })

  /** Who is signed in and has the link; else the answer for who is not. */
  const claimant = async (request: FastifyRequest<Link>, reply: FastifyReply) => {
    const say = speak(request, reply, null)
    const person = await whoOwn(lucia, request.cookies)
    const refuse = (status: number, text: string) => {
      page(reply).code(status).send(text)
      return null
    }
    if (!person) return refuse(401, signInFirstPage(say, request.url))
    const accountId = await claimantOf(db, request.params.token)
    if (accountId === null) return refuse(410, claimNotice(say, 'gone'))
    if (accountId !== person.id) return refuse(403, claimNotice(say, { other: person.name }))
    return { say, person }
  }

  app.get<Link>('/claim/:token', options(limit.pages), async (request, reply) => {
    const who = await claimant(request, reply)
    if (!who) return reply
    return page(reply).send(claimPage(who.say, who.person.name, await claimableBy(db, who.person.id)))
  })

  app.post<Link>('/claim/:token', options(limit.forms), async (request, reply) => {
    requireOrigin(request, null)
    const who = await claimant(request, reply)
    if (!who) return reply
    const isClaimed = await claim(db, request.params.token, who.person.id)
    return page(reply)
      .code(isClaimed ? 202 : 410)
      .send(claimNotice(who.say, isClaimed ? 'done' : 'gone'))
  })
  return Promise.resolve()
}
