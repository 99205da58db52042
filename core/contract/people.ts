import { Type, type Static } from 'typebox'
import { Id, SiteSlug } from './common.ts'

const closed = { additionalProperties: false }

export const Role = Type.Union([
  Type.Literal('reader'),
  Type.Literal('moderator'),
  Type.Literal('lead'),
  Type.Literal('publisher'),
  Type.Literal('operator'),
])
export type Role = Static<typeof Role>

/** Who is signed in on a site, in the embed. */
export const Viewer = Type.Object({ id: Id, name: Type.String(), role: Role }, closed)
export type Viewer = Static<typeof Viewer>

/** Who is signed in on Postil's own pages, with the sites they have a role on. */
export const Account = Type.Object(
  {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    sites: Type.Array(Type.Object({ slug: SiteSlug, name: Type.String(), role: Role }, closed)),
  },
  closed,
)
export type Account = Static<typeof Account>

const Email = Type.String({
  maxLength: 254,
  pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$',
  description: 'an e-mail address',
})

export const Credentials = Type.Object(
  { email: Email, password: Type.String({ minLength: 1, maxLength: 200 }) },
  closed,
)
export type Credentials = Static<typeof Credentials>

export const NewAccount = Type.Object(
  {
    email: Email,
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    password: Type.String({ minLength: 10, maxLength: 200 }),
  },
  closed,
)
export type NewAccount = Static<typeof NewAccount>

/** What the sign-in window hands to the page that opened it. */
export const NewSignInCode = Type.Object({ site: SiteSlug, origin: Type.String({ maxLength: 300 }) }, closed)
export const SignInCode = Type.Object({ code: Type.String({ minLength: 20, maxLength: 200 }) }, closed)
