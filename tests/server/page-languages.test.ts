import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describe as describePassage } from '../../core/anchoring/index.ts'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import type { Client } from './client.ts'
import { open, openServer, reply, site as slug, type Server } from './stage.ts'

let server: Server
let site: Site
let mo: Client
beforeAll(async () => {
  server = await openServer()
  const found = await findSite(server.db, slug)
  if (!found) throw new Error('the demo site is missing')
  site = found
  mo = await server.signedIn('mo@demo.example')
})
afterAll(() => server.close())

/** An article of one paragraph, with a thread on its first word of three comments, each answering the one before. */
async function discussed(front: string, title: string, text: string) {
  const source = `---\n${front}\n---\n# ${title}\n\n${text}`
  const { id, slug: name } = await saveArticle(
    server.db,
    site,
    importArticle({ format: 'markdown', source }),
    {},
  )
  const end = text.indexOf(' ')
  const anchor = describePassage([text], { block: 0, start: 0, endBlock: 0, end })
  const { thread, comment } = await open(mo, id, 'One.', anchor)
  const second = await reply(mo, thread.id, 'Two.', comment.id)
  await reply(mo, thread.id, 'Three.', second.comment.id)
  return { id, name, thread: thread.id, comment: comment.id }
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(server.origin + path, { headers })
  const body = await answer.text()
  // What was not sent again has no body.
  const { document } = parseHTML(body || '<html></html>')
  const root = document.documentElement
  return {
    status: answer.status,
    tag: answer.headers.get('etag') ?? '',
    vary: answer.headers.get('vary') ?? '',
    language: [root.getAttribute('lang'), root.getAttribute('dir')],
    title: document.querySelector('h1')?.textContent.trim(),
    body,
    document,
  }
}

describe('the pages of a discussion', () => {
  test('speak the language of the article, whatever the reader’s is', async () => {
    const { id, thread, comment, name } = await discussed(
      'lang: ar-EG\ndir: rtl',
      'آخر ضوء',
      'الفنار أُضيء للمرة الأخيرة في أكتوبر.',
    )
    const headers = { 'accept-language': 'de' }
    const whole = await get(`/d/${id}`, headers)
    expect(whole.language).toEqual(['ar', 'rtl'])
    expect(whole.title).toBe('نقاش حول «آخر ضوء»')
    expect(whole.vary).not.toContain('Accept-Language')
    const quote = whole.document.querySelector('blockquote')
    expect([quote?.getAttribute('lang'), quote?.getAttribute('dir')]).toEqual(['ar-EG', 'rtl'])
    expect((await get(`/d/${id}/${thread}`, headers)).language).toEqual(['ar', 'rtl'])

    const one = await get(`/c/${comment}`, headers)
    expect(one.language).toEqual(['ar', 'rtl'])
    expect(one.document.body.textContent).toContain('النقاش كله: 3 تعليقات')
    const time = one.document.querySelector('time')
    const when = new Date(time?.getAttribute('datetime') ?? '')
    const [year, month] = [{ year: 'numeric' }, { month: 'long' }] as const
    for (const part of [year, month])
      expect(time?.textContent).toContain(when.toLocaleString('ar', { ...part, timeZone: 'UTC' }))

    const feed = await get(`/d/${id}/feed`, headers)
    expect(feed.body).toContain('xml:lang="ar">')
    expect(feed.body).toContain('<title>تعليق من Mo</title>')
    const article = await get(`/a/${encodeURIComponent(name)}`, headers)
    expect(article.document.querySelector('noscript')?.textContent).toContain('قراءة النقاش')
  })

  test('take the language of a region’s tag', async () => {
    const { id } = await discussed('lang: de-AT', 'Das letzte Licht', 'Leuchtturm und Boot.')
    const page = await get(`/d/${id}`)
    expect(page.language).toEqual(['de', 'ltr'])
    expect(page.title).toBe('Diskussion zu „Das letzte Licht“')
    expect(page.document.querySelector('h1 bdi')?.getAttribute('lang')).toBe('de-AT')
  })

  test.each([
    ['whose language is not known', 'author: Nobody', null],
    ['in a language that we do not have', 'lang: he\ndir: rtl', 'he'],
  ])('of an article %s speak the reader’s, and caches keep them apart', async (_, front, own) => {
    const { id, comment } = await discussed(front, 'A <light>', 'Letters of it.')
    const english = await get(`/d/${id}`)
    const french = await get(`/d/${id}`, { 'accept-language': 'sv, fr-CA;q=0.9, de;q=0.5' })
    expect([english.language, french.language]).toEqual([
      ['en', 'ltr'],
      ['fr', 'ltr'],
    ])
    expect([english.title, french.title]).toEqual([
      'Discussion of “A <light>”',
      'Discussion sur «\u00a0A <light>\u00a0»',
    ])
    const title = french.document.querySelector('h1 bdi')
    expect([title?.getAttribute('lang'), title?.getAttribute('dir')]).toEqual([
      own ?? '',
      own ? 'rtl' : 'auto',
    ])
    for (const path of [`/d/${id}`, `/d/${id}/feed`, `/c/${comment}`])
      expect((await get(path)).vary.split(', ')).toEqual(
        expect.arrayContaining(['Origin', 'Accept-Language']),
      )

    expect(english.tag).not.toBe(french.tag)
    const again = (language: string) =>
      get(`/d/${id}`, { 'accept-language': language, 'if-none-match': english.tag })
    const known = await again('en')
    expect([known.status, known.vary]).toEqual([304, 'Origin, Accept-Language'])
    expect((await again('fr')).status).toBe(200)
  })
})
