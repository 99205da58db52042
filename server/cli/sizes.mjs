import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { root } from './prepare.mjs'

/**
 * Budgets, in bytes of brotli at its best. Of the languages only the one with the most bytes
 * counts, since a reader loads one: its `marks` with the loader, its `embed` with the threads,
 * its `more` with the first part of the embed that is fetched only when it is asked for.
 */
const budgets = [
  {
    name: 'loader, before anyone interacts',
    files: () => [...of('embed/loader.ts'), largest('marks')],
    limit: 8_000,
  },
  {
    name: 'threads, on first use',
    files: () => [...minus(of(view), of('embed/loader.ts')), largest('embed')],
    limit: 40_000,
  },
  {
    name: 'later parts, all of them together',
    files: () => [
      ...minus(of('embed/loader.ts', true), of('embed/loader.ts'), of(view), onOccasion(), texts()),
      largest('more'),
    ],
    limit: 45_000,
  },
  { name: 'page changes, words are selected', files: () => onOccasion(), limit: 2_100 },
  { name: 'console, first view', files: () => of('console/index.html'), limit: 120_000 },
]

const dist = join(root, 'dist')
const manifestFiles = ['embed', 'pages'].map((name) => join(dist, '.vite', `${name}.json`))
if (!manifestFiles.every((file) => existsSync(file))) {
  console.error('There is no build to measure. Run: npm run build')
  process.exit(1)
}
const manifest = Object.assign({}, ...manifestFiles.map((file) => JSON.parse(readFileSync(file, 'utf8'))))

/** The chunk of the thread view, put together by a rule of vite.config.ts. */
const view = Object.keys(manifest).find((key) => manifest[key].name === 'view')

/** The files a page loads for an entry: with what it imports at once, or also what it may import later. */
function of(entry, andLater = false) {
  if (!manifest[entry]) throw new Error(`The build has no entry ${entry}.`)
  const files = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const next of [...(chunk.imports ?? []), ...(andLater ? (chunk.dynamicImports ?? []) : [])])
      visit(next)
  }
  visit(entry)
  return files
}

/** What the loader fetches by itself, once the page changes or words are selected. */
const onOccasion = () =>
  ['watch', 'selection'].flatMap((name) => [...minus(of(`embed/${name}.ts`), of('embed/loader.ts'))])

/** The files that hold the texts of one language each. */
const texts = (name = '\\w+') =>
  Object.entries(manifest)
    .filter(([key]) => new RegExp(`^shared/messages/\\w+/${name}\\.ts$`).test(key))
    .map(([, { file }]) => file)
const largest = (name) => texts(name).sort((a, b) => brotli(b) - brotli(a))[0]

const minus = (all, ...without) =>
  without.reduce((left, some) => left.difference(new Set(some)), new Set(all))
const brotli = (file) =>
  brotliCompressSync(readFileSync(join(dist, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    .length

let over = false
for (const { name, files, limit } of budgets) {
  const size = [...files()].reduce((sum, file) => sum + brotli(file), 0)
  over ||= size > limit
  console.log(
    `${size > limit ? 'OVER' : 'ok  '}  ${name.padEnd(34)}${String(size).padStart(7)} of ${limit} bytes`,
  )
}
process.exit(over ? 1 : 0)
