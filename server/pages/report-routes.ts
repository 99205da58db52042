import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { takeForms } from '../http/forms.ts'
import { requireOrigin } from '../http/origin.ts'
import { ProblemError } from '../http/problem.ts'
import { reportByMail } from '../moderation/index.ts'
import { asPage } from './page.ts'
import { commentNamed } from './permalink.ts'
import { categories, reportPage, reportedPage, type Typed } from './report.ts'

const limit = { pages: 120, reports: 5 }
const bodyLimit = 32 * 1024
const pattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * `/report/:comment`: a report by somebody without an account, for any comment that everybody sees. The form is the only
 * way to it, so a POST from another origin is refused where the browser says so.
 */
export function reportRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { db, live } = context
  const options = takeForms(app, context, bodyLimit)
  const find = async (request: FastifyRequest<{ Params: { comment: string } }>, reply: FastifyReply) => {
    const named = await commentNamed(db, request.params.comment, request, reply)
    if (!named) throw new ProblemError('not-found', 'There is no such comment here.')
    return named
  }
  const page = (reply: FastifyReply) => asPage(reply).header('cache-control', 'no-store')

  app.get<{ Params: { comment: string } }>(
    '/report/:comment',
    options(limit.pages),
    async (request, reply) => {
      const { comment, setting } = await find(request, reply)
      return page(reply).send(reportPage(setting, comment))
    },
  )

  app.post<{ Params: { comment: string } }>(
    '/report/:comment',
    options(limit.reports),
    async (request, reply) => {
      const { comment, setting } = await find(request, reply)
      requireOrigin(request, null)
      const typed = typedIn(request.body)
      const category = categories.find((one) => one === typed.category)
      if (!category || !isComplete(typed))
        return page(reply)
          .code(400)
          .send(reportPage(setting, comment, typed))
      const changed = await reportByMail(
        db,
        { siteId: setting.article.siteId, commentId: comment.id },
        { ...typed, category, language: setting.say.language },
      )
      if (changed === null) throw new ProblemError('not-found', 'There is no such comment here.')
      live.queueChanged(changed)
      return page(reply).send(reportedPage(setting))
    },
  )
  return Promise.resolve()
}

/** What was typed, as long as the form lets it be; the database takes no NUL, and a name stays on its line. */
function typedIn(body: unknown): Typed & { hasFaith: boolean } {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams()
  const line = (name: string, most: number) =>
    (form.get(name) ?? '')
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, most)
      .toWellFormed()
  return {
    category: line('category', 20),
    text: (form.get('text') ?? '').replaceAll('\0', '').trim().slice(0, 1000).toWellFormed(),
    name: line('name', 80),
    email: line('email', 254),
    hasFaith: form.get('faith') === 'yes',
  }
}

const isComplete = ({ text, name, email, hasFaith }: Typed & { hasFaith: boolean }) =>
  text !== '' && name !== '' && pattern.test(email) && hasFaith
