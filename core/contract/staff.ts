import { Type, type Static } from 'typebox'
import { Cursor, Id, Instant, nullable, SiteSlug } from './common.ts'
import { Email, Role } from './people.ts'

const closed = { additionalProperties: false }

/** What a publisher makes somebody; operators are made on the command line. */
export const StaffRole = Type.Union([
  Type.Literal('moderator'),
  Type.Literal('lead'),
  Type.Literal('publisher'),
])
export type StaffRole = Static<typeof StaffRole>

const Sections = nullable(
  Type.Array(Type.String({ maxLength: 200 }), {
    minItems: 1,
    maxItems: 50,
    description: 'of a moderator: the only ones they moderate, by the beginnings of their paths',
  }),
)
const Standing = Type.Object({ role: Role, sections: Sections }, closed)
export type Standing = Static<typeof Standing>

/** Somebody who works for a site. */
export const Member = Type.Object(
  {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    ...Standing.properties,
    can: Type.Object({ change: Type.Boolean() }, closed),
  },
  closed,
)
export type Member = Static<typeof Member>
export const MemberPage = Type.Object({ members: Type.Array(Member), next: nullable(Cursor) }, closed)

export const NewStanding = Type.Object(
  {
    role: Type.Union([Type.Literal('reader'), StaffRole], { description: 'a reader works for it no more' }),
    sections: Sections,
    was: Type.Object(Standing.properties, { ...closed, description: 'what the change began with' }),
  },
  closed,
)
export type NewStanding = Static<typeof NewStanding>

export const NewInvitation = Type.Object(
  {
    email: Email,
    role: StaffRole,
    sections: Sections,
    language: Type.String({ maxLength: 35, description: 'of the mail, BCP 47' }),
  },
  closed,
)
export type NewInvitation = Static<typeof NewInvitation>

/** Somebody who is asked to work for a site, as its publishers see it. */
export const Invitation = Type.Object(
  {
    id: Id,
    email: Type.String(),
    role: StaffRole,
    sections: Sections,
    by: nullable(Type.String({ description: 'whose name' })),
    createdAt: Instant,
    expiresAt: Instant,
    mailedAt: nullable(Instant),
    problem: nullable(Type.String({ description: 'why the mail server does not take it' })),
  },
  closed,
)
export type Invitation = Static<typeof Invitation>
export const Invitations = Type.Object({ invitations: Type.Array(Invitation) }, closed)

const Token = Type.String({ minLength: 20, maxLength: 200 })
export const InvitationToken = Type.Object({ token: Token }, closed)

/** The same as who got the mail sees it. */
export const Invited = Type.Object(
  {
    site: SiteSlug,
    siteName: Type.String(),
    email: Type.String(),
    role: StaffRole,
    sections: Sections,
    hasAccount: Type.Boolean({ description: 'whether the address has an account with a password' }),
  },
  closed,
)
export type Invited = Static<typeof Invited>

export const Acceptance = Type.Object(
  {
    token: Token,
    account: nullable(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
          password: Type.String({ minLength: 10, maxLength: 200 }),
        },
        { ...closed, description: 'a new one for the address; null: the one that is signed in' },
      ),
    ),
  },
  closed,
)
