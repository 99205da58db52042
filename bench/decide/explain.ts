import type { CompiledQuery, KyselyPlugin, RootOperationNode } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../../server/database/connect.ts'
import { listCases } from '../../server/moderation/list.ts'

/** What PostgreSQL did for one query. */
interface Plan {
  query: string
  milliseconds: number
  /** Blocks of 8 kB looked at. */
  blocks: number
  /** Tables that were read from end to end. */
  scanned: string
}

/** The queries of a queue's first page, each explained as it was asked. */
export async function explainQueue(db: Database, siteId: string): Promise<Plan[]> {
  const { id, name } = await db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('email', '=', 'mo@demo.example')
    .executeTakeFirstOrThrow()
  const asked: CompiledQuery[] = []
  const watched = db.withPlugin(listener(db, asked))
  const wanted = { queue: 'all', filter: {} } as const
  const viewer = { id, name, role: 'moderator', sections: null } as const
  await listCases(watched, siteId, viewer, wanted, { after: undefined, limit: 20 })
  const plans: Plan[] = []
  for (const one of asked) plans.push(await explain(db, one))
  return plans
}

function listener(db: Database, asked: CompiledQuery[]): KyselyPlugin {
  return {
    transformQuery({ node, queryId }): RootOperationNode {
      asked.push(db.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
}

async function explain(db: Database, { sql: text, parameters }: CompiledQuery): Promise<Plan> {
  const parts = text.split(/\$\d+/)
  const places = [...text.matchAll(/\$(\d+)/g)].map(([, place]) => parameters[Number(place) - 1])
  const query = sql.join(
    parts.map((part, nth) => (nth < places.length ? sql`${sql.raw(part)}${places[nth]}` : sql.raw(part))),
    sql``,
  )
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain (analyze, buffers) ${query}`.execute(db)
  const lines = rows.map((row) => row['QUERY PLAN'])
  const find = (pattern: RegExp) => Number(lines.map((line) => pattern.exec(line)?.[1]).find(Boolean) ?? 0)
  return {
    query: text.replace(/\s+/g, ' ').slice(0, 160),
    milliseconds: find(/Execution Time: ([\d.]+)/),
    blocks: find(/shared hit=(\d+)/),
    scanned: lines.flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? []).join(', '),
  }
}
