import { afterAll, beforeAll, expect, test } from 'vitest'
import { diagnose } from '../../server/doctor/index.ts'
import type { Site } from '../../server/sites/index.ts'
import { servePages, type Pages } from '../setup/pages.ts'

const paragraphs = [
  'The ferry to the island leaves at seven in the morning, and at six in the evening it brings home whoever went across.',
  'Nobody has counted how many letters the captain carried in his coat during the winter when the telegraph was broken.',
]
const tag = '<script type="module" src="https://postil.example/embed@1.js" data-site="gazette"></script>'
const story = `<article>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article>`
const canonical = '<link rel="canonical" href="/story">'
const policy =
  "default-src 'none'; script-src https://postil.example; connect-src https://postil.example wss://postil.example"

interface Page {
  head?: string
  body?: string
  headers?: Record<string, string>
  status?: number
}

let pages: Pages
let page: Page = {}
let site: Site
beforeAll(async () => {
  pages = await servePages((_request, reply) => {
    const { head = canonical + tag, body = story, headers = {}, status = 200 } = page
    reply.writeHead(status, { 'content-type': 'text/html', ...headers })
    reply.end(
      `<!doctype html><html lang="en"><head><title>Ferry</title>${head}</head><body>${body}</body></html>`,
    )
  })
  site = { id: 'x', slug: 'gazette', name: 'Gazette', origins: new Set([pages.origin]), takesGuests: false }
})
afterAll(() => pages.close())

/** What is wrong with a page, served by a real server. */
async function faultsOf(served: Page, origins = site.origins, slug: string | null = null) {
  page = served
  const findings = await diagnose(
    `${pages.origin}/story`,
    { origins: null, may: () => true },
    {
      site: (named) => Promise.resolve(named === 'gazette' ? { ...site, origins } : null),
      slug,
      base: 'https://postil.example',
    },
  )
  return { findings, faults: findings.filter(({ level }) => level === 'fault') }
}

const right: Page[] = [
  {},
  { headers: { 'content-security-policy': policy } },
  { head: `<meta http-equiv="Content-Security-Policy" content="${policy}">${canonical}${tag}` },
  {
    head: canonical + tag.replace('<script', '<script nonce="r4nd0m"'),
    headers: {
      'content-security-policy': "script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src *",
    },
  },
  { headers: { 'content-security-policy': 'default-src https: wss:' } },
  { headers: { 'cross-origin-opener-policy': 'same-origin-allow-popups' } },
]

test.each(right)('nothing is wrong with a right page (%#)', async (served) => {
  const { findings, faults } = await faultsOf(served)
  expect(faults).toEqual([])
  expect(findings.map(({ about }) => about)).toEqual(
    expect.arrayContaining(['script', 'canonical', 'paragraphs']),
  )
  expect(findings.find(({ about }) => about === 'paragraphs')?.says).toBe(
    '2 paragraphs (2 blocks) in <article>.',
  )
})

const broken: [about: string, change: string, Page][] = [
  ['address', 'answers 200', { status: 404 }],
  ['address', 'answers 200', { headers: { 'content-type': 'application/pdf' } }],
  ['script', tag.replace('gazette', 'SITE'), { head: canonical }],
  ['module', tag, { head: canonical + tag.replace(' type="module"', '') }],
  [
    'data-site',
    tag.replace('gazette', 'SITE'),
    { head: canonical + tag.replace(' data-site="gazette"', '') },
  ],
  ['site', 'npm run postil -- site courier', { head: canonical + tag.replace('gazette', 'courier') }],
  ['insecure', tag, { head: canonical + tag.replace('https:', 'http:') }],
  [
    'canonical',
    '<link rel="canonical" href="http',
    { head: `<link rel="canonical" href="https://elsewhere.example/story">${tag}` },
  ],
  ['canonical', '<link rel="canonical" href="http', { head: `<link rel="canonical" href="/">${tag}` }],
  [
    'csp-script',
    'script-src https://postil.example',
    {
      headers: {
        'content-security-policy': policy.replace('script-src https://postil.example', "script-src 'self'"),
      },
    },
  ],
  [
    'csp-connect',
    'connect-src https://postil.example wss://postil.example',
    { headers: { 'content-security-policy': policy.replace(' wss://postil.example', '') } },
  ],
  [
    'csp-connect',
    'connect-src',
    { head: `<meta http-equiv="content-security-policy" content="connect-src 'self'">${canonical}${tag}` },
  ],
  ['coop', 'same-origin-allow-popups', { headers: { 'cross-origin-opener-policy': 'same-origin' } }],
  ['paragraphs', '<article>', { body: '<div id="app"></div>' }],
  ['frames', 'framed', { body: '<iframe src="/inner"></iframe>' }],
  [
    'selector',
    'data-article-selector="article"',
    { head: canonical + tag.replace('data-site', 'data-article-selector=".story" data-site') },
  ],
]

test.each(broken)('%s, and the line to change: %s', async (about, change, served) => {
  const { faults } = await faultsOf(served)
  expect(faults.map((one) => one.about)).toEqual([about])
  expect(faults[0]?.change).toContain(change)
})

test('an origin that is not registered, with the command that keeps the others', async () => {
  const { faults } = await faultsOf({}, new Set(['https://gazette.example']))
  expect(faults.map(({ about }) => about)).toEqual(['origin'])
  expect(faults[0]?.change).toBe(
    `npm run postil -- site gazette --name "Gazette" --origin https://gazette.example --origin ${pages.origin}`,
  )
})

test('another site than the one that is asked for', async () => {
  const { faults } = await faultsOf({}, undefined, 'courier')
  expect(faults.map(({ about }) => about)).toEqual(['site'])
})

test('a page that is not there at all', async () => {
  const gone = await servePages(() => undefined)
  await gone.close()
  const [finding] = await diagnose(
    gone.origin,
    { origins: null, may: () => true },
    { site: () => Promise.resolve(null), slug: null, base: null },
  )
  expect(finding).toMatchObject({ level: 'fault', about: 'address' })
})
