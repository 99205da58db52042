import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A row of the score: percent, as text. */
type Row = Record<'n' | 'exact' | 'iou50' | 'wrong' | 'orphan' | 'score', string | number>
interface Scored {
  table: Record<string, Row>
  speed500: { chars: number; paragraphs: number; ms: number } | null
}
type Mode = 'selectors-only' | 'with-revisions'

const adapter = fileURLToPath(new URL('./adapter.ts', import.meta.url))
const results = fileURLToPath(new URL('../results.json', import.meta.url))
const modes: Mode[] = ['selectors-only', 'with-revisions']
const columns = ['exact', 'iou50', 'wrong', 'orphan', 'score'] as const

/** What must be reached, percent. `wrong` is the most, the others the least. */
const floors: Record<string, Partial<Record<(typeof columns)[number], number>>> = {
  'real selectors-only': { exact: 91, iou50: 96.5, wrong: 0.5, orphan: 90, score: 93 },
  'real with-revisions': { exact: 95, iou50: 98.5, wrong: 0.3, orphan: 94, score: 96.5 },
  'mess selectors-only': { exact: 98, iou50: 99.5, wrong: 0.2, score: 99 },
  'mess with-revisions': { exact: 98, iou50: 99.5, wrong: 0.2, score: 99 },
}

/** Runs the corpora's own score on our module, prints our rows beside those of its README, and keeps the figures. */
async function main(folder: string | undefined): Promise<void> {
  if (!folder || !existsSync(join(folder, 'score.mjs')))
    throw new Error('Name the folder with the corpora and their score.mjs: npm run score:anchoring -- PATH')
  const anchoring: Record<string, unknown> = {}
  let isRight = true
  for (const corpus of ['real', 'mess']) {
    const scored = await score(folder, corpus)
    for (const mode of modes) {
      const name = `${corpus} ${mode}`
      const all = scored[mode].table['all']
      if (!all) throw new Error(`The score of ${name} has no row for all cases.`)
      const missed = columns.filter((column) => isMissed(name, column, Number(all[column])))
      isRight &&= missed.length === 0
      console.log(
        `\n${name}, percent${missed.length > 0 ? `; short of what is asked: ${missed.join(', ')}` : ''}`,
      )
      console.log(line('', [...columns]))
      for (const [who, figures] of await others(folder, corpus, mode)) console.log(line(who, figures))
      console.log(
        line(
          'Postil',
          columns.map((column) => String(all[column])),
        ),
      )
      anchoring[name] = { all, speed500: scored[mode].speed500, groups: groupsOf(scored[mode].table) }
    }
  }
  await keep(anchoring)
  if (!isRight) process.exitCode = 1
}

async function score(folder: string, corpus: string): Promise<Record<Mode, Scored>> {
  const args = [
    join(folder, 'score.mjs'),
    join(folder, `${corpus}.jsonl.gz`),
    adapter,
    '--mode',
    'both',
    '--json',
  ]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 })
  // The corpora's own program says it, in its own form.
  return JSON.parse(stdout) as Record<Mode, Scored>
}

function isMissed(name: string, column: (typeof columns)[number], figure: number): boolean {
  const floor = floors[name]?.[column]
  if (floor === undefined) return false
  return column === 'wrong' ? figure > floor : figure < floor
}

/** The rows of others, from the table in the corpora's README. */
async function others(folder: string, corpus: string, mode: Mode): Promise<[string, string[]][]> {
  const readme = await readFile(join(folder, 'README.md'), 'utf8')
  const table = readme.split(/\n\n/).find((part) => part.startsWith(`| ${corpus} | mode |`))
  const rows = (table ?? '').split('\n').map((row) => row.split('|').map((cell) => cell.trim()))
  return rows
    .filter((cells) => cells[2] === (mode === 'selectors-only' ? 'selectors' : 'revisions'))
    .map((cells): [string, string[]] => [cells[1] ?? '', cells.slice(3, -1)])
}

const line = (name: string, cells: string[]) =>
  name.slice(0, 50).padEnd(52) + cells.map((cell) => cell.padStart(9)).join('')

/** By category and language. */
function groupsOf(table: Record<string, Row>): Record<string, Row> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => /^(?:category|lang) /.test(name)))
}

async function keep(anchoring: object): Promise<void> {
  const known: unknown = existsSync(results) ? JSON.parse(await readFile(results, 'utf8')) : {}
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.versions.node }
  const all = { ...(typeof known === 'object' ? known : {}), anchoring: { machine, ...anchoring } }
  await mkdir(fileURLToPath(new URL('..', import.meta.url)), { recursive: true })
  await writeFile(results, `${JSON.stringify(all, null, 2)}\n`)
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
})
