import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Caller, problemOf } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'

const route = 'GET /v1/sites/:site/counts'
const page = (name: string) => `https://news.example/${name}`

let desk: Desk
let nobody: Caller
beforeAll(async () => {
  desk = await openDesk()
  nobody = new Caller(desk.stage.app)
})
afterAll(() => desk.stage.close())

const ask = (urls: string[], site = 'demo') => nobody.ok(route, { params: { site }, query: { url: urls } })

/** An article at an address, with a thread of Ada's. */
async function discussed(url: string, ...bodies: string[]): Promise<string> {
  const { id } = await desk.ada.ok('POST /v1/sites/:site/articles', {
    params: { site: 'demo' },
    body: { url, title: 'An article' },
  })
  for (const body of bodies)
    await desk.ada.ok('POST /v1/sites/:site/articles/:article/threads', {
      params: { site: 'demo', article: id },
      body: { body, anchor: null },
    })
  return id
}

describe('counts for front pages', () => {
  test('are of what readers see, in the order asked for, once for each address', async () => {
    const article = await discussed(page('one'), 'Well.', 'Well, well.', 'What a crook.')
    const quiet = await discussed(page('two'))
    const urls = [page('none'), `${page('one')}#comments`, page('two'), page('one')]
    expect((await ask(urls)).counts).toEqual([
      { url: page('none'), article: null, threads: 0, comments: 0 },
      { url: `${page('one')}#comments`, article, threads: 2, comments: 2 },
      { url: page('two'), article: quiet, threads: 0, comments: 0 },
      { url: page('one'), article, threads: 2, comments: 2 },
    ])
  })

  test('of one address are asked for like those of many, and can be kept by whoever passes them on', async () => {
    const answer = await nobody.request(route, {
      params: { site: 'demo' },
      query: { url: page('one') },
      origin: 'https://news.example',
    })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.headers['cache-control']).toBe('public, max-age=30')
    expect(answer.headers['access-control-allow-origin']).toBe('https://news.example')
    expect(String(answer.headers['vary'])).toMatch(/origin/i)
  })

  test('are told again for some seconds, so that a busy front page costs no query', async () => {
    await discussed(page('busy'), 'One.')
    const before = await ask([page('busy')])
    expect(before.counts[0]?.comments).toBe(1)
    await sql`update thread set comment_count = 99 where article_id = ${before.counts[0]?.article}`.execute(
      desk.stage.db,
    )
    expect(await ask([page('busy')])).toEqual(before)
  })

  test('are not another site’s', async () => {
    expect((await ask([page('one')], 'other')).counts).toMatchObject([{ article: null, comments: 0 }])
  })

  test('are refused of none, of more than a hundred, of a NUL, and on a site that is not there', async () => {
    const many = Array.from({ length: 101 }, (_, nth) => `https://n.example/${nth}`)
    for (const url of [[], many, ['https://news.example/\0']])
      problemOf(await nobody.request(route, { params: { site: 'demo' }, query: { url } }), 400)
    problemOf(await nobody.request(route, { params: { site: 'nowhere' }, query: { url: ['x'] } }), 404)
    expect((await ask(many.slice(1))).counts).toHaveLength(100)
    expect((await ask(['not an address'])).counts).toMatchObject([{ article: null }])
  })
})
