import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isQuick } from './options.ts'
import { describeMachine } from './machine.ts'
import { readKept, writeReport } from './report.ts'
import { onPostgres } from './served.ts'
import { printRows } from './table.ts'

/**
 * In the order of the table. What is learnt is left to `bench:learning`, which fetches 108 MB of mails, and half an hour of everything at
 * once to `bench:soak`.
 */
const all = ['weights', 'page', 'serving', 'posting', 'live', 'growth', 'decide', 'console', 'importing']
const peers = process.argv.includes('--peers') ? ['peers'] : []
const kept = fileURLToPath(new URL('results.json', import.meta.url))

/** All benchmarks, one after another, and one table of what they say. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'postil-bench-'))
  const results = join(folder, 'results.json')
  process.env['BENCH_RESULTS'] = results
  try {
    if (isQuick) await writeFile(results, '{}\n')
    else await copyFile(kept, results)
    const names = [...all, ...peers]
    let machine = ''
    await onPostgres(false, async (url) => {
      machine = await describeMachine(url)
      if (isQuick) await runTogether(names, url)
    })
    if (!isQuick) for (const name of names) await runAlone(name)
    await tell(results, names, machine)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Each in a process of its own, which nothing else has warmed up or filled. */
async function runAlone(name: string): Promise<void> {
  console.log(`\n── ${name}`)
  const command = fileURLToPath(new URL('../server/cli/bench.mjs', import.meta.url))
  const child = spawn(process.execPath, [command, name], { stdio: 'inherit' })
  const ended: unknown[] = await once(child, 'exit')
  const code = ended[0]
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`)
}

/** All in this process and on one PostgreSQL: to start those takes longer than small sizes do. */
async function runTogether(names: readonly string[], url: string): Promise<void> {
  process.env['BENCH_POSTGRES'] = url
  for (const name of names) {
    console.log(`\n── ${name}`)
    await import(new URL(`${name}/measure.ts`, import.meta.url).href)
  }
}

async function tell(results: string, names: readonly string[], machine: string): Promise<void> {
  const measured = await readKept(results)
  // With the soak as it was last made.
  const rows = [...names, 'soak'].flatMap((name) => measured[name]?.rows ?? [])
  console.log(`\n${machine}\n\n${printRows(rows)}`)
  if (isQuick) return console.log('\nquick: figures mean nothing')
  await copyFile(results, kept)
  await writeReport(measured, machine, rows)
  const missed = rows.filter(({ passes }) => passes === false)
  console.log(
    missed.length === 0 ? '\nAll within their limits.' : `\n${missed.length} not within their limits.`,
  )
}

await main()
