import type { HoursPeriod } from '../../../core/contract/hours.ts'
import type { Rules, RuleTrial } from '../../../core/contract/rules.ts'
import { periodsFrom } from '../../../core/moderation/hours.ts'
import type { Database } from '../../database/connect.ts'
import { ownRule } from './examine.ts'
import { activeRules } from './store.ts'

/** An article, and when it came out; where that is not known, when it came here. */
interface DatedArticle {
  id: string
  publishedAt: Date
}

/**
 * Whether one may write on an article, now and later.
 * @param article null: one that the site does not know yet
 */
export async function hoursOf(
  db: Database,
  siteId: string,
  article: DatedArticle | null,
): Promise<HoursPeriod[]> {
  const { rules } = await activeRules(db, siteId)
  return hoursBy(rules, article)
}

/** What was reckoned last of each article: by the rules that hold, which stay the same object as long as they do. */
const kept = new WeakMap<Rules, Map<string, HoursPeriod[]>>()
const mostKept = 10_000

/** Many schedules take milliseconds to reckon, and an article is read often: what holds is kept until something else does. */
function hoursBy(rules: Rules, article: DatedArticle | null): HoursPeriod[] {
  const now = Date.now()
  const articles = kept.get(rules) ?? new Map<string, HoursPeriod[]>()
  kept.set(rules, articles)
  const publishedAt = article && article.publishedAt.getTime()
  const key = `${article?.id ?? ''} ${publishedAt ?? ''}`
  const [first, ...rest] = articles.get(key) ?? []
  // The first of them begins now.
  if (first && Date.parse(rest[0]?.from ?? '') > now)
    return [{ ...first, from: new Date(now).toISOString() }, ...rest]
  const own = article && ownRule(rules, article.id)
  const periods = periodsFrom({ rules, own, publishedAt }, now)
  if (articles.size >= mostKept) articles.clear()
  articles.set(key, periods)
  return periods
}

/** The same for many articles at once: two queries. */
export async function hoursOfAll(
  db: Database,
  siteId: string,
  articleIds: string[],
): Promise<{ article: string; periods: HoursPeriod[] }[]> {
  const { rules } = await activeRules(db, siteId)
  return await hoursByAll(db, siteId, rules, articleIds)
}

async function hoursByAll(db: Database, siteId: string, rules: Rules, articleIds: string[]) {
  if (articleIds.length === 0) return []
  const rows = await db
    .selectFrom('article')
    .select(['id', 'published_at', 'created_at'])
    .where('site_id', '=', siteId)
    .where('id', 'in', articleIds)
    .orderBy('id')
    .execute()
  return rows.map(({ id, published_at, created_at }) => ({
    article: id,
    periods: hoursBy(rules, { id, publishedAt: published_at ?? created_at }),
  }))
}

/** When comments would be open if these rules held: on the site, and on the articles in them. */
export async function tryHours(db: Database, siteId: string, rules: Rules): Promise<RuleTrial['hours']> {
  const ids = rules.articles.map(({ article }) => article)
  return { periods: hoursBy(rules, null), articles: await hoursByAll(db, siteId, rules, ids) }
}
