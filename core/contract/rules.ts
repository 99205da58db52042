import { Type, type Static } from 'typebox'
import { keptForAppeals } from '../moderation/retention.ts'
import { Counter, Cursor, Id, Instant, nullable } from './common.ts'
import { HoursPeriods } from './hours.ts'
import { RevisionState } from './moderation.ts'
import { Signal } from './signal.ts'

const closed = { additionalProperties: false }
const upTo = (maximum: number, description: string, minimum = 0) =>
  Type.Integer({ minimum, maximum, description })

export const mostWords = 50_000
export const longestWord = 200

/** The longest wait between two comments of one author: a day. */
const Slow = upTo(86_400, 'seconds between two comments of one author; 0: none')

const hour = '([01][0-9]|2[0-3]):[0-5][0-9]'
const Hour = Type.String({ pattern: `^${hour}$`, description: "an hour of the site's time zone: 22:00" })
const LocalTime = Type.String({
  pattern: `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T${hour}$`,
  description: "a day and hour of the site's time zone: 2026-12-24T18:00",
})

/** Every week on these days, from an hour on until another, of the next day where it is not later. */
const Weekly = Type.Object(
  {
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
      minItems: 1,
      maxItems: 7,
      description: 'the days on which it begins, as in ISO 8601: 1 is Monday',
    }),
    from: Hour,
    until: Hour,
  },
  closed,
)
export type Weekly = Static<typeof Weekly>
const Once = Type.Object({ from: LocalTime, until: LocalTime }, closed)
export type Once = Static<typeof Once>

/** When comments are closed or slow. */
export const Schedule = Type.Object(
  {
    when: Type.Union([Weekly, Once]),
    slowMode: nullable(
      upTo(86_400, 'seconds between two comments of one author; null: comments are closed', 1),
    ),
  },
  closed,
)
export type Schedule = Static<typeof Schedule>
export const mostSchedules = 20
const Schedules = Type.Array(Schedule, { maxItems: mostSchedules })
const CloseAfterDays = (description: string) => nullable(upTo(36_500, description, 1))

/** What holds for one article beside the site's rules. */
export const ArticleRule = Type.Object(
  {
    article: Id,
    sensitive: Type.Boolean({ description: 'all comments are looked at first' }),
    slowMode: Slow,
    readOnly: Type.Boolean(),
    schedules: Schedules,
    closeAfterDays: CloseAfterDays("in place of the site's"),
  },
  closed,
)
export type ArticleRule = Static<typeof ArticleRule>

/** What a site asks of comments. What is 0, null or empty asks nothing. */
export const Rules = Type.Object(
  {
    holdFirst: upTo(100, 'shown comments an account needs before its comments appear without a look'),
    words: Type.Array(Type.String({ maxLength: longestWord }), {
      maxItems: mostWords,
      description: 'words and phrases, or regular expressions of RE2 between slashes; empty ones say nothing',
    }),
    links: Type.Object(
      {
        most: nullable(upTo(100, 'links that a comment may have')),
        newAuthors: upTo(100, 'shown comments an account needs before it may link'),
      },
      closed,
    ),
    rate: nullable(
      Type.Object(
        {
          comments: upTo(1000, 'by one author in so many minutes; three times as many are refused', 1),
          minutes: upTo(1440, 'a day at the most', 1),
        },
        closed,
      ),
    ),
    olderThanDays: nullable(upTo(36_500, 'of the article', 1)),
    duplicates: nullable(
      Type.Object(
        {
          copies: upTo(100, 'comments of the site that say nearly the same', 1),
          hours: upTo(72, 'how long ago', 1),
        },
        closed,
      ),
    ),
    sample: upTo(100, 'of a hundred comments that appear without a look, how many are looked at later'),
    slowMode: Slow,
    readOnly: Type.Boolean({ description: 'nobody but those who work for the site may write' }),
    timeZone: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'of the schedules: a name of the IANA time zone database, such as Europe/Berlin',
    }),
    schedules: Schedules,
    closeAfterDays: CloseAfterDays('comments on an article are closed so many days after its publication'),
    retentionDays: Type.Object(
      {
        withdrawn: nullable(upTo(36_500, 'after which the text of a comment is erased; null: never', 1)),
        rejected: nullable(upTo(36_500, 'after the last decision about it; null: never', keptForAppeals)),
      },
      closed,
    ),
    articles: Type.Array(ArticleRule, { maxItems: 500 }),
    twoPeople: Type.Boolean({
      description: 'a ban and a change of these rules hold once a second person has confirmed them',
    }),
  },
  closed,
)
export type Rules = Static<typeof Rules>

/** One version of a site's rules; version 0 is what holds where nobody has set any. */
const version = Type.Integer({ minimum: 0, maximum: 2_147_483_646 })

/** What became of a version: it waits for a second person, it held from then on, or it never did. */
export const RuleState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('confirmed'),
  Type.Literal('dropped'),
])
export type RuleState = Static<typeof RuleState>

/** A change that waits for a second person. */
const WaitingRules = Type.Object(
  {
    version: Counter,
    by: nullable(Type.String()),
    at: Instant,
    can: Type.Object(
      { confirm: Type.Boolean(), drop: Type.Boolean() },
      { ...closed, description: 'the viewer' },
    ),
  },
  closed,
)
export type WaitingRules = Static<typeof WaitingRules>

export const RuleSet = Type.Object(
  {
    version,
    state: RuleState,
    rules: Rules,
    by: nullable(Type.String({ description: 'who made them; null: the command line' })),
    at: nullable(Instant),
    waiting: nullable(WaitingRules),
    titles: Type.Array(Type.Object({ article: Id, title: Type.String() }, closed), {
      description: 'of the articles in them',
    }),
  },
  closed,
)
export type RuleSet = Static<typeof RuleSet>

/**
 * Rules to be switched on, and the version they were made from: refused with 409 where it no longer holds, or a change
 * waits for a second person.
 */
export const NewRules = Type.Object({ version, rules: Rules }, closed)
export type NewRules = Static<typeof NewRules>

/** What a second person says to a change that waits; its maker can drop it. */
export const RuleDecision = Type.Object(
  { decision: Type.Union([Type.Literal('confirm'), Type.Literal('drop')]) },
  closed,
)
export type RuleDecision = Static<typeof RuleDecision>['decision']

/** The newest versions first. */
export const RuleHistory = Type.Object(
  {
    versions: Type.Array(
      Type.Object(
        {
          version: Counter,
          by: nullable(Type.String()),
          at: Instant,
          words: Type.Integer(),
          state: RuleState,
          settledBy: nullable(Type.String({ description: 'who confirmed or dropped it' })),
        },
        closed,
      ),
    ),
    next: nullable(Cursor),
  },
  closed,
)
export type RuleHistory = Static<typeof RuleHistory>

/** What rules would have done to the last comments of the site. */
export const RuleTrial = Type.Object(
  {
    looked: Type.Integer({ description: 'comments looked at, the last thousand at most' }),
    held: Type.Integer(),
    approved: Type.Integer({ description: 'of the held ones, that a moderator approved' }),
    rejected: Type.Integer(),
    live: Type.Integer({ description: 'readers see them, and nobody has decided' }),
    waiting: Type.Integer(),
    hours: Type.Object(
      {
        periods: HoursPeriods,
        articles: Type.Array(Type.Object({ article: Id, periods: HoursPeriods }, closed)),
      },
      {
        ...closed,
        description: 'when comments would be open: on the site, and on the articles in the rules',
      },
    ),
    examples: Type.Array(
      Type.Object(
        {
          comment: Id,
          author: Type.String(),
          excerpt: Type.String(),
          state: RevisionState,
          signals: Type.Array(Signal),
        },
        closed,
      ),
      { description: 'the newest twenty of them' },
    ),
  },
  closed,
)
export type RuleTrial = Static<typeof RuleTrial>
