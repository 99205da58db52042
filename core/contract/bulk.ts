import { Type, type Static } from 'typebox'
import { bulkSize } from '../moderation/bulk.ts'
import { Counter, Cursor, Id } from './common.ts'
import { QueueName, RaidName } from './moderation.ts'
import { RejectReason } from './reasons.ts'
import { SignalKind } from './signal.ts'

const closed = { additionalProperties: false }

/** An author's record on the site: nothing decided yet, only approved, or something rejected. */
export const Standing = Type.Union([Type.Literal('new'), Type.Literal('clean'), Type.Literal('rejected')])
export type Standing = Static<typeof Standing>

/** Which cases of a queue: those that all of these are true of. */
export const CaseFilter = Type.Object(
  {
    article: Type.Optional(Id),
    section: Type.Optional(
      Type.String({
        pattern: '^/[^\\s?#]*$',
        maxLength: 200,
        description: 'how the path of the article’s address begins, for example /politics/',
      }),
    ),
    author: Type.Optional(Id),
    standing: Type.Optional(Standing),
    signal: Type.Optional(SignalKind),
    language: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z]{2,3}$',
        description: 'of the comment, as its writer’s browser had it; without a region',
      }),
    ),
    waiting: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 8760, description: 'opened at least so many hours ago' }),
    ),
    raid: Type.Optional(RaidName),
  },
  closed,
)
export type CaseFilter = Static<typeof CaseFilter>

/** A case as somebody saw it, which a decision of many names. */
const Seen = Type.Object({ case: Id, revision: Counter, version: Counter }, closed)
export type Seen = Static<typeof Seen>

/** What a decision about all cases of a queue and filter would be about. */
export const Selection = Type.Object(
  {
    cases: Type.Array(Seen, { description: 'those the viewer can decide, the most urgent 500' }),
    beyond: Type.Integer({ description: 'more of them, beyond these' }),
    apart: Type.Object(
      {
        leads: Type.Integer({ description: 'left to those who lead' }),
        appeals: Type.Integer({ description: 'each wants an answer of its own' }),
        proposals: Type.Integer({ description: 'a ban is proposed: each wants a decision of its own' }),
        objections: Type.Integer({ description: 'somebody objected to a decision: likewise' }),
        own: Type.Integer({ description: 'the viewer wrote these' }),
        claimed: Type.Integer({ description: 'somebody else has them in hand' }),
      },
      { ...closed, description: 'those of the queue and filter that stay as they are' },
    ),
    authors: Type.Integer({ description: 'who wrote the selected ones' }),
    shown: Type.Integer({ description: 'of the selected ones, those that readers see now' }),
    examples: Type.Array(Type.Object({ author: Type.String(), excerpt: Type.String() }, closed), {
      description: 'the five most urgent',
    }),
  },
  closed,
)
export type Selection = Static<typeof Selection>

const about = {
  cases: Type.Array(Seen, { minItems: 1, maxItems: bulkSize }),
  note: Type.Optional(Type.String({ maxLength: 1000 })),
}
/** One decision about many cases. What says something of their authors is decided one by one. */
export const BulkDecision = Type.Union([
  Type.Object(
    {
      action: Type.Union([Type.Literal('approve'), Type.Literal('hold'), Type.Literal('escalate')]),
      ...about,
    },
    closed,
  ),
  Type.Object({ action: Type.Literal('reject'), reason: RejectReason, ...about }, closed),
])
export type BulkDecision = Static<typeof BulkDecision>

export const BulkDecided = Type.Object(
  {
    decided: Type.Array(Id, { description: 'cases, also those that the same bulk decided before' }),
    changed: Type.Array(Id, {
      description: 'cases that somebody decided or changed meanwhile: left as they are',
    }),
    refused: Type.Array(Id, { description: 'cases that are for somebody else to decide, or each by itself' }),
  },
  closed,
)
export type BulkDecided = Static<typeof BulkDecided>

export const BulkReversed = Type.Object(
  {
    reversed: Type.Array(Id, { description: 'cases that wait again' }),
    kept: Type.Array(Id, { description: 'cases that have moved on since: they stay as they are' }),
    next: Type.Union([Cursor, Type.Null()], { description: 'there is more to undo: go on from here' }),
  },
  closed,
)
export type BulkReversed = Static<typeof BulkReversed>

/** A queue and a filter of it, under a name that all moderators of the site see. */
export const NewSavedFilter = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
    queue: QueueName,
    filter: CaseFilter,
  },
  closed,
)
export type NewSavedFilter = Static<typeof NewSavedFilter>
export const SavedFilter = Type.Object({ id: Id, ...NewSavedFilter.properties }, closed)
export type SavedFilter = Static<typeof SavedFilter>
export const mostSavedFilters = 30
export const SavedFilters = Type.Object({ filters: Type.Array(SavedFilter) }, closed)
