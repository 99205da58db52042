import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/routes.ts'
import { commentLimit, nestingLimit } from '../../core/text/limits.ts'
import { contents } from '../hostile/database.ts'
import { problemOf, type Client } from './client.ts'
import { names, open, openServer, reply, site, type Server } from './stage.ts'

let server: Server
let ada: Client
/** A thread of Ada's, and one of another article. */
let here: { thread: string; comment: string }
let elsewhere: { thread: string; comment: string }
beforeAll(async () => {
  server = await openServer()
  ada = await server.signedIn('ada@demo.example')
  const opened = await open(ada, server.article, 'Here.')
  here = { thread: opened.thread.id, comment: opened.comment.id }
  const other = await open(ada, await server.newArticle('Elsewhere'), 'There.')
  elsewhere = { thread: other.thread.id, comment: other.comment.id }
})
afterAll(() => server.close())

const nowhere = '01890a5d-ac96-774b-bcce-b302099a8057'
const edit = 'PATCH /v1/sites/:site/comments/:comment'
const withdrawal = 'POST /v1/sites/:site/comments/:comment/withdrawal'
const reports = 'POST /v1/sites/:site/comments/:comment/reports'

type Call = [what: string, name: RouteName, params: () => object, body?: object]
const text = { body: 'A text.' }
const lost: Call[] = [
  ['threads of a site', names.threads, () => ({ site: 'nowhere', article: server.article })],
  ['threads of an article', names.threads, () => ({ site, article: nowhere })],
  [
    'a new thread on a site',
    names.newThread,
    () => ({ site: 'nowhere', article: server.article }),
    { ...text, anchor: null },
  ],
  [
    'a new thread on an article',
    names.newThread,
    () => ({ site, article: nowhere }),
    { ...text, anchor: null },
  ],
  [
    'the comments of a thread',
    'GET /v1/sites/:site/threads/:thread/comments',
    () => ({ site, thread: nowhere }),
  ],
  ['a reply on a site', names.newComment, () => ({ site: 'nowhere', thread: here.thread }), text],
  ['a reply in a thread', names.newComment, () => ({ site, thread: nowhere }), text],
  [
    'a reply to a comment',
    names.newComment,
    () => ({ site, thread: here.thread }),
    { ...text, parentId: nowhere },
  ],
  ['an edit', edit, () => ({ site, comment: nowhere }), { ...text, revision: 1 }],
  ['a withdrawal', withdrawal, () => ({ site, comment: nowhere })],
  ['a report', reports, () => ({ site, comment: nowhere }), { category: 'spam' }],
]
const writing: Call[] = [
  ['a new thread', names.newThread, () => ({ site, article: server.article }), { ...text, anchor: null }],
  ['a reply', names.newComment, () => ({ site, thread: here.thread }), text],
  ['an edit', edit, () => ({ site, comment: here.comment }), { ...text, revision: 1 }],
  ['a withdrawal', withdrawal, () => ({ site, comment: here.comment })],
  ['a report', reports, () => ({ site, comment: here.comment }), { category: 'spam' }],
]

describe('nothing is written and 404 said about what is not there:', () => {
  test.each(lost)('%s', async (_what, name, params, body) => {
    const before = await contents(server.db)
    const problem = await ada.refused(name, 404, { params: params(), body })
    expect(problem.type).toBe('/problems/not-found')
    expect(await contents(server.db)).toEqual(before)
  })

  test('a reply in one thread to a comment of another', async () => {
    const params = { site, thread: here.thread }
    const body = { ...text, parentId: elsewhere.comment }
    await ada.refused(names.newComment, 404, { params, body })
    await expect(reply(ada, elsewhere.thread, 'A text.', elsewhere.comment)).resolves.toMatchObject({
      comment: { parentId: elsewhere.comment },
    })
  })
})

const wrongTexts: [what: string, body: string][] = [
  ['nothing', ''],
  ['spaces', ' \n\t\u00a0 '],
  ['signs that show nothing', '\u200b\u2060\u00ad'],
  ['a NUL', 'a\0b'],
  ['one character too many', 'x'.repeat(commentLimit + 1)],
  ['too many characters in few signs', '👩‍👩‍👧'.repeat(commentLimit / 8 + 1)],
  ['quotes in quotes', `${'> '.repeat(nestingLimit + 1)}so`],
  ['lists in lists', `${'- '.repeat(nestingLimit + 1)}so`],
]

describe.each(writing.slice(0, 3))('the text of %s', (_what, name, params, body) => {
  test.each(wrongTexts)('is refused by name, and nothing written: %s', async (_wrong, wrong) => {
    const before = await contents(server.db)
    const problem = await ada.refused(name, 400, { params: params(), body: { ...body, body: wrong } })
    expect(problem).toMatchObject({ type: '/problems/invalid-field', errors: [{ field: 'body' }] })
    expect(await contents(server.db)).toEqual(before)
  })
})

test.each([
  ['ASCII', 'x'.repeat(commentLimit)],
  ['of three bytes each', '語'.repeat(commentLimit)],
  ['in pairs', '😀'.repeat(commentLimit / 2)],
  ['that JSON escapes', '"'.repeat(commentLimit)],
])('a text of exactly 10,000 characters is kept whole: %s', async (_what, body) => {
  const { comment } = await reply(ada, here.thread, body)
  expect(comment.own?.source).toBe(body)
  expect(body).toHaveLength(10_000)
})

test('quotes as deep as they may be are kept', async () => {
  const { comment } = await reply(ada, here.thread, `${'> '.repeat(nestingLimit)}so`)
  expect(JSON.stringify(comment.body).match(/"quote"/g)).toHaveLength(nestingLimit)
})

describe.each(writing)('%s', (_what, name, params, body) => {
  const from = (who: Client, origin: string) =>
    who.request(name, { params: params(), body, headers: { origin } })

  test('without a session is refused: sign in', async () => {
    const before = await contents(server.db)
    const problem = await server.nobody.refused(name, 401, { params: params(), body })
    expect(problem.type).toBe('/problems/sign-in-needed')
    expect(await contents(server.db)).toEqual(before)
  })

  test.each(['https://evil.example', 'null', ''])(
    'with a cookie, but from "%s", is refused',
    async (origin) => {
      const before = await contents(server.db)
      expect(problemOf(await from(ada, origin), 403).type).toBe('/problems/wrong-origin')
      expect(await contents(server.db)).toEqual(before)
    },
  )

  test('from the right host on another port is refused', async () => {
    const origin = `http://localhost:${server.port === 4000 ? 4001 : 4000}`
    expect(problemOf(await from(ada, origin), 403).type).toBe('/problems/wrong-origin')
  })
})

test('a client that does not say where it is from is refused, cookie or not', async () => {
  const answer = await fetch(`${server.origin}/v1/sites/${site}/threads/${here.thread}/comments`, {
    method: 'POST',
    headers: { cookie: ada.cookie, 'content-type': 'application/json' },
    body: JSON.stringify(text),
  })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ type: '/problems/wrong-origin' })
})
