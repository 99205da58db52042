import { Type, type Static } from 'typebox'
import { nullable } from './common.ts'

const closed = { additionalProperties: false }

/** A token that one of the site's own servers signed for the reader of its page. */
export const SignedToken = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 8_000, description: 'a JSON Web Token (RFC 7519)' }) },
  closed,
)

/** What such a token, or a provider of OpenID Connect, says of somebody. What else it says is passed over. */
export const IdentityClaims = Type.Object({
  sub: Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'who it is, always the same for one person',
  }),
  name: Type.Optional(Type.String({ maxLength: 500, description: 'shown beside the comments' })),
  preferred_username: Type.Optional(Type.String({ maxLength: 500 })),
  email: Type.Optional(nullable(Type.String({ maxLength: 320 }))),
  email_verified: Type.Optional(nullable(Type.Boolean())),
  role: Type.Optional(nullable(Type.String({ maxLength: 40 }))),
})
export type IdentityClaims = Static<typeof IdentityClaims>

/** How one can sign in on a site, beside an account of Postil's own. */
export const SignInWays = Type.Object(
  {
    provider: nullable(Type.Object({ name: Type.String() }, closed)),
    guests: Type.Boolean({ description: 'whether one may comment with a name alone' }),
  },
  closed,
)
export type SignInWays = Static<typeof SignInWays>

/** Where a provider of OpenID Connect signs its own session out, after ours has ended. */
export const SignedOut = Type.Object(
  { provider: nullable(Type.Object({ name: Type.String(), url: Type.String() }, closed)) },
  closed,
)
export type SignedOut = Static<typeof SignedOut>
