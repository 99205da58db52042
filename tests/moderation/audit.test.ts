import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { appendAudit, verifyAudit } from '../../server/audit/index.ts'
import { runPostil } from '../setup/postil.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
const rows = 6

beforeAll(async () => {
  stage = await openStage()
  // What the site began with: its rules.
  await tamper('delete from audit')
  for (let nth = 1; nth <= rows; nth += 1) await append({ nth, of: 'all' })
  await sql`create table kept as select * from audit`.execute(stage.db)
})
afterAll(() => stage.close())
afterEach(() => tamper('delete from audit; insert into audit select * from kept'))

async function append(subject: Record<string, string | number | null>): Promise<void> {
  const entry = { siteId: stage.demo.id, actorId: null, action: 'approve', subject }
  await stage.db.transaction().execute((tx) => appendAudit(tx, entry))
}

/** As somebody who owns the database could: with the trigger out of the way. */
async function tamper(statements: string): Promise<void> {
  await stage.db.connection().execute(async (db) => {
    await sql`alter table audit disable trigger all`.execute(db)
    await sql.raw(statements).execute(db)
    await sql`alter table audit enable trigger all`.execute(db)
  })
}

const verify = () => verifyAudit(stage.db, stage.demo.id)

describe('the audit log', () => {
  test('is whole as it was written', async () => {
    expect(await verify()).toMatchObject({ rows, broken: null })
  })

  test('is whole when many write at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, nth) => append({ nth, of: 'at once' })))
    expect(await verify()).toMatchObject({ rows: rows + 20, broken: null })
  })

  test('is one for each site', async () => {
    expect(await verifyAudit(stage.db, stage.other.id)).toMatchObject({ rows: 0, broken: null })
    const entry = { siteId: stage.other.id, actorId: null, action: 'approve', subject: {} }
    await stage.db.transaction().execute((tx) => appendAudit(tx, entry))
    expect(await verifyAudit(stage.db, stage.other.id)).toMatchObject({ rows: 1, broken: null })
    expect(await verify()).toMatchObject({ rows, broken: null })
  })

  test('leaves no number out when what it belongs to fails', async () => {
    const failing = stage.db.transaction().execute(async (tx) => {
      await appendAudit(tx, { siteId: stage.demo.id, actorId: null, action: 'approve', subject: {} })
      throw new Error('the decision failed')
    })
    await expect(failing).rejects.toThrow('the decision failed')
    await append({ nth: rows + 1 })
    expect(await verify()).toMatchObject({ rows: rows + 1, broken: null })
  })

  test.each([
    "update audit set action = 'reject' where number = 2",
    'delete from audit where number = 2',
    'delete from audit where false',
    'truncate audit',
  ])('can only be appended to: %s', async (statement) => {
    await expect(sql.raw(statement).execute(stage.db)).rejects.toThrow('the audit log is append-only')
    expect(await verify()).toMatchObject({ rows, broken: null })
  })
})

describe('a walk along the chain names the row', () => {
  test.each([
    ['of which the action was changed', "update audit set action = 'reject' where number = 3", 3],
    ['of which the subject was changed', `update audit set subject = '{"nth": 9}' where number = 1`, 1],
    ['of which a fact was removed', "update audit set subject = subject - 'of' where number = 4", 4],
    ['that was dated back', "update audit set at = at - interval '1 day' where number = 2", 2],
    ['that was put to somebody', 'update audit set actor_id = gen_random_uuid() where number = 5', 5],
    ['that was removed', 'delete from audit where number = 2', 2],
    ['that was the first', 'delete from audit where number = 1', 1],
    [
      'from which on they were renumbered to hide a removed one',
      `delete from audit where number = 3;
       update audit set number = number + 100 where number > 3;
       update audit set number = number - 101 where number > 100`,
      3,
    ],
    [
      'that was swapped with the next',
      `update audit set number = 99 where number = 3;
       update audit set number = 3 where number = 4;
       update audit set number = 4 where number = 99`,
      3,
    ],
    ['that points to another', "update audit set previous_hash = repeat('0', 64) where number = 4", 4],
    ['of which the hash was changed', "update audit set hash = repeat('0', 64) where number = 6", 6],
    [
      'in place of which another stands twice',
      `update audit set subject = kept.subject, hash = kept.hash from kept
       where audit.number = 2 and kept.number = 1`,
      2,
    ],
  ])('%s', async (_what, statements, broken) => {
    await tamper(statements)
    expect(await verify()).toMatchObject({ rows: broken - 1, broken })
  })

  test('after one that was forged with a hash that is right', async () => {
    await tamper('delete from audit where number >= 2')
    await append({ nth: 2, of: 'a forger' })
    expect(await verify()).toMatchObject({ rows: 2, broken: null })
    await tamper('insert into audit select * from kept where number > 2')
    expect(await verify()).toMatchObject({ rows: 2, broken: 3 })
  })
})

test('the command line says so, and fails', async () => {
  expect(await postil('verify', '--site', 'demo')).toMatchObject({ code: 0 })
  await tamper("update audit set action = 'reject' where number = 4")
  const { code, said } = await postil('verify', '--site', 'demo')
  expect(code).toBe(1)
  expect(said).toContain('broken at row 4')
})

const postil = (...words: string[]) => runPostil({ DATABASE_URL: stage.databaseUrl }, ...words)
