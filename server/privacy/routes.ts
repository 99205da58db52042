import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { ProblemError } from '../http/problem.ts'
import { serve } from '../http/serve.ts'
import { confirmPassword, signOut } from '../people/index.ts'
import { archiveOf } from './archive.ts'
import { readErasure, requestErasure } from './request.ts'

const signInNeeded = () => new ProblemError('sign-in-needed', 'Sign in, then try again.')

/** What somebody may ask of a server that knows things about them: a copy of it, and that it is erased. */
export function privacyRoutes(app: FastifyInstance, context: Context): void {
  const { db, config, lucia } = context

  const erasureOf = async (id: string) => {
    const erasure = await readErasure(db, id)
    if (!erasure) throw new ProblemError('not-found', 'There is no such erasure.')
    return erasure
  }

  serve(app, context, 'GET /v1/me/archive', ({ actor, reply }) => {
    if (!actor) throw signInNeeded()
    reply
      .type('application/jsonl; charset=utf-8')
      .header('content-disposition', 'attachment; filename="postil.jsonl"')
      .header('cache-control', 'no-store')
    return Promise.resolve(archiveOf(db, actor.id))
  })

  serve(app, context, 'POST /v1/me/erasure', async ({ actor, body, request, reply }) => {
    if (!actor) throw signInNeeded()
    await confirmPassword(db, actor.id, body.password, config.production)
    const erasure = await requestErasure(db, actor.id, body.comments)
    await signOut(lucia, request, reply, null)
    return await erasureOf(erasure)
  })

  serve(app, context, 'GET /v1/erasures/:erasure', ({ params }) => erasureOf(params.erasure))
}
