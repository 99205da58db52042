import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import { readSignIn, writeSignIn, type SignInSettings } from '../sso/index.ts'
import { isOn, UsageError } from './usage-error.ts'

/** What the command line says; a setting that it does not name stays as it is. */
interface Said {
  jwks?: string | undefined
  moderators?: string | undefined
  'oidc-issuer'?: string | undefined
  'oidc-client'?: string | undefined
  'oidc-name'?: string | undefined
}

/**
 * Changes how people sign in on a site by other accounts than Postil's, and prints how they do.
 * @throws UsageError where a setting is not one
 */
export async function setSignIn(db: Database, site: Site, said: Said): Promise<void> {
  const before = await readSignIn(db, site.id)
  const after = {
    jwksUrl: said.jwks === undefined ? before.jwksUrl : addressOrOff(said.jwks, '--jwks'),
    takesModerators:
      said.moderators === undefined ? before.takesModerators : isOn('--moderators', said.moderators),
    provider: providerIn(said, before.provider),
  }
  await writeSignIn(db, site.id, after)
  console.log(
    `Tokens:     signed with a sign_in key${after.jwksUrl === null ? '' : `, or one of ${after.jwksUrl}`}`,
  )
  console.log(
    `Moderators: ${after.takesModerators ? 'also those that a token or the provider names' : 'only those set here'}`,
  )
  const { provider } = after
  console.log(
    `Provider:   ${provider === null ? 'none' : `"${provider.name}", ${provider.issuer}, as ${provider.client}`}`,
  )
  if (provider)
    console.log(
      `            its secret comes from ${secretOf(site)}; register https://POSTIL/oidc/${site.slug}/callback there`,
    )
}

const secretOf = ({ slug }: Site) => `OIDC_SECRET_${slug.toUpperCase().replaceAll('-', '_')}`

function providerIn(said: Said, before: SignInSettings['provider']): SignInSettings['provider'] {
  const issuer =
    said['oidc-issuer'] === undefined
      ? (before?.issuer ?? null)
      : addressOrOff(said['oidc-issuer'], '--oidc-issuer')
  if (issuer === null) return null
  const client = said['oidc-client'] ?? before?.client
  const name = said['oidc-name'] ?? before?.name ?? new URL(issuer).hostname
  if (!client)
    throw new UsageError('With --oidc-issuer, give --oidc-client: what the provider knows Postil by.')
  return { issuer, client, name }
}

function addressOrOff(text: string, option: string): string | null {
  if (text === 'off') return null
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new UsageError(`${option} takes an address that begins with https://, or off.`)
  return text
}
