import { sql } from 'kysely'
import type { Action, RejectReason, SanctionKind } from '../../core/contract/moderation.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'
import type { Transparency } from '../../core/contract/transparency.ts'
import type { Database } from '../database/connect.ts'
import { firstIdAt } from '../database/ids.ts'
import { fieldProblem } from '../http/problem.ts'
import { holding } from './screen/holding.ts'

const day = 24 * 3600_000
const mostDays = 366

/** A site, and the ids that were made in a time. */
interface Span {
  siteId: string
  first: string
  end: string
}

/**
 * What was moderated on a site in a time: six queries, each over one index.
 * @throws ProblemError `invalid-field` where the time has no days, or more than a year's
 */
export async function readTransparency(
  db: Database,
  siteId: string,
  { from, to }: { from: string; to: string },
): Promise<Transparency> {
  const [start, stop] = [instantOf('from', from), instantOf('to', to)]
  if (stop <= start) throw fieldProblem('to', 'is not after `from`')
  if (stop - start > mostDays * day) throw fieldProblem('to', 'is more than a year after `from`')
  const span = { siteId, first: firstIdAt(start), end: firstIdAt(stop) }
  const byCategory = await countReports(db, span)
  const cases = await countCases(db, span)
  const decided = await countDecisions(db, span)
  const total = (rows: { count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0)
  const byAction = group(decided, ({ action }) => action).map(([action, counts]) => ({ action, ...counts }))
  const none = { cases: 0, casesDecided: 0, medianMinutes: null }
  return {
    from,
    to,
    notices: { total: total(byCategory), byCategory, ...(cases.get('reported') ?? none) },
    ownInitiative: { ...(cases.get('held') ?? none), bySignal: await countSignals(db, span) },
    decisions: {
      total: total(decided),
      automated: 0,
      undone: decided.reduce((sum, { undone }) => sum + undone, 0),
      byAction,
      restrictionsByReason: group(
        // What is only proposed restricts nobody.
        decided.filter(({ action }) => action !== 'reverse' && action !== 'propose_ban'),
        ({ reason }) => reason,
      ).flatMap(([reason, counts]) => (reason === null ? [] : { reason, ...counts })),
    },
    suspensions: await countSanctions(db, span),
    complaints: await countAppeals(db, span),
    disputes: null,
  }
}

function instantOf(field: string, text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`)
  // The 31st of a month that has none is another day to JavaScript.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text)) throw fieldProblem(field, 'is no day')
  return at
}

async function countReports(db: Database, { siteId, first, end }: Span) {
  const { rows } = await sql<{ category: ReportCategory; count: number }>`
    select category, count(*) from report
    where site_id = ${siteId} and id >= ${first} and id < ${end} group by category order by category
  `.execute(db)
  return rows
}

/** Cases that were opened in the time, by what opened them. */
async function countCases(db: Database, { siteId, first, end }: Span) {
  const { rows } = await sql<{
    cause: 'held' | 'reported'
    cases: number
    decided: number
    seconds: number | null
  }>`
    select cause, count(*) as cases, count(*) filter (where status = 'decided') as decided,
      percentile_cont(0.5) within group (order by extract(epoch from closed_at - opened_at)::float8)
        filter (where status = 'decided') as seconds
    from moderation_case
    where site_id = ${siteId} and id >= ${first} and id < ${end} group by cause
  `.execute(db)
  return new Map(
    rows.map(({ cause, cases, decided, seconds }) => [
      cause,
      { cases, casesDecided: decided, medianMinutes: seconds === null ? null : Math.round(seconds / 6) / 10 },
    ]),
  )
}

/** By which signals comments were held; one that had several is counted under each. */
async function countSignals(db: Database, { siteId, first, end }: Span) {
  const { rows } = await sql<{ signal: string; count: number }>`
    select kind as signal, count(*) from moderation_case as one
    join comment_revision as revision
      on revision.site_id = one.site_id and revision.comment_id = one.comment_id and revision.number = one.revision
    cross join lateral (
      select distinct signal ->> 'kind' as kind from jsonb_path_query(revision.signals, ${holding}) as signal
    ) as found
    where one.site_id = ${siteId} and one.id >= ${first} and one.id < ${end} and one.cause = 'held'
    group by kind order by kind
  `.execute(db)
  return rows
}

type Decided = { action: Action; reason: RejectReason | null; count: number; undone: number }

async function countDecisions(db: Database, { siteId, first, end }: Span): Promise<Decided[]> {
  const { rows } = await sql<Decided>`
    select decision.action, decision.reason, count(*), count(back.id) as undone from decision
    left join decision as back on back.site_id = decision.site_id and back.reverses = decision.id
      -- Said twice, so that of the index over what was undone only this time is read.
      and back.reverses >= ${first} and back.reverses < ${end}
    where decision.site_id = ${siteId} and decision.id >= ${first} and decision.id < ${end}
    group by decision.action, decision.reason order by decision.action, decision.reason
  `.execute(db)
  return rows
}

async function countSanctions(db: Database, { siteId, first, end }: Span) {
  const { rows } = await sql<{ kind: SanctionKind; count: number; lifted: number }>`
    select kind, count(*), count(lifted_at) as lifted from sanction
    where site_id = ${siteId} and id >= ${first} and id < ${end} group by kind order by kind
  `.execute(db)
  return rows
}

/** Appeals that were made in the time, by what has become of them since. */
async function countAppeals(db: Database, { siteId, first, end }: Span): Promise<Transparency['complaints']> {
  const { rows } = await sql<Omit<Transparency['complaints'], 'medianHours'> & { seconds: number | null }>`
    select count(*) as received, count(*) filter (where status = 'upheld') as upheld,
      count(*) filter (where status = 'dismissed') as dismissed, count(*) filter (where status = 'open') as open,
      percentile_cont(0.5) within group (order by extract(epoch from decided_at - created_at)::float8)
        filter (where decided_at is not null) as seconds
    from appeal where site_id = ${siteId} and id >= ${first} and id < ${end}
  `.execute(db)
  const { seconds, ...counts } = rows[0] ?? { received: 0, upheld: 0, dismissed: 0, open: 0, seconds: null }
  return { ...counts, medianHours: seconds === null ? null : Math.round(seconds / 360) / 10 }
}

function group<K>(rows: Decided[], by: (row: Decided) => K): [K, { count: number; undone: number }][] {
  const groups = new Map<K, { count: number; undone: number }>()
  for (const row of rows) {
    const { count, undone } = groups.get(by(row)) ?? { count: 0, undone: 0 }
    groups.set(by(row), { count: count + row.count, undone: undone + row.undone })
  }
  return [...groups]
}

/** The numbers of a report as CSV (RFC 4180): what it is of, of which kind, and how much. Every value is a word or a number. */
export function toCsv(report: Transparency): string {
  const { notices, ownInitiative, decisions, suspensions, complaints } = report
  const rows: (string | number | null)[][] = [
    ['section', 'measure', 'kind', 'value'],
    ['period', 'from', '', report.from],
    ['period', 'to', '', report.to],
    ['notices', 'total', '', notices.total],
    ...notices.byCategory.map(({ category, count }) => ['notices', 'count', category, count]),
    ['notices', 'cases', '', notices.cases],
    ['notices', 'casesDecided', '', notices.casesDecided],
    ['notices', 'medianMinutes', '', notices.medianMinutes],
    ['ownInitiative', 'cases', '', ownInitiative.cases],
    ['ownInitiative', 'casesDecided', '', ownInitiative.casesDecided],
    ['ownInitiative', 'medianMinutes', '', ownInitiative.medianMinutes],
    ...ownInitiative.bySignal.map(({ signal, count }) => ['ownInitiative', 'count', signal, count]),
    ['decisions', 'total', '', decisions.total],
    ['decisions', 'automated', '', decisions.automated],
    ['decisions', 'undone', '', decisions.undone],
    ...decisions.byAction.map(({ action, count }) => ['decisions', 'count', action, count]),
    ...decisions.restrictionsByReason.map(({ reason, count }) => ['restrictions', 'count', reason, count]),
    ...suspensions.map(({ kind, count }) => ['suspensions', 'count', kind, count]),
    ...suspensions.map(({ kind, lifted }) => ['suspensions', 'lifted', kind, lifted]),
    ...Object.entries(complaints).map(([measure, value]) => ['complaints', measure, '', value]),
  ]
  return rows.map((row) => `${row.map((value) => value ?? '').join(',')}\r\n`).join('')
}
