import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { mayEmbed, wrongOrigin } from '../http/origin.ts'
import { serve } from '../http/serve.ts'
import { createCode } from '../people/index.ts'
import { addGuest } from './guests.ts'

/** Commenting without an account, by the sign-in window. */
export function guestRoutes(app: FastifyInstance, context: Context): void {
  serve(app, context, 'POST /v1/sites/:site/guests', async ({ site, body, request }) => {
    const { name, origin } = body
    if (!mayEmbed(origin, site, request)) throw wrongOrigin(origin, site)
    const code = await context.db.transaction().execute(async (tx) => {
      return await createCode(tx, site, origin, await addGuest(tx, site, name), null)
    })
    return { code }
  })
}
