import { sql } from 'kysely'
import type { RuleHistory, Rules, RuleSet, WaitingRules } from '../../../core/contract/rules.ts'
import type { Database } from '../../database/connect.ts'
import { ProblemError } from '../../http/problem.ts'
import { toNumberCursor } from '../../http/page.ts'
import type { Actor } from '../../people/index.ts'
import { may } from '../../permissions.ts'
import { WordList } from '../screen/list.ts'
import { faultsInHours } from './schedules.ts'

/** What holds on a site where nobody has said anything else: a first comment is looked at. */
export const noRules: Rules = {
  holdFirst: 1,
  words: [],
  links: { most: null, newAuthors: 0 },
  rate: null,
  olderThanDays: null,
  duplicates: null,
  sample: 0,
  slowMode: 0,
  readOnly: false,
  timeZone: 'UTC',
  schedules: [],
  closeAfterDays: null,
  retentionDays: { withdrawn: 30, rejected: 190 },
  articles: [],
  twoPeople: false,
}

const noHours = { schedules: [], closeAfterDays: null }

/** What was kept before there were all of today's rules asks nothing of what it does not know. */
const complete = (kept: Partial<Rules> = {}): Rules => ({
  ...noRules,
  ...kept,
  articles: (kept.articles ?? []).map((one) => ({ ...noHours, ...one })),
})

/** The rules that hold on a site, with their words ready to be looked for. */
export interface ActiveRules {
  version: number
  rules: Rules
  list: WordList
}

/** By site and version, the one used last at the end. A version never changes, so what is here is never old. */
const kept = new Map<string, Promise<ActiveRules>>()
const mostKept = 50

/** The rules that hold on a site now: one look at an index, and on the first comment after a change, the rules too. */
export async function activeRules(db: Database, siteId: string): Promise<ActiveRules> {
  return await rulesAt(db, siteId, await newestVersion(db, siteId))
}

/** One version of a site's rules, read once. */
export async function rulesAt(db: Database, siteId: string, version: number): Promise<ActiveRules> {
  const key = `${siteId} ${version}`
  const found = kept.get(key) ?? readActive(db, siteId, version)
  kept.delete(key)
  kept.set(key, found)
  for (const [old] of kept) if (kept.size > mostKept) kept.delete(old)
  try {
    return await found
  } catch (error) {
    kept.delete(key)
    throw error
  }
}

async function readActive(db: Database, siteId: string, version: number): Promise<ActiveRules> {
  const row = await db
    .selectFrom('rule_set')
    .select('rules')
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .executeTakeFirst()
  const rules = complete(row?.rules)
  return { version, rules, list: (await WordList.read(rules.words)).list }
}

/** The version that holds: what waits for a second person, or was dropped, does not. */
async function newestVersion(db: Database, siteId: string): Promise<number> {
  const newest = await db
    .selectFrom('rule_set')
    .select('version')
    .where('site_id', '=', siteId)
    // Written out, so that a prepared statement finds the index of these too.
    .where('state', '=', sql.lit('confirmed'))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.version ?? 0
}

/**
 * One version of a site's rules, and the change that waits for a second person.
 * @param viewer who may confirm or drop it, or not
 * @param version the one that holds where it is not given
 * @throws ProblemError `not-found`
 */
export async function readRules(
  db: Database,
  siteId: string,
  viewer: Actor,
  version?: number,
): Promise<RuleSet> {
  const row = await db
    .selectFrom('rule_set')
    .leftJoin('account', 'account.id', 'rule_set.made_by')
    .select(['rule_set.version', 'rule_set.rules', 'rule_set.created_at', 'rule_set.state', 'account.name'])
    .where('rule_set.site_id', '=', siteId)
    .where((eb) =>
      version === undefined ? eb('rule_set.state', '=', 'confirmed') : eb('rule_set.version', '=', version),
    )
    .orderBy('rule_set.version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row && version !== undefined)
    throw new ProblemError('not-found', `The rules of this site have no version ${version}.`)
  const rules = complete(row?.rules)
  return {
    version: row?.version ?? 0,
    state: row?.state ?? 'confirmed',
    rules,
    by: row?.name ?? null,
    at: row?.created_at.toISOString() ?? null,
    waiting: await readWaiting(db, siteId, viewer),
    titles: await titlesIn(db, siteId, rules),
  }
}

async function readWaiting(db: Database, siteId: string, viewer: Actor): Promise<WaitingRules | null> {
  const change = await db
    .selectFrom('rule_set')
    .leftJoin('account', 'account.id', 'rule_set.made_by')
    .select(['rule_set.version', 'rule_set.created_at', 'rule_set.made_by', 'account.name'])
    .where('rule_set.site_id', '=', siteId)
    .where('rule_set.state', '=', 'waiting')
    .executeTakeFirst()
  if (!change) return null
  return {
    version: change.version,
    by: change.name,
    at: change.created_at.toISOString(),
    can: { confirm: may.confirmRules(viewer, change), drop: may.dropRules(viewer) },
  }
}

async function titlesIn(db: Database, siteId: string, { articles }: Rules): Promise<RuleSet['titles']> {
  if (articles.length === 0) return []
  return await db
    .selectFrom('article')
    .select(['id as article', 'title'])
    .where('site_id', '=', siteId)
    .where(
      'id',
      'in',
      articles.map(({ article }) => article),
    )
    .execute()
}

const mostFaults = 10

/**
 * Reads the word list of rules that somebody wants to use.
 * @throws ProblemError `invalid-field` naming lines that cannot be used, articles that the site does not have, and
 *   schedules that cannot be
 */
export async function requireRules(db: Database, siteId: string, rules: Rules): Promise<WordList> {
  const { list, faults } = await WordList.read(rules.words)
  const errors = faults.map(({ line, detail }) => ({
    field: `rules.words.${line}`,
    detail: `“${(rules.words[line] ?? '').slice(0, 60)}” ${detail}`,
  }))
  const there = new Set((await titlesIn(db, siteId, rules)).map(({ article }) => article))
  for (const [at, { article }] of rules.articles.entries())
    if (!there.has(article.toLowerCase()))
      errors.push({ field: `rules.articles.${at}.article`, detail: 'is no article of this site' })
  errors.push(...faultsInHours(rules))
  const first = errors[0]
  if (!first) return list
  throw new ProblemError('invalid-field', `${first.field}: ${first.detail}`, {
    errors: errors.slice(0, mostFaults),
  })
}

/** A page of the versions of a site's rules, newest first. */
export async function listVersions(
  db: Database,
  siteId: string,
  page: { before: number | undefined; limit: number },
): Promise<RuleHistory> {
  const rows = await db
    .selectFrom('rule_set')
    .leftJoin('account', 'account.id', 'rule_set.made_by')
    .leftJoin('account as second', 'second.id', 'rule_set.settled_by')
    .select(['rule_set.version', 'rule_set.created_at', 'rule_set.word_count', 'rule_set.state'])
    .select(['account.name', 'second.name as settled_by'])
    .where('rule_set.site_id', '=', siteId)
    .$if(page.before !== undefined, (query) => query.where('rule_set.version', '<', page.before ?? 0))
    .orderBy('rule_set.version', 'desc')
    .limit(page.limit + 1)
    .execute()
  const versions = rows
    .slice(0, page.limit)
    .map(({ version, created_at, word_count, name, state, settled_by }) => ({
      version,
      by: name,
      at: created_at.toISOString(),
      words: word_count,
      state,
      settledBy: settled_by,
    }))
  const last = versions.at(-1)
  return { versions, next: rows.length > page.limit && last ? toNumberCursor(last.version) : null }
}
