import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import type { Plan } from './explain.ts'
import { Size } from './growth/sizes.ts'
import { Row } from './rows.ts'
import { markdownRows, markdownTable } from './table.ts'

const document = fileURLToPath(new URL('../docs/performance.md', import.meta.url))

/** What of the kept results is told in the document. */
const Kept = Type.Object({ rows: Type.Array(Row), sizes: Type.Optional(Type.Array(Size)) })
type Kept = Static<typeof Kept>
const file = Compile(Type.Record(Type.String(), Type.Unknown()))

/** @returns the benchmarks in a file of results that have rows, by their names */
export async function readKept(results: string): Promise<Record<string, Kept>> {
  const all = Object.entries(file.Parse(JSON.parse(await readFile(results, 'utf8'))))
  const kept: Record<string, Kept> = {}
  for (const [name, measured] of all) if (Value.Check(Kept, measured)) kept[name] = measured
  return kept
}

/** Writes the tables of `docs/performance.md` anew, each between its two marks; what stands around them is written by hand. */
export async function writeReport(
  measured: Record<string, Kept>,
  machine: string,
  rows: readonly Row[],
): Promise<void> {
  const sizes = measured['growth']?.sizes ?? []
  const tables: Record<string, string> = {
    machine,
    budgets: markdownRows(rows),
    growth: growthTable(sizes),
    plans: plansOf(sizes),
    findings: findingsIn(sizes),
  }
  let text = await readFile(document, 'utf8')
  for (const [name, table] of Object.entries(tables)) text = between(text, name, table)
  // As the check wants it.
  const style = await resolveConfig(document)
  await writeFile(document, await format(text, { ...style, filepath: document }))
}

/**
 * Puts a text between `<!-- name -->` and `<!-- /name -->`.
 * @throws Error where the marks are not there
 */
export function between(text: string, name: string, put: string): string {
  const marks = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`)
  if (!marks.test(text)) throw new Error(`docs/performance.md has no place for ${name}`)
  return text.replace(marks, (_, start: string, end: string) => `${start}\n${put}\n\n${end}`)
}

const count = (value: number) => value.toLocaleString('en')

function growthTable(sizes: readonly Size[]): string {
  const names = sizes[0]?.operations.map(({ name }) => name) ?? []
  return markdownTable(
    ['milliseconds, p50 (p95)', ...sizes.map(({ comments }) => `${count(comments)} comments`)],
    names.map((name, nth) => [
      name,
      ...sizes.map(({ operations }) => `${operations[nth]?.p50} (${operations[nth]?.p95})`),
    ]),
  )
}

/** Of each operation its statements on the largest size, beside how many blocks they looked at on the smallest. */
function plansOf(sizes: readonly Size[]): string {
  const [small, large] = [sizes[0], sizes.at(-1)]
  if (!small || !large) return ''
  const head = ['statement', 'ms', `blocks of 8 kB (at ${count(small.comments)})`, 'read, and how many rows']
  return large.operations
    .map(({ name, plans }, nth) => {
      const before = small.operations[nth]?.plans ?? []
      const lines = plans.map((plan, at) => {
        const same = before.find((one) => one.statement === plan.statement)
        return [
          short(plan, at),
          String(plan.milliseconds),
          `${count(plan.blocks)} (${same?.blocks ?? '–'})`,
          plan.reads.join(', '),
        ]
      })
      return `### ${name[0]?.toUpperCase()}${name.slice(1)}\n\n${markdownTable(head, lines)}`
    })
    .join('\n\n')
}

/** What a statement does to which tables. */
function short({ statement }: Plan, at: number): string {
  const verbs = [...statement.matchAll(/\b(insert|update|delete)\b(?! of|s)/gi)].map(([verb]) =>
    verb.toLowerCase(),
  )
  const tables = [...statement.matchAll(/\b(?:from|into|update|join)\s+"?([a-z_]+)"?/gi)].map(
    ([, table = '']) => table,
  )
  const known = [...new Set(tables)].filter((table) => !/^(?:select|unnest|lateral|set)$/.test(table))
  return `${at + 1}. ${[...new Set(verbs)].join(', ') || 'select'}: ${known.join(', ')}`
}

function findingsIn(sizes: readonly Size[]): string {
  const found = (sizes.at(-1)?.operations ?? []).flatMap(({ name, plans }) =>
    plans.flatMap((plan, at) => plan.scanned.map((table) => `- ${name}, statement ${at + 1}: ${table}`)),
  )
  return found.length > 0 ? found.join('\n') : 'None.'
}
