import type { NewRules, RuleHistory, Rules, RuleSet } from '../../../core/contract/rules.ts'
import { appendAudit } from '../../audit/index.ts'
import type { Database } from '../../database/connect.ts'
import { ProblemError } from '../../http/problem.ts'
import { toNumberCursor } from '../../http/page.ts'
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
  articles: [],
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
  rules: Rules
  list: WordList
}

/** By site and version, the one used last at the end. A version never changes, so what is here is never old. */
const kept = new Map<string, Promise<ActiveRules>>()
const mostKept = 50

/** The rules that hold on a site now: one look at an index, and on the first comment after a change, the rules too. */
export async function activeRules(db: Database, siteId: string): Promise<ActiveRules> {
  const version = await newestVersion(db, siteId)
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
  return { rules, list: (await WordList.read(rules.words)).list }
}

async function newestVersion(db: Database, siteId: string): Promise<number> {
  const newest = await db
    .selectFrom('rule_set')
    .select('version')
    .where('site_id', '=', siteId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.version ?? 0
}

/**
 * One version of a site's rules.
 * @param version the newest where it is not given
 * @throws ProblemError `not-found`
 */
export async function readRules(db: Database, siteId: string, version?: number): Promise<RuleSet> {
  const row = await db
    .selectFrom('rule_set')
    .leftJoin('account', 'account.id', 'rule_set.made_by')
    .select(['rule_set.version', 'rule_set.rules', 'rule_set.created_at', 'account.name'])
    .where('rule_set.site_id', '=', siteId)
    .$if(version !== undefined, (query) => query.where('rule_set.version', '=', version ?? 0))
    .orderBy('rule_set.version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row && version !== undefined)
    throw new ProblemError('not-found', `The rules of this site have no version ${version}.`)
  const rules = complete(row?.rules)
  return {
    version: row?.version ?? 0,
    rules,
    by: row?.name ?? null,
    at: row?.created_at.toISOString() ?? null,
    titles: await titlesIn(db, siteId, rules),
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

/**
 * Switches rules on: from the next comment on, they hold.
 * @param by null: the command line
 * @throws ProblemError `conflict` where the version they were made from is no longer the newest; `invalid-field` naming
 *   the lines that cannot be used
 */
export async function setRules(
  db: Database,
  siteId: string,
  by: string | null,
  { version, rules }: NewRules,
): Promise<RuleSet> {
  await requireRules(db, siteId, rules)
  await db.transaction().execute(async (tx) => {
    const isNewest = (await newestVersion(tx, siteId)) === version
    const kept = isNewest && (await keep(tx, siteId, by, version + 1, rules))
    if (!kept) {
      throw new ProblemError(
        'conflict',
        'Somebody has changed the rules since you read them. Yours are not switched on; read theirs first.',
      )
    }
    await appendAudit(tx, { siteId, actorId: by, action: 'rules', subject: { version: version + 1 } })
  })
  return await readRules(db, siteId, version + 1)
}

/** Of two at once, one is first. */
async function keep(
  tx: Database,
  siteId: string,
  by: string | null,
  version: number,
  rules: Rules,
): Promise<boolean> {
  const rows = await tx
    .insertInto('rule_set')
    .values({
      site_id: siteId,
      version,
      rules: JSON.stringify(rules),
      word_count: rules.words.filter((word) => word.trim() !== '').length,
      made_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .execute()
  return rows.length > 0
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
    .select(['rule_set.version', 'rule_set.created_at', 'rule_set.word_count', 'account.name'])
    .where('rule_set.site_id', '=', siteId)
    .$if(page.before !== undefined, (query) => query.where('rule_set.version', '<', page.before ?? 0))
    .orderBy('rule_set.version', 'desc')
    .limit(page.limit + 1)
    .execute()
  const versions = rows.slice(0, page.limit).map(({ version, created_at, word_count, name }) => ({
    version,
    by: name,
    at: created_at.toISOString(),
    words: word_count,
  }))
  const last = versions.at(-1)
  return { versions, next: rows.length > page.limit && last ? toNumberCursor(last.version) : null }
}
