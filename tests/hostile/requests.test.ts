import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { commentLimit } from '../../core/text/limits.ts'
import { problemOf } from '../moderation/caller.ts'
import { hasCorpus, jsonLines } from '../text/corpus.ts'
import { contents } from './database.ts'
import { namedIn, openTarget, type Target } from './target.ts'

let target: Target
let before: Record<string, string>
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.stage.close())
beforeEach(async () => {
  before = await contents(target.stage.db)
})
afterEach(async () => {
  expect(await contents(target.stage.db), 'nothing is written').toEqual(before)
})

const accounts = 'POST /v1/accounts'
const session = 'POST /v1/session'
const articles = 'POST /v1/sites/:site/articles'
const threads = 'POST /v1/sites/:site/articles/:article/threads'
const comments = 'POST /v1/sites/:site/threads/:thread/comments'
const reports = 'POST /v1/sites/:site/comments/:comment/reports'
const decisions = 'POST /v1/sites/:site/cases/:case/decisions'

describe.skipIf(!hasCorpus)('the corpus, on each route that takes a comment', () => {
  /** What a refusal must name; for the rest of the cases it is the text itself, or the body as a whole. */
  const fields: Record<string, string | undefined> = {
    'mass assignment': 'role',
    'number too large': 'parentId',
    'negative offsets': 'anchor',
    'offsets past the end': 'anchor',
  }
  const cases = jsonLines('requests.jsonl')
    .filter((line) => 'body' in line || 'unit' in line || 'bytes' in line)
    .map((line) => ({ what: String(line['what']), line }))

  test.each(cases)('$what', async ({ what, line }) => {
    for (const { name, params, beside } of target.writing) {
      const field = namedIn(await target.send(name, bodyOf(line, beside), { params }))
      expect(field, `${name} names something`).not.toBe('')
      if (what === 'polluting key') expect(field).toMatch(/^(__proto__|constructor)$/)
      else if (name === comments) expect(field).toBe(fields[what] ?? 'body')
    }
  })

  function bodyOf(line: Record<string, unknown>, beside: object): string | Buffer {
    if ('bytes' in line) return Buffer.from(String(line['bytes']).replaceAll(' ', ''), 'hex')
    if ('body' in line) return String(line['body'])
    const flood = String(line['unit']).repeat(Number(line['times']))
    return line['as'] === 'text' ? JSON.stringify({ body: flood, ...beside }) : flood
  }
})

describe('a body that is not plain JSON', () => {
  const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024))

  test.each([
    ['10 MiB of zeros, compressed', bomb, { 'content-encoding': 'gzip' }],
    ['JSON, compressed', gzipSync('{"body":"Well."}'), { 'content-encoding': 'gzip' }],
    ['of which it is said that it is compressed', '{"body":"Well."}', { 'content-encoding': 'br' }],
    ['text', '{"body":"Well."}', { 'content-type': 'text/plain' }],
    ['a form', 'body=Well.', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with files', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['of a type that only looks like JSON', '{"body":"Well."}', { 'content-type': 'application/jsonp' }],
  ])('is refused with 415: %s', async (_what, body, headers) => {
    for (const { name, params } of target.writing) {
      const problem = problemOf(await target.send(name, body, { params, headers }), 415)
      expect(problem.type).toBe('/problems/unsupported-type')
    }
  })
})

describe('JSON that can be read in two ways, or in none', () => {
  const nested = (open: string, close: string, times: number) =>
    open.repeat(times) + '1' + close.repeat(times)

  test.each([
    ['nothing', '', 'body'],
    ['a key twice', '{"body":"a","parentId":null,"body":"b"}', 'body'],
    ['a key twice, once written with an escape', '{"body":"a","\\u0062ody":"b"}', 'body'],
    ['a key twice, deep inside', '{"body":"a","parentId":[{"deep":1,"deep":1}]}', 'deep'],
    ['a prototype', '{"__proto__":{"body":"a"}}', '__proto__'],
    ['a prototype, written with an escape', '{"body":"a","\\u005f_proto__":{}}', '__proto__'],
    ['a prototype, deep inside', '{"body":"a","parentId":{"prototype":{}}}', 'prototype'],
    ['a field that nobody asked for', '{"body":"a","authorId":"1"}', 'authorId'],
    ['brackets in brackets', nested('[', ']', 70_000), 'body'],
    ['objects in objects', nested('{"a":', '}', 20_000), 'body'],
    ['brackets in a field', `{"body":${nested('[', ']', 70_000)}}`, 'body'],
    ['objects in a field', `{"body":"a","parentId":${nested('{"a":', '}', 20_000)}}`, 'parentId'],
    ['a number in place of the text', '{"body":1}', 'body'],
    ['no text', '{"parentId":null}', 'body'],
    ['half a character', '{"body":"a\\ud83d"}', 'body'],
    ['halves of a character in the wrong order', '{"body":"\\udc00\\ud800"}', 'body'],
    ['NUL', '{"body":"a\\u0000"}', 'body'],
    ['nothing to be seen', '{"body":"\\u200b\\u3164\\n\\u2800"}', 'body'],
    ['one character too many', JSON.stringify({ body: 'a'.repeat(commentLimit + 1) }), 'body'],
    ['quotes in quotes', JSON.stringify({ body: `${'> '.repeat(4000)}a` }), 'body'],
    ['an id that is none', '{"body":"a","parentId":"1 or 1=1"}', 'parentId'],
  ])('%s', async (_what, body, field) => {
    const { params } = target.writing.find(({ name }) => name === comments) ?? {}
    const answer = await target.send(comments, body, { params })
    expect(namedIn(answer)).toBe(field)
    expect(answer.statusCode).toBe(400)
  })

  test('a megabyte is refused before it is read as JSON', async () => {
    const answer = await target.send(session, `{"email":"${'a'.repeat(1024 * 1024)}`)
    expect(problemOf(answer, 413).type).toBe('/problems/too-large')
  })

  test('20,000 keys with one of them twice', async () => {
    const keys = Array.from({ length: 15_000 }, (_, nth) => `"${nth}":0`)
    expect(namedIn(await target.send(session, `{${[...keys, '"14999":1'].join(',')}}`))).toBe('14999')
  })
})

describe('what no database stores, in every other field', () => {
  const quote = { exact: 'a', prefix: '', suffix: '' }
  const block = { fingerprint: '', index: 0, before: '', after: '', whole: false }
  const anchor = (changes: object) => ({ quote, position: { start: 0, end: 1 }, block, ...changes })
  const account = { email: 'a@b.example', name: 'A', password: 'a long password' }
  const decision = { action: 'approve', revision: 1, version: 1 }

  test.each(['\0', '\ud800', '\udfff'])('%j', async (sign) => {
    const say = (text: string) => `${text}${sign}`
    const cases = [
      [accounts, { ...account, email: `a${sign}@b.example` }, 'email'],
      [accounts, { ...account, name: say('A') }, 'name'],
      [accounts, { ...account, password: say(account.password) }, 'password'],
      [session, { email: `a${sign}@b.example`, password: 'x' }, 'email'],
      [articles, { url: say('http://localhost:4000/'), title: 'A' }, 'url'],
      [articles, { url: 'http://localhost:4000/', title: say('A') }, 'title'],
      [articles, { url: 'http://localhost:4000/', title: 'A', language: say('en') }, 'language'],
      [threads, { body: 'a', anchor: anchor({ quote: { ...quote, exact: sign } }) }, 'anchor.quote.exact'],
      [threads, { body: 'a', anchor: anchor({ quote: { ...quote, prefix: sign } }) }, 'anchor.quote.prefix'],
      [reports, { category: 'spam', text: say('A') }, 'text'],
      [decisions, { ...decision, note: say('A') }, 'note'],
    ] as const
    for (const [name, body, field] of cases) {
      const answer = await target.send(name, JSON.stringify(body))
      expect([name, namedIn(answer)]).toEqual([name, field])
    }
  })

  test.each([2 ** 31, 2 ** 53, 1e30, -1, 0, 1.5])('a number of %d', async (number) => {
    const body = { action: 'approve', revision: 1, version: number }
    expect(namedIn(await target.send(decisions, JSON.stringify(body)))).toBe('version')
  })
})

describe('an address', () => {
  const at = (url: string) => target.stage.app.inject({ url, headers: { host: 'localhost:4000' } })

  test.each([
    ['/v1/sites/demo/articles?url=%00', 400, 'url'],
    ['/v1/sites/demo/articles', 400, 'url'],
    [`/v1/sites/demo/articles?url=${'a'.repeat(2001)}`, 400, 'url'],
    ['/v1/sites/demo/articles?url=a&url=b', 400, 'url'],
    ['/v1/sites/demo/articles?url=a&role=admin', 400, 'role'],
    ['/v1/sites/DEMO/session', 400, 'site'],
    ['/v1/sites/%00/session', 400, 'site'],
    ['/v1/sites/demo/threads/1/comments', 400, 'thread'],
    ['/v1/sites/demo/threads/../comments', 404, undefined],
    ['/v1/sites/nowhere/session', 404, undefined],
    [`/v1/sites/${'a'.repeat(400)}/session`, 404, undefined],
    ['/v1/sites/%ff/session', 400, undefined],
    ['/v1/nothing', 404, undefined],
    ['/nothing.html', 404, undefined],
    ['/a/%00', 404, undefined],
    ['/a/..%2f..%2fpackage.json', 404, undefined],
    ['/..%2f..%2fpackage.json', 404, undefined],
  ])('%s is refused', async (url, status, field) => {
    expect(problemOf(await at(url), status).errors?.[0]?.field).toBe(field)
  })

  test.each(['x', '!', 'AAAA', Buffer.alloc(16, 1).toString('base64url'), 'a'.repeat(201)])(
    'with a cursor that is not ours (%s) is refused',
    async (cursor) => {
      for (const path of [
        `threads/${target.stage.thread}/comments`,
        `articles/${target.stage.article}/threads`,
      ]) {
        const answer = await at(`/v1/sites/demo/${path}?cursor=${encodeURIComponent(cursor)}`)
        expect(problemOf(answer, 400).errors?.[0]?.field).toBe('cursor')
      }
    },
  )

  test.each(['0', '101', '-1', '1.5', 'x', '1e400'])('with a limit of %s is refused', async (limit) => {
    const answer = await at(`/v1/sites/demo/threads/${target.stage.thread}/comments?limit=${limit}`)
    expect(problemOf(answer, 400).errors?.[0]?.field).toBe('limit')
  })
})

test.each(['short', 'a'.repeat(101), 'with space', 'ümläut-key'])(
  'an Idempotency-Key of %j is refused',
  async (key) => {
    const { params } = target.writing.find(({ name }) => name === comments) ?? {}
    const headers = { 'idempotency-key': key }
    expect(namedIn(await target.send(comments, '{"body":"a"}', { params, headers }))).toBe('Idempotency-Key')
  },
)
