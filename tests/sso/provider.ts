import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/** Somebody with an account there, as `claims` has them; the subject is what they type to sign in. */
export type Accounts = Record<string, Record<string, unknown>>

/** A real provider of OpenID Connect on this machine (oidc-provider, certified), with its own forms to sign in and agree. */
export interface OpenProvider {
  issuer: string
  close(): Promise<void>
}

export const client = { id: 'postil', secret: 'told to Postil alone, by its environment' }

/**
 * @param at the addresses of the site's Postil: where browsers come back to, and where the provider itself reaches it
 * @param accounts looked at for each sign-in, so that they may change
 */
export async function openProvider(
  at: { pages: string; server: string; site: string },
  accounts: Accounts,
): Promise<OpenProvider> {
  const server = createServer((request, reply) => void handle(request, reply))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${at.pages}/oidc/${at.site}/callback`],
        post_logout_redirect_uris: [`${at.pages}/signin/`],
        backchannel_logout_uri: `${at.server}/oidc/${at.site}/logout`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'role'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key of a test'] },
    features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    // Its own guard would keep it from an address of this machine.
    fetch: (url, options) => fetch(url, { ...options, ...{ dispatcher: undefined } }),
    findAccount: (_context, id) =>
      accounts[id] && { accountId: id, claims: () => Promise.resolve({ sub: id, ...accounts[id] }) },
  })
  const handle = provider.callback()
  return {
    issuer,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
