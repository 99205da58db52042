import { Type, type Static } from 'typebox'
import { Id, Instant, nullable, SiteSlug } from './common.ts'

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
    sites: Type.Array(
      Type.Object(
        {
          slug: SiteSlug,
          name: Type.String(),
          role: Role,
          sections: nullable(
            Type.Array(Type.String(), {
              description: 'the only ones that a moderator moderates, by the beginnings of their paths',
            }),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Account = Static<typeof Account>

export const Email = Type.String({
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

/** What somebody wants to become of their comments when their account is erased. */
export const KeptComments = Type.Union([Type.Literal('erase'), Type.Literal('keep')], {
  description: 'erased, or those that readers see kept without the name',
})
export const NewErasure = Type.Object(
  { password: Type.String({ minLength: 1, maxLength: 200 }), comments: KeptComments },
  closed,
)
export type NewErasure = Static<typeof NewErasure>

/** How far the erasure of an account is. */
export const Erasure = Type.Object(
  {
    id: Id,
    comments: KeptComments,
    total: Type.Integer({ description: 'comments to be gone through' }),
    done: Type.Integer(),
    requestedAt: Instant,
    finishedAt: nullable(Instant),
  },
  closed,
)
export type Erasure = Static<typeof Erasure>
