import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runPostil } from '../setup/postil.ts'
import { serveDemo, type Served } from '../setup/serve.ts'

let served: Served
beforeAll(async () => {
  served = await serveDemo()
})
afterAll(() => served.close())

const get = async (path: string) => {
  const answer = await fetch(served.origin + path)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

it('the script has a name that follows and one that stays, for pages of any origin', async () => {
  const [newest, first] = [await get('/embed.js'), await get('/embed@1.js')]
  expect(first.status).toBe(200)
  expect(first.text).toBe(newest.text)
  expect(first.headers.get('content-type')).toContain('javascript')
  expect(first.headers.get('access-control-allow-origin')).toBe('*')
  expect(first.headers.get('cache-control')).toBe('no-cache')
  expect((await get('/embed@2.js')).status).toBe(404)
})

it('what a site’s pages need is printed as it is made: the tag, and the hash of the script as served', async () => {
  const { code, said } = await runPostil(
    { DATABASE_URL: served.url, PUBLIC_URL: 'https://postil.example' },
    ...['site', 'gazette', '--name', 'Gazette', '--origin', 'https://gazette.example'],
  )
  expect(code).toBe(0)
  expect(said).toContain('Site gazette: https://gazette.example')
  expect(said).toContain(
    '<script type="module" src="https://postil.example/embed@1.js" data-site="gazette"></script>',
  )
  const hash = createHash('sha384')
    .update((await get('/embed@1.js')).text)
    .digest('base64')
  expect(said).toContain(`integrity="sha384-${hash}" crossorigin="anonymous"`)
})

it('its types are served, and a page’s script that uses them compiles; one that misuses them does not', async () => {
  const { text, headers } = await get('/embed@1.d.ts')
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const folder = await mkdtemp(join(tmpdir(), 'postil-types-'))
  const write = (name: string, code: string) => writeFile(join(folder, name), code)
  await write('postil.d.ts', text)
  await write(
    'page.ts',
    `import { mount, on, setTheme, unmount } from 'https://postil.example/embed@1.js'
const discussion: HTMLElement = mount(document.querySelector('article'), { site: 'gazette', url: '/story' })
const stop: () => void = on('count', ({ comments, url }) => console.log(comments.toFixed(), url.trim()))
setTheme({ scheme: 'dark', accent: null })
unmount(discussion)
stop()`,
  )
  await write(
    'wrong.ts',
    "import { on } from 'https://postil.example/embed@1.js'\non('counted', () => undefined)",
  )
  const program = ts.createProgram(
    ['page.ts', 'wrong.ts'].map((name) => join(folder, name)),
    {
      strict: true,
      noEmit: true,
      types: [],
      paths: { 'https://postil.example/embed@1.js': [join(folder, 'postil.d.ts')] },
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
  )
  const wrong = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, code }) => [file?.fileName.split('/').at(-1), code])
  await rm(folder, { recursive: true })
  expect(wrong).toEqual([['wrong.ts', 2345]])
})

it('a page of an origin that is not registered hears why it is refused, and of nothing that was written', async () => {
  const path = `/v1/sites/demo/articles?url=${encodeURIComponent('https://stranger.example/story')}`
  const answer = await fetch(served.origin + path, { headers: { origin: 'https://stranger.example' } })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  expect(answer.headers.get('vary')).toMatch(/origin/i)
  expect(await answer.json()).toEqual({
    article: null,
    marks: [],
    hours: null,
    refused: expect.stringContaining(
      'npm run postil -- doctor https://stranger.example/story --site demo',
    ) as string,
  })
  const threads = await fetch(`${served.origin}/v1/sites/demo/session`, {
    headers: { origin: 'https://stranger.example' },
  })
  expect(threads.headers.get('access-control-allow-origin')).toBeNull()
})
