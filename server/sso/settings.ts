import type { Database } from '../database/connect.ts'

/** How people sign in on a site by other accounts than Postil's. */
export interface SignInSettings {
  /** Where the public keys of its tokens are; null: they are signed with a secret it shares with us, if at all. */
  jwksUrl: string | null
  /** Whether what a token or provider says makes somebody a moderator. */
  takesModerators: boolean
  provider: OidcSettings | null
}

export interface OidcSettings {
  issuer: string
  client: string
  /** As readers know it. */
  name: string
}

/** @returns what is set for a site; without a row, nothing is */
export async function readSignIn(db: Database, siteId: string): Promise<SignInSettings> {
  const row = await db
    .selectFrom('site_sign_in')
    .select(['jwks_url', 'takes_moderators', 'oidc_issuer', 'oidc_client', 'oidc_name'])
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  const { oidc_issuer: issuer, oidc_client: client, oidc_name: name } = row ?? {}
  return {
    jwksUrl: row?.jwks_url ?? null,
    takesModerators: row?.takes_moderators ?? false,
    provider: issuer && client && name ? { issuer, client, name } : null,
  }
}

/** Sets how people sign in on a site, in place of what was set. Sessions that are there stay. */
export async function writeSignIn(db: Database, siteId: string, settings: SignInSettings): Promise<void> {
  const row = {
    jwks_url: settings.jwksUrl,
    takes_moderators: settings.takesModerators,
    oidc_issuer: settings.provider?.issuer ?? null,
    oidc_client: settings.provider?.client ?? null,
    oidc_name: settings.provider?.name ?? null,
  }
  await db
    .insertInto('site_sign_in')
    .values({ site_id: siteId, ...row })
    .onConflict((conflict) => conflict.column('site_id').doUpdateSet(row))
    .execute()
}
