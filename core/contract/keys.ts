import { Type, type Static } from 'typebox'
import { Id, Instant, nullable } from './common.ts'

const closed = { additionalProperties: false }

/** What a key is for: `push` signs articles that the site sends, `sign_in` the tokens that its readers sign in with. */
export const KeyPurpose = Type.Union([Type.Literal('push'), Type.Literal('sign_in')])
export type KeyPurpose = Static<typeof KeyPurpose>

export const SiteKey = Type.Object(
  {
    id: Id,
    purpose: KeyPurpose,
    by: nullable(Type.String({ description: 'whose name; null for the command line' })),
    createdAt: Instant,
    expiresAt: nullable(Type.String({ description: 'an instant, where a newer key has taken its place' })),
    usedAt: nullable(Type.String({ description: 'an instant, to the hour' })),
  },
  closed,
)
export type SiteKey = Static<typeof SiteKey>

export const SiteKeys = Type.Object({ keys: Type.Array(SiteKey) }, closed)
export type SiteKeys = Static<typeof SiteKeys>

export const NewSiteKey = Type.Object({ purpose: KeyPurpose }, closed)
export type NewSiteKey = Static<typeof NewSiteKey>

export const MadeSiteKey = Type.Object(
  { key: SiteKey, secret: Type.String({ description: '`whsec_` and base64; told this once' }) },
  closed,
)
export type MadeSiteKey = Static<typeof MadeSiteKey>
