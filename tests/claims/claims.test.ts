import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { importComments } from '../../server/importing/index.ts'
import { createAccount } from '../../server/people/index.ts'
import { requestErasure } from '../../server/privacy/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { folderForFiles } from '../importing/files.ts'
import { openMailServer, type MailServer } from '../mail/stage.ts'
import { tablesWith } from '../privacy/everywhere.ts'
import type { Client } from '../server/client.ts'
import { readAll } from '../server/stage.ts'

const files = await folderForFiles()
let server: MailServer
let article: string
let email: string
let nora: Client
let noraId: string
beforeAll(async () => {
  server = await openMailServer()
})
afterAll(async () => {
  await files.remove()
  await server.close()
})
beforeEach(async () => {
  email = `${randomUUID()}@reader.example`
  article = await server.newArticle(`Tides ${randomUUID()}`)
  noraId = await createAccount(server.db, { email, name: 'Nora Nym', password: 'margin-notes' })
  nora = await server.signedIn(email)
})

/** What an old discussion had: two comments of Nora's, and one of somebody else's between them. */
async function bring(source: 'generic' | 'remark42' = 'generic', prefix = '') {
  const found = await findSite(server.db, 'demo')
  const { url } = await server.db
    .selectFrom('article')
    .select('url')
    .where('id', '=', article)
    .executeTakeFirstOrThrow()
  if (!found) throw new Error('the demo site is missing')
  const by = { author: 'nora_77', email: email.toUpperCase() }
  const comments = [
    { id: `${prefix}1`, ...by, created: '2012-01-02T00:00:00Z', text: 'An old word.' },
    {
      id: `${prefix}2`,
      parent: `${prefix}1`,
      author: 'Bo',
      created: '2012-01-03T00:00:00Z',
      text: 'An answer.',
    },
    { id: `${prefix}3`, parent: `${prefix}2`, ...by, created: '2012-01-04T00:00:00Z', text: 'Once more.' },
  ]
  const file = await files.file(
    'old.json',
    JSON.stringify([{ id: `${article}${prefix}`, url, title: 'Tides', comments }]),
  )
  return await importComments(server.db, found, source, file)
}

const post = (who: Client, path: string, origin = server.origin) =>
  fetch(server.origin + path, {
    method: 'POST',
    headers: { origin, cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
  })
const get = (who: Client, path: string) => fetch(server.origin + path, { headers: { cookie: who.cookie } })

/** Asks, and reads the mail. @returns the path of its link; null where no mail came */
async function asked(who = nora): Promise<string | null> {
  expect((await post(who, '/account/claim')).status).toBe(303)
  await server.finish()
  const mail = server.office.to(email).at(-1)
  return /\/claim\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? null
}

const authors = async () =>
  (await readAll(server.nobody, article)).flatMap(({ first }) => first.map((one) => one.author?.name))

test('who shows that the address is theirs has what was imported under it', async () => {
  await bring()
  expect(new Set(await authors())).toEqual(new Set(['nora_77', 'Bo']))
  const path = await asked()
  expect(server.office.to(email).at(-1)?.text).toContain('2 comments as nora_77 on')
  const page = await (await get(nora, path ?? '')).text()
  expect(page).toContain('2 comments as nora_77 on')
  expect(page).toContain('Nora Nym')

  const line = await server.follow(server.nobody)
  line.say({ type: 'subscribe', article, after: 0 })
  expect((await post(nora, path ?? '')).status).toBe(202)
  await server.finish()
  expect((await authors()).filter((name) => name !== 'Bo')).toEqual(['Nora Nym', 'Nora Nym'])
  await line.until(
    (frame) =>
      frame.type === 'change' && frame.article === article && frame.comment?.author?.name === 'Nora Nym',
  )
  line.socket.close()
  expect(await tablesWith(server.db, 'nora_77')).toEqual(['public.import_author'])
  // Theirs with all there is to that: they can take it back, for one.
  const mine = await (await get(nora, '/v1/me/archive')).text()
  expect(mine).toContain('An old word.')

  // The rest of the old comments comes to the same account, and the link was for once.
  await bring('generic', 'later ')
  expect((await authors()).filter((name) => name !== 'Bo')).toEqual(Array(4).fill('Nora Nym'))
  expect((await post(nora, path ?? '')).status).toBe(410)
  expect((await verifyLog(server.db, server.siteId)).faults).toEqual([])
  expect((await verifyAudit(server.db, server.siteId)).broken).toBeNull()
  const audit = await server.db
    .selectFrom('audit')
    .select(['action', 'actor_id'])
    .where('action', '=', 'claim')
    .execute()
  expect(audit).toContainEqual({ action: 'claim', actor_id: noraId })
})

test('a ban that the imported author has goes along', async () => {
  await bring()
  const old = await server.db
    .selectFrom('import_author')
    .select('account_id')
    .where('email', '=', email.toUpperCase())
    .executeTakeFirstOrThrow()
  const { id: comment } = await server.db
    .selectFrom('comment')
    .select('id')
    .where('author_id', '=', old.account_id)
    .executeTakeFirstOrThrow()
  const mo = await server.signedIn('mo@demo.example')
  await nora.ok('POST /v1/sites/:site/comments/:comment/reports', {
    params: { site: 'demo', comment },
    body: { category: 'abuse', text: '' },
  })
  const open = await server.db
    .selectFrom('moderation_case')
    .select(['id', 'version', 'revision'])
    .where('comment_id', '=', comment)
    .executeTakeFirstOrThrow()
  await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site: 'demo', case: open.id },
    body: { action: 'ban', reason: 'abuse', revision: open.revision, version: open.version },
  })
  const path = await asked()
  await post(nora, path ?? '')
  await server.finish()
  const banned = await server.db
    .selectFrom('sanction')
    .select('kind')
    .where('account_id', '=', noraId)
    .execute()
  expect(banned).toEqual([{ kind: 'ban' }])
  const record = await server.db
    .selectFrom('record')
    .select('rejected')
    .where('account_id', '=', noraId)
    .executeTakeFirst()
  expect(record).toEqual({ rejected: 1 })
})

test('where there is nothing, no mail goes out, and the page says the same', async () => {
  expect(await asked()).toBeNull()
  expect(await (await get(nora, '/account?asked')).text()).toContain(`a mail is on its way to ${email}`)
})

test('of many names under one address all are claimed, also those that the mail has no room for', async () => {
  for (let nth = 0; nth < 51; nth += 1)
    await server.db.transaction().execute(async (tx) => {
      const id = randomUUID()
      await tx
        .insertInto('account')
        .values({ id, email: `${id}@imported.invalid`, name: `Nora ${nth}` })
        .execute()
      await tx
        .insertInto('import_author')
        .values({ site_id: server.siteId, source: 'generic', author_key: id, account_id: id, email })
        .execute()
    })
  const path = await asked()
  const answer = await post(nora, path ?? '')
  expect([path !== null, answer.status]).toEqual([true, 202])
  await server.finish()
  const theirs = await server.db
    .selectFrom('import_author')
    .select('account_id')
    .distinct()
    .where('email', '=', email)
    .execute()
  expect(theirs).toEqual([{ account_id: noraId }])
})

test('one mail in ten minutes, however often somebody asks', async () => {
  await bring()
  await asked()
  await asked()
  expect(server.office.to(email)).toHaveLength(1)
})

test('a mail that did not get through is tried again', async () => {
  await bring()
  let tries = 0
  server.office.verdict = () => ((tries += 1) === 1 ? '451 not now' : null)
  expect(await asked()).not.toBeNull()
  server.office.verdict = () => null
})

test('a link does nothing for others: not signed in, by another account, from another site, or made up', async () => {
  await bring()
  const path = (await asked()) ?? ''
  const ada = await server.signedIn('ada@demo.example')
  for (const [who, status] of [
    [server.nobody, 401],
    [ada, 403],
  ] as const) {
    expect((await get(who, path)).status).toBe(status)
    expect((await post(who, path)).status).toBe(status)
  }
  expect((await post(nora, path, 'https://elsewhere.example')).status).toBe(403)
  expect((await post(server.nobody, '/account/claim')).status).toBe(401)
  expect((await get(nora, '/claim/made-up')).status).toBe(410)
  await server.db
    .updateTable('claim')
    .set({ expires_at: new Date(0) })
    .where('account_id', '=', noraId)
    .execute()
  expect((await post(nora, path)).status).toBe(410)
  await server.finish()
  expect(new Set(await authors())).toEqual(new Set(['nora_77', 'Bo']))
})

test('name and address that comments were imported under go with the account', async () => {
  await bring()
  await post(nora, (await asked()) ?? '')
  await server.finish()
  await requestErasure(server.db, noraId, 'erase')
  await server.finish()
  expect(await tablesWith(server.db, email)).toEqual([])
})
