import { execFile } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../core/contract/routes.ts'
import { blockTexts } from '../../server/articles/index.ts'
import { deleteOldMessages, makeKey, revokeKey } from '../../server/sites/index.ts'
import { sql } from 'kysely'
import { Caller, holdReply, host, problemOf } from '../moderation/caller.ts'
import { openStage, publisher, type Stage } from '../moderation/stage.ts'

const name = 'PUT /v1/sites/:site/articles'

let stage: Stage
let secret: string
beforeAll(async () => {
  stage = await openStage()
  secret = (await makeKey(stage.db, stage.demo.id, null, 'push')).secret
})
afterAll(() => stage.close())

interface Sent {
  secret?: string
  id?: string
  at?: Date
  slug?: string
  /** Changed after signing. */
  headers?: Record<string, string>
  as?: string
}

/** Sends a body as a site's server does, signed by the reference library. */
async function send(body: object | string, sent: Sent = {}) {
  const id = sent.id ?? `msg_${randomUUID()}`
  const at = sent.at ?? new Date()
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  return await stage.app.inject({
    method: 'PUT',
    url: `/v1/sites/${sent.slug ?? 'demo'}/articles`,
    headers: {
      host,
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(sent.secret ?? secret).sign(id, at, payload),
      ...sent.headers,
    },
    payload: sent.as ?? payload,
  })
}

async function taken(body: object, sent?: Sent) {
  const answer = await send(body, sent)
  expect(answer.statusCode, answer.body).toBe(200)
  return holdReply(name, answer.body)
}

async function refused(body: object | string, sent: Sent, status = 401) {
  const problem = problemOf(await send(body, sent), status)
  if (status === 401) expect(problem.type).toBe('/problems/wrong-signature')
  return problem.detail ?? ''
}

const url = (path = randomUUID()) => `${publisher}/${path}`
const paragraphs = [
  'The ferry to the island leaves at seven in the morning, and at six in the evening it brings home whoever went across.',
  'Nobody has counted how many letters the captain carried in his coat during the winter when the telegraph was broken.',
]
const blocksOf = (texts: string[]) => texts.map((text) => ({ kind: 'paragraph', text }))
const article = (at = url()) => ({
  url: at,
  title: 'The ferry',
  language: 'en',
  blocks: blocksOf(paragraphs),
})

const revisions = async (id: string) =>
  await stage.db.selectFrom('article_revision').select('number').where('article_id', '=', id).execute()

describe('an article comes in', () => {
  test('in blocks; the same again changes nothing, another text is the next revision', async () => {
    const first = article()
    const made = await taken(first)
    expect(made).toMatchObject({ revision: 1, changed: true, doubt: null })
    expect(await blockTexts(stage.db, stage.demo.id, made.id)).toEqual(paragraphs)
    expect(await taken(first)).toEqual({ ...made, changed: false })
    const edited = [paragraphs[0] ?? '', 'Now they are counted: four hundred and twelve.']
    const next = await taken({ ...first, blocks: blocksOf(edited) })
    expect(next).toEqual({ ...made, revision: 2 })
    expect(await blockTexts(stage.db, stage.demo.id, made.id)).toEqual(edited)
    expect(await revisions(made.id)).toHaveLength(2)
  })

  test('as the page it stands on, with what is said beside it', async () => {
    const html = `<!doctype html><html lang="en"><title>Ferry</title><nav>Home</nav><article><h1>Ferry</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article></html>`
    const at = url()
    const made = await taken({
      url: `${at}#top`,
      html,
      slug: 'by-ferry',
      publishedAt: '2026-03-04T05:06:07Z',
    })
    expect(made.slug).toBe('by-ferry')
    expect(await blockTexts(stage.db, stage.demo.id, made.id)).toEqual(paragraphs)
    const row = await stage.db
      .selectFrom('article')
      .select(['url', 'published_at', 'language'])
      .where('id', '=', made.id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ url: at, published_at: new Date('2026-03-04T05:06:07Z'), language: 'en' })
  })

  test('and one that looks like another article waits, with the reason', async () => {
    const first = {
      ...article(),
      blocks: blocksOf([...paragraphs, ...paragraphs].map((text, n) => `${n} ${text}`)),
    }
    await taken(first)
    const other = Array.from({ length: 60 }, (_, n) => `quite${n} other${n} words${n}`).join(' ')
    const answer = await taken({ ...first, blocks: blocksOf([other]) })
    expect(answer.doubt).toContain('another page')
  })

  test('each of two keys holds while they are exchanged, and several signatures may be sent', async () => {
    const other = await makeKey(stage.db, stage.demo.id, null, 'push')
    await taken(article(), { secret: other.secret })
    await taken(article())
    const body = article()
    const id = randomUUID()
    const at = new Date()
    const signatures = [
      'v1a,AAAA',
      'v1,AAAA',
      ...[other.secret, secret].map((one) => new Webhook(one).sign(id, at, JSON.stringify(body))),
    ]
    await taken(body, { id, at, headers: { 'webhook-signature': signatures.join(' ') } })
    const used = await stage.db.selectFrom('site_key').select('used_at').execute()
    expect(used.every(({ used_at }) => used_at !== null)).toBe(true)
    await revokeKey(stage.db, stage.demo.id, null, other.key.id)
    expect(await refused(article(), { secret: other.secret })).toContain('no key')
  })
})

describe('a message is refused', () => {
  const minutes = (count: number) => new Date(Date.now() + count * 60_000)

  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s', async (header) => {
    expect(await refused(article(), { headers: { [header]: '' } })).toContain(header)
  })

  test('by the clock: ten minutes behind, ten ahead; four are not', async () => {
    expect(await refused(article(), { at: minutes(-10) })).toContain('in the past')
    expect(await refused(article(), { at: minutes(10) })).toContain('in the future')
    await taken(article(), { at: minutes(-4) })
    await taken(article(), { at: minutes(4) })
  })

  test('and who has no key learns nothing but that: whatever the time, the id, the body and the keys there are', async () => {
    const stranger = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    const used = article()
    await taken(used, { id: 'known-id' })
    const answers = [
      await refused(article(), { secret: stranger }),
      await refused(article(), { secret: stranger, at: minutes(-10) }),
      await refused(used, { secret: stranger, id: 'known-id' }),
      await refused('{"url":', { secret: stranger }),
      await refused({ nothing: true }, { secret: stranger }),
      await refused(article(), { as: JSON.stringify(article()) }),
      await refused(article(), { headers: { 'webhook-id': 'another' } }),
      await refused(article(), { slug: 'other' }),
    ]
    expect(new Set(answers).size).toBe(1)
  })

  test('with another site’s key, with one to sign in with, and with a cookie', async () => {
    const foreign = (await makeKey(stage.db, stage.other.id, null, 'push')).secret
    expect(await refused(article(), { secret: foreign })).toContain('no key')
    const other = (await makeKey(stage.db, stage.demo.id, null, 'sign_in')).secret
    expect(await refused(article(), { secret: other })).toContain('no key')
    const pia = await stage.as('pia@demo.example')
    const answer = await pia.request(name, { params: { site: 'demo' }, body: article() })
    expect(problemOf(answer, 401).type).toBe('/problems/wrong-signature')
  })

  test('the second time, by its id, also at once; where nothing was kept, it may come again', async () => {
    const at = url()
    const id = randomUUID()
    expect(await refused({ ...article(at), url: 'https://evil.example/' }, { id }, 403)).toContain(
      'evil.example',
    )
    const both = await Promise.all([send(article(at), { id }), send(article(at), { id })])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401])
    expect(await refused(article(at), { id })).toContain('webhook-id')
    await sql`update pushed_message set taken_at = now() - interval '2 hours' where message_id = ${id}`.execute(
      stage.db,
    )
    await deleteOldMessages(stage.db)
    const left = await stage.db.selectFrom('pushed_message').select('message_id').execute()
    expect(left.map(({ message_id }) => message_id)).not.toContain(id)
    expect(left.length).toBeGreaterThan(0)
  })

  test.each([
    ['url', { url: 'ftp://news.example/a' }],
    ['html', { blocks: undefined }],
    ['html', { blocks: undefined, html: '<p></p>' }],
    ['blocks', { html: '<p>Both</p>' }],
    ['blocks/0/kind', { blocks: [{ kind: 'script', text: 'x' }] }],
    ['blocks/0/text', { blocks: [{ kind: 'paragraph', text: ' ' }] }],
    ['title', { title: undefined }],
    ['slug', { slug: '../x' }],
    ['publishedAt', { publishedAt: 'soon' }],
    ['extra', { extra: 1 }],
  ])('where its %s is wrong, by name', async (field, change) => {
    expect(await refused({ ...article(), ...change }, {}, 400)).toMatch(
      new RegExp(`^${field.replaceAll('/', '.')}: `),
    )
  })

  test('over 2 MB', async () => {
    await refused({ ...article(), html: 'x'.repeat(2 * 1024 * 1024) }, {}, 413)
  })

  test('too often from one address, before anything is looked at', async () => {
    const limited = await openStage({ limitFactor: 1 })
    try {
      const nobody = new Caller(limited.app)
      const said = { params: { site: 'demo' }, body: '{', headers: { 'content-type': 'application/json' } }
      for (let nth = 1; nth <= routes[name].limit; nth += 1)
        expect((await nobody.request(name, said)).statusCode).toBe(401)
      expect((await nobody.request(name, said)).statusCode).toBe(429)
    } finally {
      await limited.close()
    }
  })
})

test('the signature is the one of the specification', async () => {
  const body = JSON.stringify(article())
  const [id, at] = [randomUUID(), new Date()]
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const seconds = Math.floor(at.getTime() / 1000)
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  expect(new Webhook(secret).sign(id, at, body)).toBe(`v1,${mac}`)
  expect((await send(body, { id, at })).statusCode).toBe(200)
})

test('the example in the documentation does it', async () => {
  const guide = await readFile(new URL('../../docs/embedding.md', import.meta.url), 'utf8')
  const script = /```js\n(\/\/ push\.mjs[^]*?)```/.exec(guide)?.[1] ?? ''
  const folder = await mkdtemp(join(tmpdir(), 'postil-push-'))
  try {
    await writeFile(join(folder, 'push.mjs'), script)
    await writeFile(
      join(folder, 'page.html'),
      `<title>Ferry</title><article>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article>`,
    )
    await stage.app.listen({ port: 0, host: '127.0.0.1' })
    const address = stage.app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { stdout } = await promisify(execFile)(process.execPath, ['push.mjs', url(), 'page.html'], {
      cwd: folder,
      env: { POSTIL: `http://127.0.0.1:${port}`, SITE: 'demo', SECRET: secret },
    })
    expect(stdout).toMatch(/^200 .*"revision":1,"changed":true,"doubt":null/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
