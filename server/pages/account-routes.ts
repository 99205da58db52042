import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { validate } from 'uuid'
import type { Context } from '../context.ts'
import { takeForms } from '../http/forms.ts'
import { requireOrigin } from '../http/origin.ts'
import { ProblemError } from '../http/problem.ts'
import { confirmPassword, signOut, viewAccount, whoOwn } from '../people/index.ts'
import { readErasure, requestErasure } from '../privacy/index.ts'
import { claimSection } from './claim.ts'
import { accountPage, erasurePage, signInFirstPage } from './account.ts'
import type { PageText } from './messages/index.ts'
import { asPage } from './page.ts'
import { speak } from './setting.ts'

/** A minute from one address; of the form, as many as passwords may be tried. */
const limit = { pages: 120, forms: 5 }
const bodyLimit = 4096

/** `/account`: a copy of what is kept about who is signed in, and the end of it; `/erasure/:erasure`: how far that is. */
export function accountRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { db, lucia, config } = context
  const options = takeForms(app, context, bodyLimit)
  // Theirs alone: kept nowhere.
  const page = (reply: FastifyReply) => asPage(reply).header('cache-control', 'no-store')
  const claims = (say: PageText, askedFor: string | null) => (config.mail ? claimSection(say, askedFor) : '')
  const find = async (request: FastifyRequest, reply: FastifyReply) => {
    const person = await whoOwn(lucia, request.cookies)
    return { say: speak(request, reply, null), account: person && (await viewAccount(db, person.id)) }
  }

  app.get('/account', options(limit.pages), async (request, reply) => {
    const { say, account } = await find(request, reply)
    const isAsked = new URL(request.url, 'http://localhost').searchParams.has('asked')
    return page(reply).send(
      account ? accountPage(say, account, claims(say, isAsked ? account.email : null)) : signInFirstPage(say),
    )
  })

  app.post('/account', options(limit.forms), async (request, reply) => {
    requireOrigin(request, null)
    const { say, account } = await find(request, reply)
    if (!account) return page(reply).code(401).send(signInFirstPage(say))
    const { comments, password, isSure } = typedIn(request.body)
    const again = (status: number, text: string) =>
      page(reply)
        .code(status)
        .send(accountPage(say, account, claims(say, null), { text, comments }))
    if ((comments !== 'erase' && comments !== 'keep') || password === '' || !isSure)
      return again(400, say.account.wrong)
    try {
      await confirmPassword(db, account.id, password, config.production)
      const id = await requestErasure(db, account.id, comments)
      await signOut(lucia, request, reply, null)
      return await reply.redirect(`/erasure/${id}`, 303)
    } catch (error) {
      const fault = faultIn(error, say)
      if (!fault) throw error
      return again(...fault)
    }
  })

  app.get<{ Params: { erasure: string } }>(
    '/erasure/:erasure',
    options(limit.pages),
    async (request, reply) => {
      const id = request.params.erasure
      const erasure = validate(id) ? await readErasure(db, id) : null
      if (!erasure) throw new ProblemError('not-found', 'There is no such erasure.')
      // Its address is for who has it.
      return page(reply)
        .header('referrer-policy', 'no-referrer')
        .send(erasurePage(speak(request, reply, null), erasure))
    },
  )
  return Promise.resolve()
}

function typedIn(body: unknown) {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams()
  return {
    comments: form.get('comments') ?? '',
    password: (form.get('password') ?? '').slice(0, 200),
    isSure: form.get('sure') === 'yes',
  }
}

/** What to say of a refusal that who asked can do something about. */
function faultIn(error: unknown, { account }: PageText): [status: number, text: string] | null {
  if (!(error instanceof ProblemError)) return null
  if (error.kind === 'wrong-credentials') return [401, account.wrongPassword]
  const { site } = error.extra
  return error.kind === 'conflict' && typeof site === 'string' ? [409, account.needed(site)] : null
}
