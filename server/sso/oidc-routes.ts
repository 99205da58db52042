import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AuthorizationResponseError } from 'openid-client'
import type { Context } from '../context.ts'
import { takeForms } from '../http/forms.ts'
import { mayEmbed, wrongOrigin } from '../http/origin.ts'
import { ProblemError } from '../http/problem.ts'
import type { KeySets } from './keys.ts'
import { endByProvider } from './logout.ts'
import { begin, finish, newBrowser, takeAttempt, type Destination } from './oidc.ts'
import type { Providers } from './providers.ts'
import { readSignIn } from './settings.ts'

/** A minute from one address; a provider's server ends many readers' sessions. */
const limit = { people: 30, provider: 600 }
const bodyLimit = 16 * 1024
const cookie = 'postil-oidc'
const languages = /^[a-z]{2,3}$/

/**
 * The way to a site's provider of OpenID Connect and back, for the sign-in window: `/oidc/:site/start` leaves for it,
 * `/oidc/:site/callback` comes back with a one-time code for the page that opened the window, and to `/oidc/:site/logout` the
 * provider itself says who has signed out there. Each site has its own callback, so that no provider's answer passes for another's.
 */
export function oidcRoutes(
  app: FastifyInstance,
  context: Context,
  providers: Providers,
  keys: KeySets,
): Promise<void> {
  const { db } = context
  const options = takeForms(app, context, bodyLimit)

  async function providerOf(slug: string) {
    const site = await context.site(slug)
    const settings = site && (await readSignIn(db, site.id))
    if (!site || !settings?.provider) throw new ProblemError('not-found', 'This site has no such sign-in.')
    const { provider, takesModerators } = settings
    return { site, takesModerators, ask: () => providers(slug, provider) }
  }

  app.get<ForSite>('/oidc/:site/start', options(limit.people), async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const { site, ask } = await providerOf(request.params.site)
    const asked = addressOf(request).searchParams
    const origin = asked.get('origin') ?? ''
    const language = languages.exec(asked.get('lang') ?? '')?.[0] ?? ''
    if (!mayEmbed(origin, site, request)) throw wrongOrigin(origin, site)
    const browser = request.cookies[cookie] ?? newBrowser()
    const callback = `${ownOrigin(request)}/oidc/${site.slug}/callback`
    try {
      const url = await begin(db, await ask(), site, { browser, callback, origin, language })
      reply.setCookie(cookie, browser, {
        path: '/oidc/',
        httpOnly: true,
        // The provider sends the browser back from its own site, by a link.
        sameSite: 'lax',
        secure: request.protocol === 'https',
        maxAge: 600,
      })
      return await reply.redirect(url.href, 303)
    } catch (error) {
      request.log.warn({ err: error, site: site.slug }, 'the provider does not answer')
      return reply.redirect(windowAt(site.slug, { origin, language }, 'problem=failed'), 303)
    }
  })

  app.get<ForSite>('/oidc/:site/callback', options(limit.people), async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    const { site, takesModerators, ask } = await providerOf(request.params.site)
    const returned = addressOf(request)
    const state = returned.searchParams.get('state') ?? ''
    const attempt = await takeAttempt(db, site, { state, browser: request.cookies[cookie] ?? '' })
    const back = (told: string) => reply.redirect(windowAt(site.slug, attempt, told), 303)
    try {
      const code = await finish(db, await ask(), site, attempt, { returned, state, takesModerators })
      return await back(`code=${code}`)
    } catch (error) {
      if (error instanceof AuthorizationResponseError && error.error === 'access_denied')
        return back('problem=declined')
      request.log.warn({ err: error, site: site.slug }, 'a sign-in by the provider failed')
      return back('problem=failed')
    }
  })

  app.post<ForSite>('/oidc/:site/logout', options(limit.provider), async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const { site, ask } = await providerOf(request.params.site)
    const token = request.body instanceof URLSearchParams ? request.body.get('logout_token') : null
    await endByProvider(db, keys, await ask(), site, token ?? '')
    return reply.code(200).send()
  })
  return Promise.resolve()
}

interface ForSite {
  Params: { site: string }
}

const ownOrigin = (request: FastifyRequest) => `${request.protocol}://${request.host}`
const addressOf = (request: FastifyRequest) => new URL(request.url, ownOrigin(request))

/** The sign-in window once more, told how it went by what stands after `#`, which no server is sent. */
function windowAt(site: string, { origin, language }: Destination, told: string): string {
  const query = new URLSearchParams({ site, origin, ...(language !== '' && { lang: language }) })
  return `/signin/?${query.toString()}#${told}`
}
