import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addJob } from '../../server/jobs/index.ts'
import type { Client } from '../server/client.ts'
import { open, site } from '../server/stage.ts'
import { openMailServer, type MailServer } from '../mail/stage.ts'
import { follow, onArticle, told } from './stage.ts'

let server: MailServer
let article: string
let ada: Client
let bela: Client
beforeAll(async () => {
  server = await openMailServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  article = await server.newArticle('Long ago')
})

/** What the clock does in the night. */
async function night(): Promise<void> {
  await addJob(server.db, 'expire', {})
  await server.finish()
}

/** Bela is told of a comment, so many days ago. */
async function tellBela(body: string, days: number): Promise<string> {
  const { comment } = await open(ada, article, body)
  await server.finish()
  await sql`
    update notification set created_at = now() - make_interval(days => ${days}) where comment_id = ${comment.id}
  `.execute(server.db)
  const item = (await told(bela, article)).find((one) => one.comment.id === comment.id)
  if (!item) throw new Error('Bela was not told')
  return item.id
}

async function readIt(id: string, days: number): Promise<void> {
  await bela.ok('POST /v1/sites/:site/inbox/read', { params: { site }, body: { ids: [id] } })
  await sql`
    update notification set read_at = now() - make_interval(days => ${days}) where id = ${id}
  `.execute(server.db)
}

const left = async () => (await told(bela, article)).map(({ id }) => id).sort()

test('notifications go 90 days after they were read, and unread ones after 180', async () => {
  await follow(bela, onArticle(article))
  const unread = [await tellBela('Unread, old.', 181), await tellBela('Unread.', 179)]
  const read = [
    await tellBela('Read long ago.', 100),
    await tellBela('Read lately.', 300),
    await tellBela('Read as it came.', 89),
  ]
  await readIt(read[0] ?? '', 91)
  await readIt(read[1] ?? '', 89)
  await readIt(read[2] ?? '', 89)
  await night()
  expect(await left()).toEqual([unread[1], read[1], read[2]].sort())
})

test('what waits for a mail stays until it was mailed', async () => {
  await follow(bela, onArticle(article), 'weekly')
  const waiting = await tellBela('Not mailed yet.', 200)
  await night()
  expect(await left()).toEqual([waiting])
  await server.morning('weekly')
  expect(server.office.mails.map(({ text }) => text).join()).toContain('Not mailed yet.')
  await night()
  expect(await left()).toEqual([])
  await follow(bela, onArticle(article))
})

test('also more of them than are deleted at once', async () => {
  const { comment } = await open(ada, article, 'To a thousand and more.')
  await sql`
    with reader as (
      insert into account (id, email, name)
      select gen_random_uuid(), nth || '@readers.example', 'Reader' from generate_series(1, 2001) as nth
      returning id
    )
    insert into notification (site_id, account_id, id, comment_id, reason, created_at)
    select ${server.siteId}, reader.id, gen_random_uuid(), ${comment.id}, 'article', now() - interval '1 year'
    from reader
  `.execute(server.db)
  await night()
  const rows = await server.db
    .selectFrom('notification')
    .select('id')
    .where('comment_id', '=', comment.id)
    .execute()
  expect(rows).toEqual([])
})
