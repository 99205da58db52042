import { lookup } from 'node:dns'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FetchError, fetchPage, type FetchRules } from '../../server/http/fetch-page.ts'
import { isPublic } from '../../server/http/public-address.ts'
import { servePages, type Pages } from '../setup/pages.ts'
import { hasCorpus, jsonLines } from '../text/corpus.ts'

const big = Buffer.alloc(1024 * 1024, 'a ')
let pages: Pages
beforeAll(async () => {
  pages = await servePages((request, reply) => {
    const html = (body: Buffer | string, headers = {}) =>
      reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
    const url = new URL(request.url ?? '', 'http://page')
    const to = url.searchParams.get('to')
    if (to !== null) return reply.writeHead(302, { location: to }).end()
    switch (url.pathname) {
      case '/page':
        if (request.headers['if-none-match'] === '"1"') return reply.writeHead(304).end()
        return html('<p>Grüße.</p>', { etag: '"1"', 'set-cookie': 'a=b' })
      case '/latin':
        return html(Buffer.from('<meta charset="windows-1252"><p>Grüße.</p>', 'latin1'), {
          'content-type': 'text/html',
        })
      case '/packed':
        return html(gzipSync(Buffer.alloc(6 * 1024 * 1024)), { 'content-encoding': 'gzip' })
      case '/endless': {
        reply.writeHead(200, { 'content-type': 'text/html' })
        const more = () => {
          while (reply.writable && reply.write(big));
        }
        reply.on('drain', more)
        return more()
      }
      case '/image':
        return html('', { 'content-type': 'image/png' })
      default:
        return reply.writeHead(404).end()
    }
  })
})
afterAll(() => pages.close())
beforeEach(() => {
  pages.asked.length = 0
})

const here = (rules: Partial<FetchRules> = {}): FetchRules => ({
  origins: new Set([pages.origin]),
  may: () => true,
  ...rules,
})
const get = (path: string, rules?: Partial<FetchRules>) => fetchPage(pages.origin + path, here(rules))

async function refused(kind: FetchError['kind'] | RegExp, fetching: Promise<unknown>): Promise<string> {
  const error: unknown = await fetching.then(
    () => null,
    (fault: unknown) => fault,
  )
  if (!(error instanceof FetchError)) throw new Error('it was not refused', { cause: error })
  expect(error.kind, error.message).toMatch(kind)
  return error.message
}

test('a page comes as text, by the encoding that it says, with no cookie, and not where it has not changed', async () => {
  const page = await get('/page')
  expect(page).toMatchObject({ url: `${pages.origin}/page`, source: '<p>Grüße.</p>' })
  expect((await get('/latin'))?.source).toContain('Grüße')
  expect(await get('/page', { known: { etag: '"1"', lastModified: null } })).toBeNull()
  expect(pages.asked.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined])
  expect(pages.asked[0]?.headers['user-agent']).toContain('Postil')
})

test('three redirects on the site are followed, and no fourth', async () => {
  const hop = (times: number): string =>
    times === 0 ? '/page' : `/hop?to=${encodeURIComponent(hop(times - 1))}`
  expect((await get(hop(3)))?.url).toBe(`${pages.origin}/page`)
  expect(await refused('redirect', get(hop(4)))).toContain('more than 3')
})

test('what is too large is cut off, also where it is small before it is unpacked, or never ends', async () => {
  await refused('size', get('/packed'))
  await refused('size', get('/endless'))
})

test('what is no page is refused', async () => {
  await refused('type', get('/image'))
  await refused('status', get('/nothing'))
  await refused('redirect', get('/x?to=http://'))
})

describe('an address that leads elsewhere', () => {
  const name = () => `http://localhost:${pages.port}`

  test('outside of the origins, at first or by a redirect', async () => {
    await refused('address', fetchPage(`${name()}/page`, here()))
    await refused('address', get(`/x?to=${name()}/page`))
    await refused('address', get('/x?to=file:///etc/passwd'))
    expect(pages.asked).toHaveLength(2)
  })

  test('a name that resolves to this machine', async () => {
    const rules = { origins: new Set([name()]) }
    expect(await refused('address', fetchPage(`${name()}/page`, rules))).toMatch(/127\.0\.0\.1|::1/)
    expect(pages.asked).toEqual([])
  })

  test('a redirect within the origins to a private address', async () => {
    const metadata = 'http://169.254.169.254'
    const rules = {
      origins: new Set([pages.origin, metadata]),
      may: (address: string) => address === '127.0.0.1' || isPublic(address),
    }
    expect(await refused('address', get(`/x?to=${metadata}/latest/meta-data/`, rules))).toContain('169.254')
  })

  test('a name that resolves to a public address first and to a private one next: the one connected to counts', async () => {
    let asked = 0
    const turning = ((hostname: string, options: object, callback: (...answer: unknown[]) => void) => {
      asked += 1
      callback(null, [{ address: asked === 1 ? '93.184.215.14' : '127.0.0.1', family: 4 }])
    }) as typeof lookup
    const address = `http://turning.example:${pages.port}`
    const rules = { origins: new Set([address]), resolve: turning, may: isPublic }
    // The first answer is used up here, as by a check before connecting.
    turning('turning.example', { all: true }, () => undefined)
    await refused('address', fetchPage(`${address}/page`, rules))
    expect(asked).toBe(2)
    expect(pages.asked).toEqual([])
  })
})

describe.skipIf(!hasCorpus)('the corpus, with every origin registered', () => {
  const cases = jsonLines('urls.jsonl')
    .filter(({ use, url }) => use === 'fetch' && !String(url).includes(' '))
    .map(({ url }) => String(url))

  test.each(cases)('%s', async (url) => {
    const origins = URL.canParse(url) ? new Set([new URL(url).origin]) : new Set<string>()
    const none = ((_host: string, _options: object, callback: (...answer: unknown[]) => void) => {
      callback(null, [{ address: '93.184.215.14', family: 4 }])
    }) as typeof lookup
    // Names that are not this machine's own are asked of nobody here.
    const resolve = /localhost/i.test(url) ? lookup : none
    // "localhost." is no name at all on some machines, and port 22 is refused by fetch itself.
    const kind = /localhost\.|:22/i.test(url) ? /^(?:address|network)$/ : 'address'
    await refused(kind, fetchPage(url, { origins, resolve }))
  })
})

test.each([
  ['93.184.215.14', true],
  ['2606:4700::1111', true],
  ['168.63.129.16', false],
  ['255.255.255.255', false],
  ['::ffff:93.184.215.14', false],
  ['2002:7f00:1::', false],
  ['64:ff9b:1::a00:1', false],
  ['::7f00:1', false],
  ['ff02::1', false],
  ['no address', false],
])('%s is public: %s', (address, is) => {
  expect(isPublic(address)).toBe(is)
})
