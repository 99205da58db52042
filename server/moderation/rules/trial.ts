import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Rules, RuleTrial } from '../../../core/contract/rules.ts'
import type { RevisionState } from '../../../core/contract/moderation.ts'
import type { TextBlock } from '../../../core/contract/text.ts'
import type { Role } from '../../../core/contract/people.ts'
import { shortened } from '../../../core/text/shortened.ts'
import type { Database } from '../../database/connect.ts'
import { may } from '../../permissions.ts'
import { countLinks, toPlainText } from '../../text/index.ts'
import { screen } from '../screen/index.ts'
import type { WordList } from '../screen/list.ts'
import { daysSince, mostShown, ownRule } from './examine.ts'
import { tryHours } from './hours.ts'
import { areAlike, sketchOf } from './sketch.ts'
import { requireRules } from './store.ts'

const mostComments = 1000
/** So many comments are screened at a time; then others have a turn. */
const atOnce = 50
const mostExamples = 20
const excerptLength = 200

/** A comment as it was when it was written, with what its author had written until then. */
interface Past {
  id: string
  articleId: string
  author: string
  role: Role | null
  isGuest: boolean
  state: RevisionState
  body: TextBlock[]
  at: Date
  publishedAt: Date
  shownBefore: number
  recent: number
}

/**
 * What rules would have done to the last thousand comments that still have a text: each is screened as it is now, with
 * what was known when it came. Time-outs, lost passages and what was learnt are no rules, and do not count. Changes nothing.
 * @throws ProblemError `invalid-field` naming what cannot be used
 */
export async function tryRules(db: Database, siteId: string, rules: Rules): Promise<RuleTrial> {
  const list = await requireRules(db, siteId, rules)
  const comments = await lastComments(db, siteId, rules)
  const trial: RuleTrial = {
    looked: comments.length,
    held: 0,
    approved: 0,
    rejected: 0,
    live: 0,
    waiting: 0,
    hours: await tryHours(db, siteId, rules),
    examples: [],
  }
  const copies = new Copies(rules)
  // From the oldest on, since copies come after what they copy.
  for (const [at, comment] of comments.reverse().entries()) {
    if (at % atOnce === atOnce - 1) await setImmediate()
    const text = toPlainText(comment.body)
    const { hold, signals } = screenPast(comment, text, copies.before(comment, text), rules, list)
    if (!hold) continue
    count(trial, comment.state)
    trial.examples.unshift({
      comment: comment.id,
      author: comment.author,
      excerpt: shortened(text, excerptLength),
      state: comment.state,
      signals,
    })
    trial.examples.length = Math.min(trial.examples.length, mostExamples)
  }
  return trial
}

function screenPast(comment: Past, text: string, copies: number, rules: Rules, list: WordList) {
  const trusted = comment.role !== null && may.postUnscreened({ role: comment.role })
  return screen(
    {
      text,
      links: countLinks(comment.body),
      author: { shownComments: comment.shownBefore, trusted, isGuest: comment.isGuest, timedOutUntil: null },
      recent: comment.recent,
      article: {
        sensitive: ownRule(rules, comment.articleId)?.sensitive ?? false,
        ageDays: daysSince(comment.publishedAt, comment.at),
      },
      copies,
      passageFound: true,
      learnt: null,
    },
    rules,
    list,
  )
}

function count(trial: RuleTrial, state: RevisionState): void {
  trial.held++
  if (state === 'APPROVED') trial.approved++
  if (state === 'REJECTED') trial.rejected++
  if (state === 'LIVE') trial.live++
  if (state === 'HELD' || state === 'CHECKING') trial.waiting++
}

/** The copies of each comment among those before it; without a database, since sketches may not have been kept. */
class Copies {
  readonly #seen = new Map<number, { id: string; at: Date; sketch: number[] }[]>()
  readonly #rule: Rules['duplicates']

  constructor({ duplicates }: Rules) {
    this.#rule = duplicates
  }

  before({ id, at }: Past, text: string): number {
    if (!this.#rule) return 0
    const since = at.getTime() - this.#rule.hours * 3600_000
    const sketch = sketchOf(text)
    const near = new Set(sketch.flatMap((band) => this.#seen.get(band) ?? []))
    const one = { id, at, sketch }
    for (const band of sketch) this.#seen.set(band, [...(this.#seen.get(band) ?? []), one])
    return [...near].filter((other) => other.at.getTime() > since && areAlike(other.sketch, sketch)).length
  }
}

/** The newest comments with a text, newest first; what their authors had written before is counted as far as rules ask. */
async function lastComments(db: Database, siteId: string, rules: Rules): Promise<Past[]> {
  const shown = mostShown(rules)
  const { rows } = await sql<Past>`
    with newest as materialized (
      select comment.id, comment.article_id, comment.author_id, comment.created_at, revision.state, revision.body
      from comment
      join comment_revision as revision on revision.site_id = comment.site_id
        and revision.comment_id = comment.id and revision.number = comment.latest_revision
      where comment.site_id = ${siteId} and revision.body is not null
      order by comment.id desc limit ${mostComments}
    )
    select newest.id, newest.article_id as "articleId", account.name as author, membership.role,
      coalesce(membership.is_guest, false) as "isGuest", newest.state, newest.body, newest.created_at as at,
      coalesce(article.published_at, article.created_at) as "publishedAt",
      ${shown > 0 ? sql`(select count(*)::int from (${earlier(siteId, shown, sql`shown_revision is not null`)}) as few)` : sql`0`}
        as "shownBefore",
      ${
        rules.rate
          ? sql`1 + (select count(*)::int from (${earlier(
              siteId,
              rules.rate.comments,
              sql`before.created_at > newest.created_at - make_interval(mins => ${rules.rate.minutes})`,
            )}) as few)`
          : sql`0`
      } as recent
    from newest
    join account on account.id = newest.author_id
    join article on article.site_id = ${siteId} and article.id = newest.article_id
    left join membership on membership.site_id = ${siteId} and membership.account_id = newest.author_id
    order by newest.id desc
  `.execute(db)
  return rows
}

/** Comments that the author of `newest` had written before it, some of them. */
function earlier(siteId: string, most: number, condition: ReturnType<typeof sql>) {
  return sql`
    select from comment as before
    where before.site_id = ${siteId} and before.author_id = newest.author_id and before.id < newest.id and ${condition}
    order by before.id desc limit ${most}
  `
}
