import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../shared/corpus/hostile/', import.meta.url))

/** Whether the hostile corpus lies beside the checkout; says so where it does not. */
export const hasCorpus = existsSync(folder)
if (!hasCorpus) console.log('Skipped: the hostile corpus (../shared/corpus/hostile) is not here.')

/** The values of a file of one JSON value a line. */
export function jsonLines(name: string): Record<string, unknown>[] {
  if (!hasCorpus) return []
  const lines = readFileSync(folder + name, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => record(JSON.parse(line)))
}

/** The naughty strings. */
export function naughtyStrings(): string[] {
  if (!hasCorpus) return []
  const all: unknown = JSON.parse(readFileSync(`${folder}naughty-strings.json`, 'utf8'))
  return Array.isArray(all) ? all.map(String) : []
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('a line of the corpus is not an object')
  return { ...value }
}
