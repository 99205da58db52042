import { sql } from 'kysely'
import type { ArticleRule, Rules } from '../../../core/contract/rules.ts'
import type { Signal } from '../../../core/contract/signal.ts'
import type { Database } from '../../database/connect.ts'
import { learntFrom } from '../learning/index.ts'
import { screen } from '../screen/index.ts'
import { countRecent, requireOpen } from './gate.ts'
import { findCopies, ownRaid, sketchOf, type Sketch } from './sketch.ts'
import type { Known } from './known.ts'
import { rulesAt } from './store.ts'

/** What somebody is about to write, and where. */
interface Writing {
  siteId: string
  author: { id: string; trusted: boolean; isGuest: boolean; timedOutUntil: Date | null }
  known: Known
  at: { article: string } | { thread: string } | { comment: string }
  text: string
  links: number
  passageFound: boolean
}

interface Examined {
  hold: boolean
  signals: Signal[]
  /** To be kept with the comment, so that copies of it are found; null where the site does not ask, or it is short. */
  sketch: Sketch | null
  /** Whether it was picked at random to be looked at later, where it appears without a look. */
  sampled: boolean
}

/**
 * Holds what somebody writes against the site's rules, each of which costs a query only where the site has it, and
 * against what its decisions teach.
 * @throws ProblemError `closed`, `too-soon`
 */
export async function examine(db: Database, writing: Writing): Promise<Examined> {
  const { siteId, author, known, text } = writing
  const { rules, list } = await rulesAt(db, siteId, known.version)
  const bands = rules.duplicates ? sketchOf(text) : []
  if (author.trusted) {
    const sketch = bands.length > 0 ? { bands, raid: ownRaid(bands) } : null
    return { hold: false, signals: [], sketch, sampled: false }
  }
  const article = asksArticle(rules) ? await articleOf(db, siteId, writing.at) : null
  const own = article && ownRule(rules, article.id)
  const isNew = !('comment' in writing.at)
  if (article) {
    const at = { siteId, articleId: article.id, accountId: author.id }
    await requireOpen(db, at, { rules, own, publishedAt: article.publishedAt.getTime() }, isNew)
  }
  const copies = await copiesOf(db, writing, rules, bands)
  return {
    ...screen(
      {
        ...writing,
        author: { ...author, shownComments: known.shown },
        article: {
          sensitive: own?.sensitive ?? false,
          ageDays: article ? daysSince(article.publishedAt, new Date()) : 0,
        },
        recent: rules.rate && isNew ? await countRecent(db, { siteId, accountId: author.id }, rules.rate) : 0,
        copies: copies?.copies ?? 0,
        learnt: await learntFrom(db, siteId, known.learning),
      },
      rules,
      list,
    ),
    sketch: copies && { bands, raid: copies.raid },
    sampled: isNew && Math.random() * 100 < rules.sample,
  }
}

const asksArticle = ({ readOnly, slowMode, olderThanDays, schedules, closeAfterDays, articles }: Rules) =>
  readOnly ||
  slowMode > 0 ||
  olderThanDays !== null ||
  schedules.length > 0 ||
  closeAfterDays !== null ||
  articles.length > 0

/** As many shown comments of an author as any rule asks for. */
export const mostShown = ({ holdFirst, links }: Rules): number => Math.max(holdFirst, links.newAuthors)

export const ownRule = (rules: Rules, articleId: string): ArticleRule | null =>
  rules.articles.find(({ article }) => article.toLowerCase() === articleId) ?? null

/** Null where there is no such article: whoever writes it down will say so. */
async function articleOf(db: Database, siteId: string, at: Writing['at']) {
  const id =
    'article' in at
      ? sql<string>`${at.article}::uuid`
      : 'thread' in at
        ? sql<string>`(select article_id from thread where site_id = ${siteId} and id = ${at.thread})`
        : sql<string>`(select article_id from comment where site_id = ${siteId} and id = ${at.comment})`
  const row = await db
    .selectFrom('article')
    .select(['id', 'published_at', 'created_at'])
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { id: row.id, publishedAt: row.published_at ?? row.created_at } : null
}

export const daysSince = (then: Date, now: Date): number => (now.getTime() - then.getTime()) / 86_400_000

async function copiesOf(
  db: Database,
  { siteId, at }: Writing,
  { duplicates }: Rules,
  bands: number[],
): Promise<{ copies: number; raid: number } | null> {
  if (!duplicates || bands.length === 0) return null
  const exceptId = 'comment' in at ? at.comment : null
  return await findCopies(db, siteId, { bands, hours: duplicates.hours, exceptId })
}
