import { LRUCache } from 'lru-cache'
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ClientAuth,
  type Configuration,
} from 'openid-client'
import type { ApiFetch } from '../http/fetch-api.ts'
import type { OidcSettings } from './settings.ts'

/** Providers in memory at once, and for how long what they say of themselves is believed. */
const kept = { max: 1_000, ttl: 3_600_000 }
/** Seconds to wait for an answer. */
const timeout = 10

/** Gives a site's provider as its discovery document has it (OpenID Connect Discovery 1.0). */
export type Providers = (slug: string, settings: OidcSettings) => Promise<Configuration>

/**
 * @param secrets of the clients, by the short names of their sites; a site without one is a public client, with PKCE alone
 * @param insecure whether a provider may be spoken to without TLS: for development
 */
export function rememberedProviders(
  fetch: ApiFetch,
  secrets: ReadonlyMap<string, string>,
  insecure: boolean,
): Providers {
  const known = new LRUCache<string, Configuration, { secret: string | undefined; settings: OidcSettings }>({
    ...kept,
    fetchMethod: (_key, _stale, { context }) => discover(fetch, context.secret, context.settings, insecure),
  })
  return async (slug, settings) => {
    const context = { secret: secrets.get(slug), settings }
    const provider = await known.fetch(`${slug} ${settings.issuer} ${settings.client}`, { context })
    if (!provider) throw new Error(`${settings.issuer} could not be asked.`)
    return provider
  }
}

async function discover(
  fetch: ApiFetch,
  secret: string | undefined,
  { issuer, client }: OidcSettings,
  insecure: boolean,
): Promise<Configuration> {
  const provider = await discovery(new URL(issuer), client, undefined, secretly(secret), {
    timeout,
    [customFetch]: fetch,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Marked so that it stands out: never in production.
    execute: insecure ? [allowInsecureRequests] : [],
  })
  // TLS vouches for the ID token too; its signature is looked at all the same.
  enableNonRepudiationChecks(provider)
  return provider
}

/** As the provider takes the secret: in the header, the default of the standard, or else in the body. */
function secretly(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None()
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest)
  }
}
