import { connect } from '../../server/database/connect.ts'
import { createSite } from '../../server/sites/index.ts'
import { fillDiscussion } from '../discussion.ts'
import { explaining } from '../explain.ts'
import { isQuick, sized } from '../options.ts'
import { keepRows, quantilesOf } from '../results.ts'
import { row } from '../rows.ts'
import { onDatabase } from '../served.ts'
import { operationsOn, type Operation } from './operations.ts'
import type { Size } from './sizes.ts'

const sizes = isQuick ? [100, 500] : [100, 10_000, 1_000_000]
const runs = sized(30, 3)
/** Asked so often that statements are prepared, as they are in a server that runs. */
const warm = sized(10, 1)

/** What grows with a discussion: each operation on articles of several sizes, with the plans of its statements. */
async function main(): Promise<void> {
  const measured: Size[] = []
  for (const comments of sizes)
    await onDatabase(false, async (url) => void measured.push(await at(url, comments)))
  const [small, large] = [measured[0], measured.at(-1)]
  const beside = `${large?.comments.toLocaleString('en')} comments beside ${small?.comments}`
  const rows = (large?.operations ?? []).map(({ name, p50 }, nth) =>
    row(`${name}: ${beside}`, {
      ...{ unit: 'ms', bare: small?.operations[nth]?.p50 ?? NaN, ours: p50 },
      ...(nth === 0 && { limit: { is: '≤' as const, value: 2, of: 'bare' as const } }),
    }),
  )
  await keepRows('growth', rows, { sizes: measured })
}

async function at(url: string, comments: number): Promise<Size> {
  const db = connect(url, { connections: 2 })
  try {
    const origin = 'https://paper.example'
    const site = await createSite(db, { slug: 'paper', name: 'Paper', origins: [origin] })
    const began = performance.now()
    const filled = await fillDiscussion(db, site.id, origin, comments)
    console.log(`${comments} comments made in ${Math.round((performance.now() - began) / 1000)} s`)
    const operations: Size['operations'] = []
    for (const one of await operationsOn(db, site, filled)) {
      const times = await timed(() => one.run(db))
      operations.push({ name: one.name, ...times, plans: await plansOf(url, one) })
    }
    return { comments, operations }
  } finally {
    await db.destroy()
  }
}

async function timed(work: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const times: number[] = []
  for (let run = 0; run < warm + runs; run += 1) {
    const began = performance.now()
    await work()
    if (run >= warm) times.push(performance.now() - began)
  }
  const quantile = quantilesOf(times)
  return { p50: quantile(0.5), p95: quantile(0.95) }
}

/** The second time, when what the connection reads once of the catalogue is no longer counted. */
async function plansOf(url: string, operation: Operation) {
  let first = 0
  const plans = await explaining(url, async (db, soFar) => {
    await operation.run(db)
    first = soFar()
    await operation.run(db)
  })
  return plans.slice(first)
}

await main()
