import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { pageSize } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import { serve } from '../http/serve.ts'
import { signIn, viewAccount } from '../people/index.ts'
import { accept, readInvited } from './accept.ts'
import { invite, inviteAgain, readInvitations, uninvite } from './invitations.ts'
import { changeStanding, readMembers } from './members.ts'

/** Who works for a site: their roles, and how they are invited. */
export function staffRoutes(app: FastifyInstance, context: Context): void {
  const { db, config, lucia } = context

  /** @throws ProblemError `unavailable` */
  function requireMail(): void {
    if (config.mail === null)
      throw new ProblemError(
        'unavailable',
        'This Postil sends no mail, so nobody can be invited. Its operator sets SMTP_URL, or gives the role with: npm run postil -- user EMAIL --site SITE --role ROLE',
      )
  }

  serve(app, context, 'GET /v1/sites/:site/members', ({ site, actor, query: { cursor, limit = pageSize } }) =>
    readMembers(db, site.id, actor, { cursor, limit }),
  )

  serve(app, context, 'PUT /v1/sites/:site/members/:account', ({ site, actor, params, body }) =>
    changeStanding(db, site.id, actor, params.account, body),
  )

  serve(app, context, 'GET /v1/sites/:site/invitations', async ({ site }) => ({
    invitations: await readInvitations(db, site.id),
  }))

  serve(app, context, 'POST /v1/sites/:site/invitations', async ({ site, actor, body }) => {
    requireMail()
    return await invite(db, site.id, actor, body)
  })

  serve(
    app,
    context,
    'POST /v1/sites/:site/invitations/:invitation/mail',
    async ({ site, actor, params }) => {
      requireMail()
      return await inviteAgain(db, site.id, actor, params.invitation)
    },
  )

  serve(app, context, 'DELETE /v1/sites/:site/invitations/:invitation', async ({ site, actor, params }) => {
    await uninvite(db, site.id, actor, params.invitation)
    return null
  })

  serve(app, context, 'POST /v1/invitations/reading', ({ body }) => readInvited(db, body.token))

  serve(app, context, 'POST /v1/invitations/acceptance', async ({ actor, body, request, reply }) => {
    if (body.account === null && !actor) throw new ProblemError('sign-in-needed', 'Sign in, then try again.')
    const id = await accept(db, body.token, body.account ?? { accountId: actor?.id ?? '' })
    if (body.account !== null) await signIn(lucia, request, reply, id)
    return await viewAccount(db, id)
  })
}
