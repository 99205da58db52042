import { sql } from 'kysely'
import type { NewRules, RuleDecision, Rules, RuleState } from '../../../core/contract/rules.ts'
import { appendAudit } from '../../audit/index.ts'
import type { Database } from '../../database/connect.ts'
import { signalOf } from '../../database/signals.ts'
import { ProblemError, fieldProblem } from '../../http/problem.ts'
import type { Actor } from '../../people/index.ts'
import { leadRoles, may } from '../../permissions.ts'
import { activeRules, requireRules } from './store.ts'

/**
 * Switches rules on: from the next comment on, they hold. Where the rules want two people, they wait for a second one
 * first; what the command line says holds at once, and drops what waits.
 * @param by null: the command line
 * @throws ProblemError `conflict` where the version they were made from no longer holds, or a change waits;
 *   `invalid-field` naming the lines that cannot be used, or where too few lead the site for two people to be wanted
 */
export async function setRules(
  db: Database,
  siteId: string,
  by: string | null,
  { version, rules }: NewRules,
): Promise<void> {
  await requireRules(db, siteId, rules)
  await db.transaction().execute(async (tx) => {
    if (by === null) await dropWaiting(tx, siteId)
    const { last, newest, waiting } = await versionsOf(tx, siteId)
    if (waiting !== null)
      throw new ProblemError(
        'conflict',
        'A change of the rules waits for a second person. Confirm or drop it first; yours is not kept.',
      )
    // Where others hold by now than when the versions were read, the next number is taken, and nothing is kept.
    const { rules: now } = await activeRules(tx, siteId)
    if (rules.twoPeople && !now.twoPeople) await requireTwo(tx, siteId)
    const state = by !== null && now.twoPeople ? 'waiting' : 'confirmed'
    if (newest !== version || !(await keep(tx, siteId, by, last + 1, rules, state)))
      throw new ProblemError(
        'conflict',
        'Somebody has changed the rules since you read them. Yours are not switched on; read theirs first.',
      )
    const action = state === 'waiting' ? 'propose rules' : 'rules'
    await tx.selectNoFrom(signalOf('rules', siteId).as('told')).execute()
    await appendAudit(tx, { siteId, actorId: by, action, subject: { version: last + 1 } })
  })
}

/** The last version there is, the one that holds (0: none), and the one that waits: all as they are at one time. */
async function versionsOf(tx: Database, siteId: string) {
  const last = (state?: RuleState) =>
    tx
      .selectFrom('rule_set')
      .select('version')
      .where('site_id', '=', siteId)
      .$if(state !== undefined, (query) => query.where('state', '=', sql.lit(state ?? 'confirmed')))
      .orderBy('version', 'desc')
      .limit(1)
  const found = await tx
    .selectNoFrom([last().as('last'), last('confirmed').as('newest'), last('waiting').as('waiting')])
    .executeTakeFirstOrThrow()
  return { last: found.last ?? 0, newest: found.newest ?? 0, waiting: found.waiting }
}

/** Of two at once, one is first. */
async function keep(
  tx: Database,
  siteId: string,
  by: string | null,
  version: number,
  rules: Rules,
  state: RuleState,
): Promise<boolean> {
  const rows = await tx
    .insertInto('rule_set')
    .values({
      site_id: siteId,
      version,
      rules: JSON.stringify(rules),
      word_count: rules.words.filter((word) => word.trim() !== '').length,
      made_by: by,
      state,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .execute()
  return rows.length > 0
}

/** @throws ProblemError `invalid-field` where fewer than two could confirm what the other one does */
async function requireTwo(tx: Database, siteId: string): Promise<void> {
  const some = await tx
    .selectFrom('membership')
    .select('account_id')
    .where('site_id', '=', siteId)
    .where('role', 'in', leadRoles)
    .limit(2)
    .execute()
  if (some.length < 2)
    throw fieldProblem('rules.twoPeople', 'needs a second person who leads the moderation of this site')
}

async function dropWaiting(tx: Database, siteId: string): Promise<void> {
  const dropped = await tx
    .updateTable('rule_set')
    .set({ state: 'dropped', settled_at: new Date() })
    .where('site_id', '=', siteId)
    .where('state', '=', 'waiting')
    .returning('version')
    .execute()
  for (const { version } of dropped)
    await appendAudit(tx, { siteId, actorId: null, action: 'drop rules', subject: { version } })
}

/**
 * Confirms a change of the rules that waits for a second person, so that it holds, or drops it.
 * @throws ProblemError `not-found`; `conflict` where it no longer waits; `not-allowed` where it is the actor's own to
 *   confirm
 */
export async function settleRules(
  db: Database,
  siteId: string,
  version: number,
  actor: Actor,
  decision: RuleDecision,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const change = await tx
      .selectFrom('rule_set')
      .select(['state', 'made_by'])
      .where('site_id', '=', siteId)
      .where('version', '=', version)
      .forUpdate()
      .executeTakeFirst()
    if (!change) throw new ProblemError('not-found', `The rules of this site have no version ${version}.`)
    if (change.state !== 'waiting')
      throw new ProblemError(
        'conflict',
        `Version ${version} no longer waits: it was ${change.state} meanwhile.`,
      )
    const isTheirs = decision === 'confirm' ? may.confirmRules(actor, change) : may.dropRules(actor)
    if (!isTheirs)
      throw new ProblemError(
        'not-allowed',
        'You made this change. Somebody else confirms it; you can drop it.',
      )
    await tx
      .updateTable('rule_set')
      .set({
        state: decision === 'confirm' ? 'confirmed' : 'dropped',
        settled_by: actor.id,
        settled_at: new Date(),
      })
      .where('site_id', '=', siteId)
      .where('version', '=', version)
      .returning(signalOf('rules', siteId).as('told'))
      .execute()
    await appendAudit(tx, { siteId, actorId: actor.id, action: `${decision} rules`, subject: { version } })
  })
}
