import { Type, type Static } from 'typebox'
import { Direction, Id } from './common.ts'
import { Hours } from './hours.ts'

/** An article as the embed needs it. */
export const ArticleHead = Type.Object(
  {
    id: Id,
    title: Type.String(),
    language: Type.Union([Type.String(), Type.Null()]),
    direction: Direction,
    seq: Type.Integer({ minimum: 0, description: "number of the discussion's last event" }),
  },
  { additionalProperties: false },
)
export type ArticleHead = Static<typeof ArticleHead>

/** How much is said about one block: what the loader draws beside it. */
export const Mark = Type.Object(
  {
    fingerprint: Type.String({ description: "the block's, empty for the article as a whole" }),
    index: Type.Integer({ description: 'where the block stood, to tell equal blocks apart' }),
    threads: Type.Integer(),
    comments: Type.Integer(),
    reactions: Type.Integer({ description: 'that everybody sees, of all kinds' }),
  },
  { additionalProperties: false },
)
export type Mark = Static<typeof Mark>

/** An address on the publisher's site; no database stores a NUL. */
export const ArticleUrl = Type.String({ minLength: 1, maxLength: 2000, pattern: '^[^\\u0000]*$' })

export const ArticleMarks = Type.Object(
  {
    article: Type.Union([ArticleHead, Type.Null()]),
    marks: Type.Array(Mark),
    hours: Type.Union([Hours, Type.Null()], {
      description: "the site's where it does not know the article; else null, since its threads say",
    }),
  },
  { additionalProperties: false },
)
export type ArticleMarks = Static<typeof ArticleMarks>

/** A page that readers discuss before the server has read it. */
export const NewArticle = Type.Object(
  {
    url: ArticleUrl,
    title: Type.String({ minLength: 1, maxLength: 500 }),
    language: Type.Optional(Type.String({ maxLength: 35 })),
    direction: Type.Optional(Direction),
  },
  { additionalProperties: false },
)
export type NewArticle = Static<typeof NewArticle>
