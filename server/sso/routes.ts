import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { apiFetch } from '../http/fetch-api.ts'
import { serve } from '../http/serve.ts'
import { providerOn, signInOnSite, signOut, viewerOn } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { rememberedKeys } from './keys.ts'
import { endSession } from './oidc.ts'
import { oidcRoutes } from './oidc-routes.ts'
import { rememberedProviders } from './providers.ts'
import { readSignIn } from './settings.ts'
import { exchangeToken, ownTokens } from './sign-in.ts'

/** Single sign-on: by tokens of a site's own servers, and by a provider of OpenID Connect. */
export async function singleSignOnRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { db, lucia, config } = context
  const fetch = apiFetch(config.fetchPrivate)
  const keys = rememberedKeys(fetch)
  const providers = rememberedProviders(fetch, config.oidcSecrets, config.fetchPrivate)

  serve(app, context, 'GET /v1/sites/:site/sign-in', async ({ site }) => {
    const { provider } = await readSignIn(db, site.id)
    return { provider: provider && { name: provider.name }, guests: site.takesGuests }
  })

  serve(app, context, 'POST /v1/sites/:site/session/jwt', async ({ site, body, request, reply }) => {
    const accountId = await exchangeToken(db, keys, site, body.token)
    await signInOnSite(lucia, request, reply, site, accountId, { provider: ownTokens, session: null })
    return { viewer: await viewerOn(db, site, accountId) }
  })

  serve(app, context, 'DELETE /v1/sites/:site/session', async ({ site, request, reply }) => {
    const by = await providerOn(lucia, request.cookies, site)
    await signOut(lucia, request, reply, site)
    const back = `${request.protocol}://${request.host}/signin/`
    return { provider: by === null ? null : await placeToSignOut(site, by, back) }
  })

  /** Where the provider of a session signs out too; where it does not answer, signing out here is done all the same. */
  async function placeToSignOut(site: Site, by: string, back: string) {
    const { provider } = await readSignIn(db, site.id)
    if (!provider || by === ownTokens) return null
    const known = await providers(site.slug, provider).catch(() => null)
    const url = known?.serverMetadata().issuer === by ? endSession(known, back) : null
    return url === null ? null : { name: provider.name, url }
  }

  await app.register((scope) => oidcRoutes(scope, context, providers, keys))
}
