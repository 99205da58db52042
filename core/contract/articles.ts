import { Type, type Static } from 'typebox'
import { Direction, Id, nullable } from './common.ts'
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
    refused: Type.Optional(
      Type.String({
        description:
          'to a page of an origin that may not embed the site, with nothing else: why, and what to do',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ArticleMarks = Static<typeof ArticleMarks>

/** How much readers see of what is said about an article; of one that is not known, nothing. */
export const ArticleCount = Type.Object(
  {
    url: Type.String({ description: 'as it was asked for' }),
    article: nullable(Id),
    threads: Type.Integer(),
    comments: Type.Integer(),
  },
  { additionalProperties: false },
)
export type ArticleCount = Static<typeof ArticleCount>

/** In the order in which they were asked for. */
export const ArticleCounts = Type.Object(
  { counts: Type.Array(ArticleCount) },
  { additionalProperties: false },
)

/** Addresses of articles to be counted in one request. */
export const CountedUrls = Type.Array(ArticleUrl, { minItems: 1, maxItems: 100 })

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

const PushedBlock = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('paragraph'),
      Type.Literal('heading'),
      Type.Literal('item'),
      Type.Literal('quote'),
      Type.Literal('caption'),
      Type.Literal('code'),
    ]),
    level: Type.Optional(Type.Integer({ minimum: 1, maximum: 6, description: 'of a heading' })),
    text: Type.String({
      maxLength: 100_000,
      pattern: '\\S',
      description: 'plain text; send `html` for markup',
    }),
  },
  { additionalProperties: false },
)

/** An article as its site sends it: `html`, the page as served; or `title` and `blocks`, its text. */
export const PushedArticle = Type.Object(
  {
    url: ArticleUrl,
    slug: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: '^[\\p{L}\\p{N}]+(-[\\p{L}\\p{N}]+)*$',
        description: "the article's short name here; made from the title where it is not given",
      }),
    ),
    publishedAt: Type.Optional(Type.String({ maxLength: 40, description: 'when it came out, ISO 8601' })),
    html: Type.Optional(Type.String({ minLength: 1 })),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    language: Type.Optional(nullable(Type.String({ maxLength: 35, description: 'BCP 47' }))),
    direction: Type.Optional(Direction),
    blocks: Type.Optional(Type.Array(PushedBlock, { minItems: 1, maxItems: 10_000 })),
  },
  { additionalProperties: false },
)
export type PushedArticle = Static<typeof PushedArticle>

/** What became of an article's text. */
export const SavedArticle = Type.Object(
  {
    id: Id,
    slug: Type.String(),
    revision: Type.Integer({ minimum: 1 }),
    changed: Type.Boolean({ description: "false when the text was the same as the newest revision's" }),
    doubt: nullable(
      Type.String({
        description:
          "why the revision is kept and not shown until a publisher takes it; null when it is the article's text now",
      }),
    ),
  },
  { additionalProperties: false },
)
export type SavedArticle = Static<typeof SavedArticle>
