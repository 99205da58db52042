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

/** What somebody is on a site: a guest has a name there and no account. */
export const ActorRole = Type.Union([...Role.anyOf, Type.Literal('guest')])
export type ActorRole = Static<typeof ActorRole>

/** Who is signed in on a site, in the embed. */
export const Viewer = Type.Object({ id: Id, name: Type.String(), role: ActorRole }, closed)
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

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })

export const NewAccount = Type.Object(
  {
    email: Email,
    name: Name,
    password: Type.String({ minLength: 10, maxLength: 200 }),
  },
  closed,
)
export type NewAccount = Static<typeof NewAccount>

const Origin = Type.String({ maxLength: 300 })

/** What the sign-in window hands to the page that opened it. */
export const NewSignInCode = Type.Object({ site: SiteSlug, origin: Origin }, closed)
export const SignInCode = Type.Object({ code: Type.String({ minLength: 20, maxLength: 200 }) }, closed)

/** Somebody who comments without an account, on the page at this origin. */
export const NewGuest = Type.Object({ name: Name, origin: Origin }, closed)
export type NewGuest = Static<typeof NewGuest>

export const mostBadges = 3
/** What is told of somebody beside their name; each is left out where there is nothing to tell. */
export const labels = {
  guest: Type.Optional(Type.Literal(true, { description: 'has a name here, and no account' })),
  badges: Type.Optional(
    Type.Array(Type.String(), { maxItems: mostBadges, description: "given by the site's own accounts" }),
  ),
}

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
