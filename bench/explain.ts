import { Kysely, PostgresDialect } from 'kysely'
import type { PoolClient } from 'pg'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { poolOf, type Database } from '../server/database/connect.ts'
import { preparing } from '../server/database/prepared.ts'
import type { Schema } from '../server/database/schema.ts'
import { tenth } from './results.ts'

/** What PostgreSQL did for one statement. */
export const Plan = Type.Object({
  statement: Type.String(),
  milliseconds: Type.Number(),
  /** Blocks of 8 kB looked at. */
  blocks: Type.Number(),
  /** By which way tables were read, and how many rows that gave. */
  reads: Type.Array(Type.String()),
  /** Tables that were read from end to end, and how many rows that was; short ones are not worth an index. */
  scanned: Type.Array(Type.String()),
})
export type Plan = Static<typeof Plan>

/** Rows from which on reading a table from end to end is a finding. */
const many = 1_000

const Node = Type.Cyclic(
  {
    Node: Type.Object({
      'Node Type': Type.String(),
      'Relation Name': Type.Optional(Type.String()),
      'Index Name': Type.Optional(Type.String()),
      'Actual Rows': Type.Optional(Type.Number()),
      'Actual Loops': Type.Optional(Type.Number()),
      'Rows Removed by Filter': Type.Optional(Type.Number()),
      'Shared Hit Blocks': Type.Optional(Type.Number()),
      'Shared Read Blocks': Type.Optional(Type.Number()),
      'Actual Total Time': Type.Optional(Type.Number()),
      Plans: Type.Optional(Type.Array(Type.Ref('Node'))),
    }),
  },
  'Node',
)
type Node = Static<typeof Node>
const explained = Compile(Type.Object({ 'Query Text': Type.String(), Plan: Node }))

/**
 * Runs what asks the database, and has PostgreSQL explain each statement as it was carried out: `auto_explain` does so
 * for those that write, too.
 * @param work is also given what tells how many statements were explained so far
 * @returns the plans in the order of the statements
 */
export async function explaining(
  url: string,
  work: (db: Database, soFar: () => number) => Promise<unknown>,
): Promise<Plan[]> {
  const plans: Plan[] = []
  const pool = poolOf(url, { connections: 1 })
  pool.on('connect', (client) => listen(client, plans))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  try {
    await work(db, () => plans.length)
  } finally {
    await db.destroy()
  }
  return plans
}

function listen(client: PoolClient, plans: Plan[]): void {
  client.on('notice', ({ message = '' }) => {
    const [, milliseconds, plan] = /^duration: ([\d.]+) ms {2}plan:\n([\s\S]*)$/.exec(message) ?? []
    if (plan !== undefined) plans.push(shortened(Number(milliseconds), plan))
  })
  // Before all else that is asked over the connection.
  void client.query(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0; set auto_explain.log_level = notice; set auto_explain.log_format = json;
    set auto_explain.log_analyze = on; set auto_explain.log_buffers = on; set auto_explain.log_timing = off`)
}

function shortened(milliseconds: number, json: string): Plan {
  const { 'Query Text': text, Plan: root } = explained.Parse(JSON.parse(json))
  const nodes = [...flat(root)]
  return {
    statement: text.replace(/\s+/g, ' ').trim(),
    milliseconds: tenth(milliseconds),
    blocks: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0),
    reads: nodes.flatMap(readBy),
    scanned: nodes
      .filter((node) => node['Node Type'] === 'Seq Scan' && lookedAt(node) >= many)
      .map((node) => `${node['Relation Name']} (${lookedAt(node)} rows)`),
  }
}

function* flat(node: Node): Generator<Node> {
  yield node
  for (const one of node.Plans ?? []) yield* flat(one)
}

function readBy(node: Node): string[] {
  const what = node['Index Name'] ?? node['Relation Name']
  if (what === undefined || !/Scan$/.test(node['Node Type']) || !node['Actual Loops']) return []
  // PostgreSQL 18 gives rows of one loop with their parts.
  const rows = Math.round((node['Actual Rows'] ?? 0) * node['Actual Loops'])
  return [`${node['Node Type'] === 'Seq Scan' ? 'all of ' : ''}${what} ×${rows}`]
}

/** Each time: to read a few rows again and again is the planner's choice, and does not grow. */
const lookedAt = (node: Node): number =>
  Math.round((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0))
