import { Type, type Static } from 'typebox'
import { Cursor, Direction, Id, nullable } from './common.ts'

const closed = { additionalProperties: false }
const Count = Type.Integer({ minimum: 0 })

/** The last days that numbers are of, in UTC, today among them. */
export const NumbersDays = Type.Union([Type.Literal(7), Type.Literal(30), Type.Literal(365)])
export type NumbersDays = Static<typeof NumbersDays>
export const NumbersOrder = Type.Union([Type.Literal('comments'), Type.Literal('newest')], {
  description: '`comments`: the most of them first, where it is not said; `newest`: the last comment first',
})
export type NumbersOrder = Static<typeof NumbersOrder>

/** What was said in the days, of what readers see now. */
const Said = {
  threads: Type.Integer({ minimum: 0, description: 'with a comment of these days' }),
  comments: Count,
  followers: Type.Integer({ minimum: 0, description: 'who follow now, whenever they began' }),
  medianMinutes: nullable(
    Type.Number({
      description:
        'from a comment of these days to the first answer to it by somebody else; null where none was answered',
    }),
  ),
}
const Readers = Type.Integer({
  minimum: 0,
  description: 'who opened the discussion, each counted once a day and article: see docs/numbers.md',
})
const Article = { id: Id, title: Type.String(), url: nullable(Type.String()), slug: Type.String() }
const Days = {
  days: NumbersDays,
  from: Type.String({ description: 'the first of the days, for example 2026-03-01' }),
}

export const ArticleRow = Type.Object(
  {
    article: Type.Object(Article, closed),
    readers: Readers,
    ...Said,
    lastAt: nullable(
      Type.String({ description: 'the last comment of these days, as an instant, ISO 8601 in UTC' }),
    ),
  },
  closed,
)
export type ArticleRow = Static<typeof ArticleRow>

/** The articles of a site on which anything was said or read in the days. */
export const SiteNumbers = Type.Object(
  {
    ...Days,
    totals: Type.Union([Type.Object({ articles: Count, readers: Readers, ...Said }, closed), Type.Null()], {
      description: 'of the site, on the first page only; the median is of its newest ten thousand comments',
    }),
    articles: Type.Array(ArticleRow),
    next: nullable(Cursor),
  },
  closed,
)
export type SiteNumbers = Static<typeof SiteNumbers>

const PassagePlace = Type.Union([Type.Literal('block'), Type.Literal('article'), Type.Literal('lost')], {
  description:
    '`block`: on a block of the text as it stands now; `article`: on the whole article; `lost`: on words that are gone',
})

export const PassageNumbers = Type.Object(
  {
    place: PassagePlace,
    block: nullable(
      Type.Integer({
        description: 'its number in `text`; where the words are gone, of the block where they were',
      }),
    ),
    quote: Type.String({ description: 'the beginning of what its busiest thread was opened on' }),
    thread: Type.String({
      description:
        'the id of the thread with the most comments of these days; where there are none, of the oldest',
    }),
    readers: Type.Integer({
      minimum: 0,
      description: 'who opened the passage, each counted once a day and passage: see docs/numbers.md',
    }),
    ...Said,
  },
  closed,
)
export type PassageNumbers = Static<typeof PassageNumbers>

export const ArticleNumbers = Type.Object(
  {
    ...Days,
    article: Type.Object({ ...Article, language: nullable(Type.String()), direction: Direction }, closed),
    totals: Type.Object({ readers: Readers, ...Said }, closed),
    passages: Type.Array(PassageNumbers, {
      description: 'said or opened in these days, the most discussed first; a thousand at most',
    }),
    text: Type.Array(
      Type.Object({ kind: Type.String(), level: nullable(Type.Integer()), text: Type.String() }, closed),
      { description: 'the blocks that the passages speak of; none where the server has no text' },
    ),
  },
  closed,
)
export type ArticleNumbers = Static<typeof ArticleNumbers>
