import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { Problem } from '../../core/contract/common.ts'
import { hold } from '../moderation/caller.ts'
import { problemOf, signIn } from '../server/client.ts'
import { commentIds, names, open, readAll, reply, site } from '../server/stage.ts'
import { endNode, startNode, type Process } from '../setup/node.ts'
import { runPostil } from '../setup/postil.ts'
import { withDatabase } from '../setup/url.ts'

const folder = mkdtempSync(join(tmpdir(), 'postil-small-'))
chmodSync(folder, 0o755)
const disk = join(folder, 'disk')
mkdirSync(disk)
/** A disk of its own, which only root may mount. */
const isMounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
afterAll(() => {
  if (isMounted) execFileSync('umount', [disk])
  rmSync(folder, { recursive: true })
})

const name = 'small'
const tablespace = `small_${randomUUID().replaceAll('-', '')}`

// Skipped where this user may not mount a file system.
describe.runIf(isMounted)('a database whose disk is full (needs leave to mount a small one)', () => {
  let url: string
  let client: pg.Client
  let db: Database
  let node: Process
  beforeAll(async () => {
    client = new pg.Client(inject('postgres'))
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    const owner = statSync(rows[0]?.data_directory ?? '')
    chownSync(disk, owner.uid, owner.gid)
    await client.query(`create tablespace ${tablespace} location '${disk}'`)
    await client.query(`create database ${name} template postil_template tablespace ${tablespace}`)
    url = withDatabase(inject('postgres'), name)
    db = connect(url, { connections: 2 })
    node = await startNode(url, { LOG_LEVEL: 'silent' })
  })
  afterAll(async () => {
    await endNode(node, 'SIGTERM')
    await db.destroy()
    await client.query(`drop database ${name} with (force)`)
    await client.query(`drop tablespace ${tablespace}`)
    await client.end()
  })

  /** Writes until not one more row goes in, in steps that get smaller. */
  async function fill(): Promise<void> {
    const filler = new pg.Client(url)
    await filler.connect()
    await filler.query('create table filler (words text); alter table filler alter words set storage plain')
    for (const rows of [500, 10, 1])
      for (let hasRoom = true; hasRoom;)
        hasRoom = await filler
          .query(`insert into filler select repeat('x', 7500) from generate_series(1, ${rows})`)
          .then(
            () => true,
            (error: unknown) => {
              if (error instanceof pg.DatabaseError && error.code === '53100') return false
              throw error
            },
          )
    await filler.end()
  }

  test('says so to who writes, is read as before, and goes on once there is room', async () => {
    const ada = await signIn(node.origin, 'ada@demo.example')
    const { id: article } = await db.selectFrom('article').select('id').executeTakeFirstOrThrow()
    const { thread } = await open(ada, article, 'Is there room?')
    await fill()
    // What no compression makes smaller; some of it still goes into pages that there are.
    const body = () => randomBytes(4_500).toString('hex')
    const sent = async (key: string, text: string) =>
      await ada.request(names.newComment, {
        params: { site, thread: thread.id },
        body: { body: text, parentId: null },
        headers: { 'idempotency-key': key },
      })
    let last = { key: '', text: '' }
    await expect
      .poll(async () => {
        last = { key: randomUUID(), text: body() }
        return (await sent(last.key, last.text)).status
      })
      .toBe(503)
    const problem = hold(Problem, problemOf(await sent(last.key, last.text), 503))
    expect(problem.type).toBe('/problems/unavailable')
    expect(problem.detail).toContain('no room left')
    const read = async () =>
      (await Promise.all((await readAll(ada, article)).map((one) => commentIds(ada, one)))).flat()
    const kept = await read()

    await db.schema.dropTable('filler').execute()
    await expect.poll(async () => (await sent(last.key, last.text)).status).toBe(201)
    await reply(ada, thread.id, 'There is.')
    expect(await read()).toHaveLength(kept.length + 2)
    const verified = await runPostil({ DATABASE_URL: url }, 'verify', '--site', 'demo')
    expect(verified.code, verified.said).toBe(0)
  })
})
