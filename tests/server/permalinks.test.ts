import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describe as describePassage } from '../../core/anchoring/index.ts'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { addJob } from '../../server/jobs/index.ts'
import { noRules, setRules } from '../../server/moderation/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { finishJobs } from '../setup/jobs.ts'
import type { Client } from './client.ts'
import { open, openServer, reply, site as slug, type Server } from './stage.ts'

const text =
  'The lighthouse was lit for the last time in October, and the keeper went home by the evening boat.'
const nowhere = '01890000-0000-7000-8000-000000000000'

let server: Server
let mo: Client
let pia: Client
let article: string
beforeAll(async () => {
  server = await openServer()
  mo = await server.signedIn('mo@demo.example')
  pia = await server.signedIn('pia@demo.example')
  const site = await findSite(server.db, slug)
  if (!site) throw new Error('the demo site is missing')
  const source = `---\nlang: de\n---\n# The last light\n\n${text}`
  const saved = await saveArticle(server.db, site, importArticle({ format: 'markdown', source }), {
    slug: 'light',
    url: `${server.origin}/light`,
  })
  article = saved.id
})
afterAll(() => server.close())

const anchor = describePassage([text], { block: 0, start: 4, endBlock: 0, end: 14 })

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(server.origin + path, { headers, redirect: 'manual' })
  const body = await answer.text()
  return { status: answer.status, headers: answer.headers, body, document: parseHTML(body).document }
}

const texts = (document: Document, selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent.replace(/\s+/g, ' ').trim())

/** What search engines read. */
function linked(document: Document): unknown {
  return JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? 'null')
}

describe('a discussion without script', () => {
  test('has every thread with its passage and its comments, and says what search engines need', async () => {
    const first = await open(mo, article, 'Who lit it **before** him?', anchor)
    await reply(pia, first.thread.id, 'His mother did. <script>alert(1)</script>', first.comment.id)
    const { status, headers, document } = await get(`/d/${article}`)
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(document.documentElement.getAttribute('lang')).toBe('de')
    expect(texts(document, 'blockquote')).toEqual(['lighthouse'])
    expect(texts(document, '.comment b')).toEqual(['Mo', 'Pia'])
    expect(document.querySelector('.comment strong')?.textContent).toBe('before')
    expect(document.querySelectorAll('script:not([type="application/ld+json"])')).toHaveLength(0)
    expect(document.querySelector('link[rel="canonical"]')?.getAttribute('href')).toBe(
      `${server.origin}/d/${article}`,
    )
    expect(document.querySelector('meta[property="og:title"]')?.getAttribute('content')).toContain(
      'The last light',
    )
    expect(linked(document)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'DiscussionForumPosting',
      headline: 'lighthouse',
      author: { name: 'Mo' },
      text: 'Who lit it before him?',
      comment: [{ '@type': 'Comment', author: { name: 'Pia' } }],
    })
  })

  test('is found by the address of the article, and by nothing else', async () => {
    const found = await get(`/d?site=${slug}&url=${encodeURIComponent(`${server.origin}/light`)}`)
    expect([found.status, found.headers.get('location')]).toEqual([302, `/d/${article}`])
    expect((await get(`/d?site=${slug}&url=${encodeURIComponent(`${server.origin}/dark`)}`)).status).toBe(404)
    expect((await get('/d?site=none&url=x')).status).toBe(404)
    expect((await get('/d')).status).toBe(404)
  })

  test.each([
    ['an unknown article', `/d/${nowhere}`],
    ['what is no id', '/d/lighthouse'],
    ['an unknown thread', () => `/d/${article}/${nowhere}`],
    ['an unknown comment', `/c/${nowhere}`],
    ['a NUL', '/c/%00'],
  ])('answers 404 for %s', async (_, path) => {
    expect((await get(typeof path === 'string' ? path : path())).status).toBe(404)
  })

  test('says so to a person with a page in their language, and to a program in its own', async () => {
    const { status, headers, document } = await get('/c/nothing', {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'accept-language': 'de',
    })
    expect(status).toBe(404)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(document.documentElement.getAttribute('lang')).toBe('de')
    expect(texts(document, 'h1')).toEqual(['Hier steht nichts'])
    const elsewhere = await get('/no/such/page', { accept: 'text/html' })
    expect([elsewhere.status, texts(elsewhere.document, 'h1')]).toEqual([404, ['Nothing stands here']])
    const api = await get('/v1/sites/demo/comments/nothing/revisions', { accept: 'text/html' })
    expect(api.headers.get('content-type')).toContain('application/problem+json')
    const program = await get('/c/nothing', { accept: 'application/json' })
    expect(program.headers.get('content-type')).toContain('application/problem+json')
  })

  test('goes on over pages, and refuses a made-up place to go on from', async () => {
    for (let nth = 0; nth < 21; nth += 1) await open(mo, article, `Thread ${nth}`)
    const first = await get(`/d/${article}`)
    const next = first.document.querySelector('a[rel="next"]')?.getAttribute('href') ?? ''
    const second = await get(next)
    expect(texts(second.document, '.thread')).not.toEqual([])
    expect(new Set([...ids(first.document), ...ids(second.document)]).size).toBe(22)
    expect((await get(`/d/${article}?cursor=bogus`)).status).toBe(400)
  })

  const ids = (document: Document) => [...document.querySelectorAll('.thread')].map(({ id }) => id)

  test('is not sent again to who has it, until something happens', async () => {
    const { headers } = await get(`/d/${article}`)
    const tag = headers.get('etag') ?? ''
    expect((await get(`/d/${article}`, { 'if-none-match': tag })).status).toBe(304)
    await open(pia, article, 'Something new.')
    expect((await get(`/d/${article}`, { 'if-none-match': tag })).status).toBe(200)
  })
})

describe('the permalink of a comment', () => {
  test('shows it with what it answers and what answers it, and leads to its place in the article', async () => {
    const root = await open(mo, article, 'Above.', anchor)
    const middle = await reply(pia, root.thread.id, 'The one.', root.comment.id)
    await reply(mo, root.thread.id, 'Below.', middle.comment.id)
    await reply(mo, root.thread.id, 'Beside.', root.comment.id)
    const { document } = await get(`/c/${middle.comment.id}`)
    expect(texts(document, '.comment').join(' ')).toMatch(/Above\..*The one\..*Below\./)
    expect(document.body.textContent).not.toContain('Beside.')
    expect(document.querySelector('[aria-current]')?.id).toBe(`comment-${middle.comment.id}`)
    const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))
    expect(links).toContain(`${server.origin}/light#postil=${root.thread.id}/${middle.comment.id}`)
  })

  test('of a comment that is held, or was withdrawn, is no page', async () => {
    const chris = await server.signedIn('chris@demo.example')
    const held = await open(chris, article, 'My first.', anchor)
    expect(held.comment.state).toBe('held')
    expect((await get(`/c/${held.comment.id}`, { cookie: chris.cookie })).status).toBe(404)
    const gone = await open(mo, article, 'Soon gone.', anchor)
    await mo.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { site: slug, comment: gone.comment.id },
    })
    expect((await get(`/c/${gone.comment.id}`)).status).toBe(404)
    expect((await get(`/d/${article}/${gone.thread.id}`)).status).toBe(404)
  })
})

describe('the feed', () => {
  test('of an article has its newest comments; of a thread, that thread’s', async () => {
    const { thread, comment } = await open(mo, article, 'News & <more>', anchor)
    const feed = await get(`/d/${article}/feed`)
    expect(feed.headers.get('content-type')).toContain('application/atom+xml')
    expect(feed.body).toContain(`<id>urn:uuid:${comment.id}</id>`)
    expect(feed.body).toContain(`${server.origin}/c/${comment.id}`)
    expect(feed.body).toContain('&lt;p dir=&quot;auto&quot;&gt;News &amp;amp; &amp;lt;more&amp;gt;&lt;/p&gt;')
    expect(feed.body.indexOf(comment.id)).toBeLessThan(feed.body.indexOf('Something new.'))
    const own = await get(`/d/${article}/${thread.id}/feed`)
    expect(own.body.match(/<entry>/g)).toHaveLength(1)
    expect(
      (await get(`/d/${article}/feed`, { 'if-none-match': feed.headers.get('etag') ?? '' })).status,
    ).toBe(304)
  })
})

test('a discussion says that comments are closed, and until when, also to who has read it before', async () => {
  const before = await get(`/d/${article}`)
  const tag = { 'if-none-match': before.headers.get('etag') ?? '' }
  expect((await get(`/d/${article}`, tag)).status).toBe(304)
  const site = await findSite(server.db, slug)
  const when = { from: '2020-01-01T00:00', until: '2099-01-01T00:00' }
  const rules = { ...noRules, schedules: [{ when, slowMode: null }] }
  await setRules(server.db, site?.id ?? '', null, { version: 1, rules })
  const { status, document } = await get(`/d/${article}`, tag)
  expect(status).toBe(200)
  expect(texts(document, 'h1 + p')[0]).toMatch(/^Kommentare sind hier geschlossen.*1\. Januar 2099.*UTC\.$/)
  expect(document.querySelector('h1 + p time')?.getAttribute('datetime')).toBe('2099-01-01T00:00:00.000Z')
  await setRules(server.db, site?.id ?? '', null, { version: 2, rules: { ...noRules, slowMode: 90 } })
  expect(texts((await get(`/d/${article}`)).document, 'h1 + p')[0]).toContain('90 Sekunden')
})

describe('a search', () => {
  test('of a discussion takes no script, and shows what was found', async () => {
    const { thread } = await open(mo, article, 'Der Leuchtturm & die Leuchttürme.', anchor)
    const { comment } = await pia.ok('POST /v1/sites/:site/threads/:thread/comments', {
      params: { site: slug, thread: thread.id },
      body: { body: 'Zwei *Leuchttürme* <b>sah</b> ich.', language: 'de' },
    })
    await addJob(server.db, 'findWords', {})
    await finishJobs(server.db)
    const page = await get(`/d/${article}`)
    const form = page.document.querySelector('form[role="search"]')
    expect(form?.getAttribute('action')).toBe(`/d/${article}`)
    expect(form?.querySelector('label')?.getAttribute('for')).toBe(form?.querySelector('input')?.id)

    const found = await get(`/d/${article}?q=leuchtturm`)
    expect(found.status).toBe(200)
    expect(found.headers.get('etag')).toBeNull()
    expect(found.document.querySelector('meta[name="robots"]')?.getAttribute('content')).toBe('noindex')
    expect(texts(found.document, 'h1')).toEqual(['Gefunden zu „leuchtturm“'])
    expect(found.document.querySelector('input[name="q"]')?.getAttribute('value')).toBe('leuchtturm')
    expect(texts(found.document, '.comment mark')).toEqual(['Leuchttürme', 'Leuchtturm', 'Leuchttürme'])
    expect(texts(found.document, '.comment p:nth-child(2)')[0]).toBe('Zwei Leuchttürme <b>sah</b> ich.')
    expect(found.document.querySelector('.comment .byline a')?.getAttribute('href')).toBe(`/c/${comment.id}`)
    const passages = await get(`/d/${article}?q=lighthouse`)
    expect(texts(passages.document, 'blockquote mark')).toContain('lighthouse')
  })

  test('that finds nothing says so, and repeats what was looked for as text', async () => {
    const words = '"><script>prompt(2)</script>'
    const { status, document, body } = await get(`/d/${article}?q=${encodeURIComponent(words)}`)
    expect(status).toBe(200)
    expect(texts(document, 'h1')).toEqual([`Zu „${words}“ wurde nichts gefunden.`])
    expect(body).not.toContain('<script>prompt')
    expect(document.querySelectorAll('.comment')).toHaveLength(0)
  })

  test.each(['?q=', '?q=%00', '?q=%20'])('for nothing shows the discussion: %s', async (query) => {
    const { document } = await get(`/d/${article}${query}`)
    expect(texts(document, 'h1')).toEqual(['Diskussion zu „The last light“'])
  })

  test.each([`?q=${'x'.repeat(500)}`, '?q=a&q=b', `?q=${encodeURIComponent('😀'.repeat(150))}`])(
    'for too much is cut off',
    async (query) => {
      expect((await get(`/d/${article}${query}`)).status).toBe(200)
    },
  )
})
