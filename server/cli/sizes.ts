import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'

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
    limit: 46_500,
  },
  { name: 'page changes, words are selected', files: () => onOccasion(), limit: 2_100 },
  { name: 'console, first view', files: () => of('console/index.html'), limit: 120_000 },
]

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

/** What Vite writes of a build: its chunks, by their sources. */
const Manifest = Type.Record(
  Type.String(),
  Type.Object({
    file: Type.String(),
    name: Type.Optional(Type.String()),
    css: Type.Optional(Type.Array(Type.String())),
    imports: Type.Optional(Type.Array(Type.String())),
    dynamicImports: Type.Optional(Type.Array(Type.String())),
  }),
)
const manifest = readManifest(['embed', 'pages'])

function readManifest(builds: string[]): Static<typeof Manifest> {
  const files = builds.map((name) => join(dist, '.vite', `${name}.json`))
  if (!files.every((file) => existsSync(file)))
    throw new Error('There is no build to measure. Run: npm run build')
  const compiled = Compile(Manifest)
  return Object.fromEntries(
    files.flatMap((file) => Object.entries(compiled.Parse(JSON.parse(readFileSync(file, 'utf8'))))),
  )
}

/** The chunk of the thread view, put together by a rule of vite.config.ts. */
const view = Object.keys(manifest).find((key) => manifest[key]?.name === 'view') ?? ''

/** The files a page loads for an entry: with what it imports at once, or also what it may import later. */
function of(entry: string, andLater = false): Set<string> {
  if (!manifest[entry]) throw new Error(`The build has no entry ${entry}.`)
  const files = new Set<string>()
  const visit = (key: string) => {
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
const largest = (name: string) => texts(name).sort((a, b) => brotli(b) - brotli(a))[0] ?? ''

const minus = (all: Iterable<string>, ...without: Iterable<string>[]): Set<string> => {
  const gone = new Set(without.flatMap((some) => [...some]))
  return new Set([...all].filter((file) => !gone.has(file)))
}
const brotli = (file: string) =>
  brotliCompressSync(readFileSync(join(dist, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    .length

/** What each part weighs, and what it may. */
export const weights = (): { name: string; size: number; limit: number }[] =>
  budgets.map(({ name, files, limit }) => ({
    name,
    limit,
    size: [...files()].reduce((sum, file) => sum + brotli(file), 0),
  }))

if (import.meta.main) {
  const weighed = weights()
  for (const { name, size, limit } of weighed)
    console.log(
      `${size > limit ? 'OVER' : 'ok  '}  ${name.padEnd(34)}${String(size).padStart(7)} of ${limit} bytes`,
    )
  process.exit(weighed.some(({ size, limit }) => size > limit) ? 1 : 0)
}
