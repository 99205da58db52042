import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isQuick } from './options.ts'
import type { Row } from './rows.ts'
import { printRows } from './table.ts'

const file = fileURLToPath(new URL('results.json', import.meta.url))

/**
 * Keeps what a benchmark measured in `results.json`, in place of what it measured before.
 * @param more of the machine, beside what it is
 */
export async function keepResults(name: string, measured: object, more: object = {}): Promise<void> {
  // Where `npm run bench` wants it, which settles then what is kept; what means nothing is not.
  const wanted = process.env['BENCH_RESULTS']
  if (isQuick && wanted === undefined) return
  const results = wanted ?? file
  const kept: unknown = JSON.parse(await readFile(results, 'utf8'))
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node, ...more }
  await writeFile(
    results,
    `${JSON.stringify({ ...Object(kept), [name]: { machine, ...measured } }, null, 2)}\n`,
  )
}

/** Prints rows of the table and keeps them, with what else was measured. */
export async function keepRows(name: string, rows: Row[], more: object = {}): Promise<void> {
  console.log(printRows(rows))
  await keepResults(name, { rows, ...more }, { load: tenth(loadavg()[0] ?? 0) })
}

/** To one decimal. */
export const tenth = (value: number): number => Math.round(value * 10) / 10

/** @returns what gives the time below which a part of these are, to one decimal: 0.5 is the median, 1 the longest */
export function quantilesOf(times: number[]): (part: number) => number {
  const ordered = times.toSorted((a, b) => a - b)
  return (part) => tenth(ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * part))] ?? 0)
}
