import { Type, type Static } from 'typebox'
import { Counter, nullable } from './common.ts'

const closed = { additionalProperties: false }

export const mostOrigins = 100

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })

/** What a publisher settles of a site as a whole. */
export const SiteSettings = Type.Object(
  {
    version: Type.Integer({ description: 'grows with each change; a change names the one it began with' }),
    name: Type.String(),
    origins: Type.Array(Type.String(), { description: 'whose pages may embed it' }),
    takesGuests: Type.Boolean({ description: 'whether one may comment with a name and no account' }),
    tag: Type.String({ description: 'the script tag for its pages' }),
    lockedTag: nullable(
      Type.String({ description: 'the same, held to the script as it is now (Subresource Integrity)' }),
    ),
    article: nullable(
      Type.Object(
        { title: Type.String(), address: Type.String({ description: 'a path here, with the discussion' }) },
        { ...closed, description: 'the newest one whose text is known, to try the look on' },
      ),
    ),
    sendsMail: Type.Boolean({ description: 'whether this Postil has a mail server, for invitations' }),
  },
  closed,
)
export type SiteSettings = Static<typeof SiteSettings>

export const NewSiteSettings = Type.Object(
  {
    version: Counter,
    name: Name,
    origins: Type.Array(Type.String({ maxLength: 300 }), { maxItems: mostOrigins }),
    takesGuests: Type.Boolean(),
  },
  closed,
)
export type NewSiteSettings = Static<typeof NewSiteSettings>

/** What is found about one thing on a page. */
export const Finding = Type.Object(
  {
    level: Type.Union([Type.Literal('right'), Type.Literal('note'), Type.Literal('fault')]),
    about: Type.String({ description: 'stable name of what it is about' }),
    says: Type.String(),
    change: nullable(Type.String({ description: 'of a fault: the line that puts it right' })),
  },
  closed,
)
export type Finding = Static<typeof Finding>

export const PageToExamine = Type.Object({ url: Type.String({ minLength: 1, maxLength: 2000 }) }, closed)
export const Examined = Type.Object({ findings: Type.Array(Finding) }, closed)
