import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFile(join(root, path), 'utf8')

async function textsOf(pattern: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for await (const path of glob(pattern, { cwd: root })) texts.set(path, await read(path))
  return texts
}

const pages = new Map([...(await textsOf('*.md')), ...(await textsOf('docs/**/*.md'))])
/** What is typed somewhere: between fences. */
const typed = [...pages.values()].flatMap((text) =>
  [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, code = '']) => code),
)

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')

const anchorsIn = (text: string): string[] =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  )

it('links lead to files and headings that are there', () => {
  const dead = [...pages].flatMap(([path, text]) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, to = '']) => {
      if (/^[a-z]+:/.test(to)) return []
      const [file = '', anchor] = to.split('#')
      const target = file === '' ? path : relative(root, join(root, dirname(path), file))
      const isThere =
        anchor === undefined
          ? existsSync(join(root, target))
          : anchorsIn(pages.get(target) ?? '').includes(anchor)
      return isThere ? [] : [`${path}: ${to}`]
    }),
  )
  expect(dead).toEqual([])
})

it('tests that are named for what they show are there, by that name', async () => {
  const named = [...pages].flatMap(([path, text]) =>
    [...text.matchAll(/\[“([^”]+)”\]\(([^)]+\.test\.ts)\)/g)].map(([, title = '', to = '']) => ({
      title,
      file: join(dirname(path), to),
    })),
  )
  expect(named.length).toBeGreaterThan(40)
  const missing: string[] = []
  for (const { title, file } of named)
    if (!(await read(file)).includes(`${title}'`)) missing.push(`${file}: ${title}`)
  expect(missing).toEqual([])
})

it('commands that are typed are those of the command line', async () => {
  const usage = await read('server/cli/postil.ts')
  const verbs = typed.flatMap((code) =>
    [...code.matchAll(/npm run (?:-s )?postil -- ([a-z-]+)/g)].map(([, verb = '']) => verb),
  )
  expect(verbs.length).toBeGreaterThan(10)
  expect(verbs.filter((verb) => !usage.includes(`\n  ${verb} `))).toEqual([])
  const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
  const run = [...pages.values()].flatMap((text) =>
    [...text.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, script = '']) => script),
  )
  expect(run.filter((script) => !Object.hasOwn(scripts, script))).toEqual([])
})

it('attributes and properties that are typed are those that the embed reads', async () => {
  const sources = [...(await textsOf('web/embed/**/*.{ts,css,svelte}')).values()].join('\n')
  const styles = typed.flatMap((code) => code.match(/--postil-[a-z-]+/g) ?? [])
  expect(styles.length).toBeGreaterThan(5)
  expect(styles.filter((name) => !sources.includes(name))).toEqual([])

  const attributes = typed.flatMap((code) => code.match(/\bdata-[a-z-]+(?==)/g) ?? [])
  expect(attributes.length).toBeGreaterThan(5)
  // As a data set has it: data-article-selector is articleSelector.
  const named = (attribute: string) =>
    attribute.slice('data-'.length).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  expect(
    attributes.filter((one) => !sources.includes(one) && !new RegExp(`\\b${named(one)}\\b`).test(sources)),
  ).toEqual([])
})

const php = (() => {
  try {
    return execFileSync('php', ['--version']).length > 0
  } catch {
    return false
  }
})()

it.skipIf(!php)('the plugin for WordPress is PHP', async () => {
  const files = await textsOf('docs/guides/wordpress/**/*.php')
  expect(files.size).toBeGreaterThan(3)
  for (const path of files.keys())
    expect(execFileSync('php', ['-l', path], { cwd: root, encoding: 'utf8' })).toContain('No syntax errors')
})
