import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exported, type ExportedTable } from '../../core/contract/export.ts'
import { connect } from '../../server/database/connect.ts'
import { exportPieces, exportSite, restoreSite, writeAnnotations } from '../../server/exporting/index.ts'
import { importComments } from '../../server/importing/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import type { Database } from '../../server/database/connect.ts'
import { testDatabase } from '../setup/database.ts'
import { disqus, folderForFiles } from '../importing/files.ts'
import { faultsOf, written } from '../importing/world.ts'
import { signIn } from '../server/client.ts'
import { serveDemo, type Served } from '../setup/serve.ts'

let served: Served
let site: Site
let whole: string
const files = await folderForFiles()

beforeAll(async () => {
  served = await serveDemo()
  site = await siteOf(served.db)
  await importComments(served.db, site, 'disqus', await files.file('disqus.xml', disqus))
  whole = await exportOf(served.db, site)
})
afterAll(async () => {
  await served.close()
  await files.remove()
})

async function siteOf(db: Database): Promise<Site> {
  const found = await findSite(db, 'demo')
  if (!found) throw new Error('there is no site')
  return found
}

async function exportOf(db: Database, from: Site, write = exportSite): Promise<string> {
  let text = ''
  await write(db, from, (piece) => {
    text += piece
    return Promise.resolve()
  })
  return text
}

async function emptyDatabase() {
  const database = await testDatabase()
  const db = connect(database.url, { connections: 2 })
  return {
    db,
    close: async () => {
      await db.destroy()
      await database.drop()
    },
  }
}

test('read into an empty Postil and exported again, it is the same bytes', async () => {
  const { db, close } = await emptyDatabase()
  const { slug, rows } = await restoreSite(db, await files.file('whole.jsonl', whole))
  expect(slug).toBe('demo')
  expect(rows).toBe(whole.trimEnd().split('\n').length - 2)
  const restored = await siteOf(db)
  expect((await exportOf(db, restored)) === whole).toBe(true)
  expect(await written(db, restored)).toEqual(await written(served.db, site))
  expect(await faultsOf(db, restored)).toEqual([])
  await close()
})

describe('downloaded', () => {
  const download = async (email: string) => {
    const { cookie } = await signIn(served.origin, email)
    return await fetch(`${served.origin}/v1/sites/demo/export`, { headers: { cookie } })
  }

  test('by a publisher, it is the same bytes, and the log says who did', async () => {
    const answer = await download('pia@demo.example')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="demo.jsonl"')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect((await answer.text()) === (await exportOf(served.db, site))).toBe(true)
    const { rows } = await sql<{ name: string }>`
      select name from audit join account on account.id = actor_id where action = 'export_site'
    `.execute(served.db)
    expect(rows).toEqual([{ name: 'Pia' }])
  })

  test('by who goes away in the middle, it holds no connection', async () => {
    const open = async () => {
      const { rows } = await sql`
        select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
      `.execute(served.db)
      return rows.length
    }
    const pieces = exportPieces(served.db, site, '60s')
    await pieces.next()
    expect(await open()).toBe(1)
    await pieces.return(undefined)
    await expect.poll(open).toBe(0)
  })

  test('by a moderator, it is refused', async () => {
    expect((await download('mo@demo.example')).status).toBe(403)
  })
})

test('it has all there is, and no secret', async () => {
  const tables = new Set([...whole.matchAll(/^\{"table":"(\w+)"/gm)].map(([, table]) => table))
  for (const table of [
    'site',
    'account',
    'article',
    'block',
    'thread',
    'comment',
    'event',
    'audit',
    'import_source',
  ])
    expect(tables).toContain(table)
  expect(whole).not.toMatch(/argon2|password/)
  const comments = await served.db.selectFrom('comment').select('id').execute()
  for (const { id } of comments) expect(whole).toContain(`"id": "${id}"`)
})

test('its columns are those of the tables, but for what is secret or computed', async () => {
  const { rows } = await sql<{ table: ExportedTable; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and is_generated = 'NEVER'
      and (table_name, column_name) not in (('account', 'password_hash'), ('account', 'language'))
  `.execute(served.db)
  for (const table of Object.keys(exported) as ExportedTable[]) {
    const columns = rows.filter((one) => one.table === table).map(({ column }) => column)
    expect(Object.keys(exported[table].properties).sort(), table).toEqual(columns.sort())
  }
  const left = new Set(rows.map(({ table }) => table).filter((table) => !(table in exported)))
  expect([...left].filter((table) => !table.startsWith('kysely')).sort()).toEqual([
    'article_look',
    'claim',
    'erasure',
    'feed',
    'feed_entry',
    'idempotency_key',
    'invitation',
    'notification',
    'oidc_attempt',
    'pushed_message',
    'search_language',
    'search_passage',
    'search_progress',
    'search_text',
    'session',
    'sign_in_code',
    'site_key',
    'sketch',
    'used_token',
    'webhook',
    'webhook_delivery',
    'webhook_event',
  ])
})

describe('what is refused, with nothing read in', () => {
  const lines = () => whole.trimEnd().split('\n')
  const bad: [string, () => string, RegExp][] = [
    ['a file cut off between lines', () => `${lines().slice(0, -1).join('\n')}\n`, /ends in the middle/],
    ['a file cut off in a line', () => whole.slice(0, whole.length / 2), /^Line \d+: this is no line/],
    ['another format', () => '{"version":1}\n', /^Line 1: this is no export/],
    ['a newer version', () => whole.replace('"version":1', '"version":2'), /^Line 1: .*newer version/],
    [
      'a table there is not',
      () => whole.replace('"table":"origin"', '"table":"pg_authid"'),
      /no table "pg_authid"/,
    ],
    [
      'a column there is not',
      () => whole.replace('{"table":"site","row":{', '{"table":"site","row":{"x":1,'),
      /row of site/,
    ],
    ['a row left out', () => lines().toSpliced(2, 1).join('\n'), /there should be/],
  ]
  test.each(bad)('%s', async (name, text, reason) => {
    const { db, close } = await emptyDatabase()
    const file = await files.file(`${name}.jsonl`, text())
    await expect(restoreSite(db, file)).rejects.toThrow(reason)
    expect(await db.selectFrom('site').selectAll().execute()).toEqual([])
    await close()
  })

  test('a Postil that is in use', async () => {
    await expect(restoreSite(served.db, await files.file('again.jsonl', whole))).rejects.toThrow(
      /empty Postil/,
    )
  })
})

test('annotations are JSON-LD of what readers see at passages, and of nothing else', async () => {
  const { db } = served
  await sql`
    update comment_revision set state = 'HELD' where comment_id = (
      select comment.id from comment join thread on thread.id = comment.thread_id and anchor is not null
      where comment.shown_revision is not null order by comment.id limit 1
    )
  `.execute(db)
  const text = await exportOf(db, site, writeAnnotations)
  const collection = JSON.parse(text) as {
    total: number
    first: { items: { id: string; target: unknown }[] }
  }
  const seen = await sql<{ id: string }>`
    select comment.id from comment
    join thread on thread.id = comment.thread_id and thread.anchor is not null
    join comment_revision as revision on revision.comment_id = comment.id and revision.number = comment.shown_revision
    where revision.state in ('LIVE', 'APPROVED') order by comment.id
  `.execute(db)
  expect(collection.first.items.map(({ id }) => id)).toEqual(seen.rows.map(({ id }) => `urn:uuid:${id}`))
  expect(collection.total).toBe(seen.rows.length)
  expect(collection.total).toBeGreaterThan(0)
  expect(text).not.toMatch(/@demo\.example|<script/)
  expect(collection.first.items[0]).toMatchObject({
    type: 'Annotation',
    creator: { type: 'Person' },
    body: { type: 'TextualBody', format: 'text/html' },
    target: { selector: [{ type: 'TextQuoteSelector' }, { type: 'TextPositionSelector' }] },
  })
})

test('the documentation names every table', async () => {
  const docs = await readFile(new URL('../../docs/importing.md', import.meta.url), 'utf8')
  for (const table of Object.keys(exported)) expect(docs).toContain(`\`${table}\``)
})
