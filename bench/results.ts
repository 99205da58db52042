import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

const results = fileURLToPath(new URL('results.json', import.meta.url))

/**
 * Keeps what a benchmark measured in `results.json`, in place of what it measured before.
 * @param more of the machine, beside what it is
 */
export async function keepResults(name: string, measured: object, more: object = {}): Promise<void> {
  const kept: unknown = JSON.parse(await readFile(results, 'utf8'))
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node, ...more }
  await writeFile(
    results,
    `${JSON.stringify({ ...Object(kept), [name]: { machine, ...measured } }, null, 2)}\n`,
  )
}

/** To one decimal. */
export const tenth = (value: number): number => Math.round(value * 10) / 10

/** @returns what gives the time below which a part of these are, to one decimal: 0.5 is the median, 1 the longest */
export function quantilesOf(times: number[]): (part: number) => number {
  const ordered = times.toSorted((a, b) => a - b)
  return (part) => tenth(ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * part))] ?? 0)
}
