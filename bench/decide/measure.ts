import { sql } from 'kysely'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import type { Database } from '../../server/database/connect.ts'
import { listCases } from '../../server/moderation/list.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { bareCommits } from '../bare-commits.ts'
import { explaining } from '../explain.ts'
import { sized } from '../options.ts'
import { keepRows, quantilesOf, tenth } from '../results.ts'
import { row } from '../rows.ts'
import { served } from '../served.ts'
import { moderateApart, type Tally } from './client.ts'
import { fillQueue } from './fill.ts'

const moderators = 8
const wanted = sized(5_000, 40)
/** Of one moderator alone, and of rows that are only written. */
const fewer = sized(500, 20)
/** Milliseconds between two decisions of one moderator: four a second, several times as fast as a person reads. */
const think = sized(250, 20)
const open = sized(10_000, 300)
const decided = sized(100_000, 300)

/** Many moderators on one hot queue: whether a decision is lost or doubled, and how long one takes. */
async function main(): Promise<void> {
  // Durable, since a decision is not made until it is written.
  await served({ durable: true, connections: 20 }, async ({ db, databaseUrl, site, origin }) => {
    await fillQueue(db, site.id, { open, decided })
    const plans = await explainQueue(databaseUrl, site.id)
    const emails = await hire(db, site.id)
    const measure = async (some: string[], decisions: number) => {
      const told = { origin, emails: some, wanted: decisions, think }
      return await measured(db, databaseUrl, site.id, moderateApart(told))
    }
    const bare = spread(await bareCommits(databaseUrl, 0, (done) => done < fewer))
    const alone = await measure(emails.slice(0, 1), fewer)
    const together = await measure(emails, wanted)
    const all = { moderators, think, open, decided, bare, one: alone, ...together, plans }
    console.dir({ ...all, plans: plans.length }, { depth: null })
    const { lost, double, unaudited, milliseconds, beside } = together
    const none = { is: '≤', value: 0 } as const
    const rows = [
      row('decisions lost, doubled or not audited', {
        ...{ unit: `of ${together.decisions}`, ours: lost + double + unaudited, limit: none },
      }),
      row('deciding, eight moderators on one queue, p50', {
        ...{ unit: 'ms', bare: beside.p50, ours: milliseconds.p50 },
      }),
      row('deciding, eight moderators on one queue, p95', {
        ...{ unit: 'ms', bare: beside.p95, ours: milliseconds.p95 },
        limit: { is: '≤', value: 25 },
      }),
    ]
    await keepRows('decide', rows, all)
  })
}

/** The statements of a queue's first page. */
async function explainQueue(url: string, siteId: string) {
  return await explaining(url, async (db) => {
    const viewer = { id: siteId, name: 'Mo', role: 'moderator', sections: null } as const
    const wanted = { queue: 'all', filter: {} } as const
    await listCases(db, siteId, viewer, wanted, { after: undefined, limit: 20 })
  })
}

async function hire(db: Database, siteId: string): Promise<string[]> {
  const emails = Array.from({ length: moderators }, (_, nth) => `m${nth}@desk.example`)
  for (const email of emails) {
    const id = await createAccount(db, { email, name: email, password: 'margin-notes' })
    await setRole(db, siteId, id, 'moderator')
  }
  return emails
}

/** What became of the decisions, and how long they took beside rows that were only written at the same time. */
async function measured(db: Database, url: string, siteId: string, working: Promise<Tally>) {
  let isOver = false
  const over = working.finally(() => (isOver = true))
  // Should it fail, that is told once the last row is written.
  over.catch(() => undefined)
  const commits = await bareCommits(url, think, () => !isOver)
  const tally = await over
  const [milliseconds, beside] = [spread(tally.times), spread(commits)]
  return {
    ...(await check(db, siteId, tally)),
    milliseconds,
    /** Rows that were only written, meanwhile. */
    beside,
    toBeside: { p50: tenth(milliseconds.p50 / beside.p50), p95: tenth(milliseconds.p95 / beside.p95) },
    perSecond: Math.round(tally.made.length / tally.seconds),
  }
}

function spread(times: number[]) {
  const at = quantilesOf(times)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** What was answered as decided, against what the database and the audit log have of it. */
async function check(db: Database, siteId: string, { made, since, conflicts }: Tally) {
  const { rows } = await sql<{ id: string; case_id: string; audited: boolean }>`
    select decision.id, decision.case_id, exists (
      select from audit where audit.site_id = decision.site_id and audit.subject ->> 'decision' = decision.id::text
    ) as audited
    from decision where site_id = ${siteId} and created_at >= ${new Date(since)}
  `.execute(db)
  const kept = new Set(rows.map(({ id }) => id))
  const cases = new Set(rows.map(({ case_id }) => case_id))
  const audit = await verifyAudit(db, siteId)
  const log = await verifyLog(db, siteId)
  return {
    decisions: made.length,
    conflicts,
    lost: made.filter((id) => !kept.has(id)).length,
    double: rows.length - cases.size,
    unanswered: rows.length - new Set(made).size,
    unaudited: rows.filter(({ audited }) => !audited).length,
    audit: audit.broken === null ? `${audit.rows} rows, whole` : `broken at ${audit.broken}`,
    log: log.faults.length === 0 ? 'whole' : log.faults.join('; '),
  }
}

await main()
