import type { Rules } from '../../../core/contract/rules.ts'
import { hoursAt, periodsFrom, type Place } from '../../../core/moderation/hours.ts'
import type { Database } from '../../database/connect.ts'
import { firstIdAt } from '../../database/ids.ts'
import { ProblemError } from '../../http/problem.ts'

/** Where somebody is about to write. */
interface Writing {
  siteId: string
  articleId: string
  accountId: string
}

/**
 * Refuses what may not be written now at all: where comments are closed, and sooner than slow mode lets.
 * @param isNew false for an edit, which slow mode lets through
 * @throws ProblemError `closed`, with `until`, an instant or null; `too-soon`, with `until`, an instant
 */
export async function requireOpen(db: Database, at: Writing, place: Place, isNew: boolean): Promise<void> {
  const now = Date.now()
  const { closed, slowMode } = hoursAt(place, now)
  if (closed !== null) throw closedOn(closed, periodsFrom(place, now)[1]?.from ?? null)
  if (!isNew) return
  const waits = [
    slowMode.site > 0 ? await waitOf(db, at, false, slowMode.site) : 0,
    slowMode.article > 0 ? await waitOf(db, at, true, slowMode.article) : 0,
  ]
  const until = Math.max(...waits)
  if (until <= Date.now()) return
  throw tooSoon(new Date(until), 'Comments are in slow mode here.')
}

/** When the next comment may come after the author's last one, on the site or on the article; in Unix milliseconds. */
async function waitOf(db: Database, at: Writing, onArticle: boolean, seconds: number): Promise<number> {
  const last = await db
    .selectFrom('comment')
    .select('created_at')
    .where('site_id', '=', at.siteId)
    .where('author_id', '=', at.accountId)
    .$if(onArticle, (query) => query.where('article_id', '=', at.articleId))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? last.created_at.getTime() + seconds * 1000 : 0
}

/** Far beyond the rate that is only held, comments are refused. */
const farBeyond = 3

/**
 * How many comments somebody has written in the rule's time, with the one to come.
 * @throws ProblemError `too-soon` far beyond what the rule has, with `until`
 */
export async function countRecent(
  db: Database,
  at: Pick<Writing, 'siteId' | 'accountId'>,
  { comments, minutes }: NonNullable<Rules['rate']>,
): Promise<number> {
  const most = comments * farBeyond
  const rows = await db
    .selectFrom('comment')
    .select('created_at')
    .where('site_id', '=', at.siteId)
    .where('author_id', '=', at.accountId)
    .where('id', '>', firstIdAt(Date.now() - minutes * 60_000))
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const oldest = rows[most - 1]
  if (!oldest) return rows.length + 1
  throw tooSoon(
    new Date(oldest.created_at.getTime() + minutes * 60_000),
    `You have written ${most} comments in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  )
}

function closedOn(what: 'site' | 'article', until: string | null): ProblemError {
  const span = until === null ? '' : ` until ${until}`
  return new ProblemError(
    'closed',
    `Comments are closed on this ${what}${span}. What is there can be read.`,
    {
      until,
    },
  )
}

function tooSoon(until: Date, why: string): ProblemError {
  const seconds = Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000))
  const wait = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`
  return new ProblemError('too-soon', `${why} You can write again in ${wait}. Your text is kept.`, {
    until: until.toISOString(),
  })
}
