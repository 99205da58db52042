import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { mayEmbed, wrongOrigin } from '../http/origin.ts'
import { ProblemError } from '../http/problem.ts'
import { serve } from '../http/serve.ts'
import { checkPassword, createAccount, viewAccount, viewerOn } from './accounts.ts'
import { createCode, redeemCode } from './codes.ts'
import { signIn, signInOnSite, signOut } from './sessions.ts'

/** Accounts, sign-in on Postil's own pages, and the hand-over to the embed. */
export function peopleRoutes(app: FastifyInstance, context: Context): void {
  const { db, lucia, config } = context

  serve(app, context, 'POST /v1/accounts', async ({ body, request, reply }) => {
    const id = await createAccount(db, body)
    await signIn(lucia, request, reply, id)
    return await viewAccount(db, id)
  })

  serve(app, context, 'GET /v1/session', async ({ actor }) => ({
    account: actor && (await viewAccount(db, actor.id)),
  }))

  serve(app, context, 'POST /v1/session', async ({ body, request, reply }) => {
    const id = await checkPassword(db, body.email, body.password, config.production)
    await signIn(lucia, request, reply, id)
    return await viewAccount(db, id)
  })

  serve(app, context, 'DELETE /v1/session', async ({ request, reply }) => {
    await signOut(lucia, request, reply, null)
    return null
  })

  serve(app, context, 'POST /v1/sign-in-codes', async ({ actor, body, request }) => {
    if (!actor) throw new ProblemError('sign-in-needed', 'Sign in, then try again.')
    const site = await context.site(body.site)
    if (!site) throw new ProblemError('not-found', `There is no site "${body.site}".`)
    if (!mayEmbed(body.origin, site, request)) throw wrongOrigin(body.origin, site)
    return { code: await createCode(db, site, body.origin, actor.id, null) }
  })

  serve(app, context, 'GET /v1/sites/:site/session', ({ actor }) =>
    Promise.resolve({ viewer: actor && { id: actor.id, name: actor.name, role: actor.role } }),
  )

  serve(app, context, 'POST /v1/sites/:site/session', async ({ site, body, request, reply }) => {
    const { accountId, by } = await redeemCode(db, site, request.headers.origin ?? '', body.code)
    await signInOnSite(lucia, request, reply, site, accountId, by)
    return { viewer: await viewerOn(db, site, accountId) }
  })
}
