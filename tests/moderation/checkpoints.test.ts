import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  addCheckpoints,
  appendAudit,
  auditKey,
  lastCheckpoint,
  verifyAudit,
} from '../../server/audit/index.ts'
import { createSite, type Site } from '../../server/sites/index.ts'
import { runPostil } from '../setup/postil.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let site: Site
let folder: string
let key: KeyObject
const rows = 12
const keyFile = () => join(folder, 'key.pem')

beforeAll(async () => {
  stage = await openStage()
  folder = await mkdtemp(join(tmpdir(), 'postil-audit-'))
  const made = await auditKey(null, keyFile())
  if (!made) throw new Error('no key was made')
  key = made
  site = await createSite(stage.db, { slug: 'chained', name: 'Chained', origins: [] })
  for (let nth = 1; nth <= rows; nth += 1) {
    await append({ nth, of: nth % 2 === 0 ? 'even “numbers”' : null, 'a longer name': -nth })
    if (nth % 4 === 0) await addCheckpoints(stage.db, key)
  }
  // Who owns the database has taken it away.
  await sql`alter table audit drop constraint audit_number_check`.execute(stage.db)
  await sql`create table kept as select * from audit`.execute(stage.db)
  await sql`create table kept_points as select * from audit_checkpoint`.execute(stage.db)
})
afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})
const putBack = () =>
  tamper(
    'delete from audit_checkpoint; delete from audit; insert into audit select * from kept;' +
      'insert into audit_checkpoint select * from kept_points',
  )
afterEach(putBack)

async function append(subject: Record<string, string | number | null>): Promise<void> {
  const entry = { siteId: site.id, actorId: stage.demo.id, action: 'approve', subject }
  await stage.db.transaction().execute((tx) => appendAudit(tx, entry))
}

/** As somebody who owns the database could: with triggers, keys and checks out of the way. */
async function tamper(statements: string): Promise<void> {
  await stage.db.connection().execute(async (db) => {
    await sql`set session_replication_role = replica`.execute(db)
    await sql.raw(statements).execute(db)
    await sql`set session_replication_role = origin`.execute(db)
  })
}

const containing = (text: string): unknown => expect.stringContaining(text)
const verify = (keys: KeyObject[] = [key]) => verifyAudit(stage.db, site.id, { keys })

/** What can be done to a value of each column, none of it twice the same. */
const digit = fc.integer({ min: 0, max: 15 }).map((nth) => nth.toString(16))
const changes = {
  number: fc.integer({ min: 1, max: 1000 }).map((by) => `number + ${by * 100}`),
  at: fc
    .tuple(fc.constantFrom('microseconds', 'milliseconds', 'days'), fc.integer({ min: 1, max: 900 }))
    .map(([unit, by]) => `at + interval '${by} ${unit}'`),
  actor_id: fc.oneof(
    fc.uuid().map((id) => `'${id}'::uuid`),
    fc.constant('null'),
  ),
  action: fc.constantFrom("'reject'", "action || ' '", 'upper(action)', "''"),
  subject: fc.oneof(
    fc.integer({ min: 100 }).map((nth) => `subject || '{"nth": ${nth}}'`),
    fc.constantFrom(
      `subject || '{"of": "odd"}'`,
      `subject - 'of'`,
      `subject || '{"more": null}'`,
      `jsonb_build_array(subject)`,
      `replace(subject::text, '"nth": ', '"nth": 0.')::jsonb`,
      `jsonb_set(subject, '{nth}', ((subject->>'nth') || '.0')::jsonb)`,
      `jsonb_set(subject, '{nth}', to_jsonb(subject->>'nth'))`,
    ),
  ),
  previous_hash: fc
    .tuple(fc.nat(63), digit)
    .map(([at, to]) => `overlay(previous_hash placing '${to}' from ${at + 1})`),
  hash: fc.oneof(
    fc.tuple(fc.nat(63), digit).map(([at, to]) => `overlay(hash placing '${to}' from ${at + 1})`),
    fc.constant('upper(hash)'),
  ),
  site_id: fc.uuid().map((id) => `'${id}'::uuid`),
} as const

describe('whatever is changed in a log, the walk finds it', () => {
  test.each(Object.entries(changes))('%s, of any row', async (column, change) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: rows }), change, async (row, value) => {
        await tamper(`update audit set ${column} = ${value} where site_id = '${site.id}' and number = ${row}`)
        const { rows: changed } = await sql<{ is: boolean }>`
          select exists ((select kept::text from kept) except (select audit::text from audit)) as is`.execute(
          stage.db,
        )
        const { broken } = await verify()
        await putBack()
        // What happened to be there already is no change.
        expect(broken).toBe(changed[0]?.is ? row : null)
      }),
      { numRuns: 40 },
    )
  })

  test('any row removed, also the last ones', async () => {
    for (let row = 1; row <= rows; row += 1) {
      await tamper(`delete from audit where site_id = '${site.id}' and number = ${row}`)
      expect(await verify(), `row ${row}`).toMatchObject({ broken: row })
      await putBack()
      await tamper(`delete from audit where site_id = '${site.id}' and number >= ${row}`)
      expect(await verify(), `from row ${row}`).toMatchObject({ rows: row - 1, broken: row })
      await putBack()
    }
  })

  test('any two swapped', async () => {
    for (let a = 1; a < rows; a += 1)
      for (let b = a + 1; b <= rows; b += 1) {
        await tamper(
          `update audit set number = case number when ${a} then -${b} else -${a} end
             where site_id = '${site.id}' and number in (${a}, ${b});
           update audit set number = -number where site_id = '${site.id}' and number < 0`,
        )
        expect((await verify()).broken, `${a} and ${b}`).toBe(a)
        await putBack()
      }
  })

  test('a row put in before the first', async () => {
    await tamper(`insert into audit select site_id, 0, at, actor_id, action, subject, previous_hash, hash
      from kept where site_id = '${site.id}' and number = 1`)
    expect(await verify()).toMatchObject({ rows: 0, broken: 1 })
  })
})

describe('a checkpoint', () => {
  test('fits the log it was made of, signed with a key that is known', async () => {
    const whole = { rows, broken: null, why: null }
    expect(await verify()).toEqual({ ...whole, checkpoints: { signed: 3, unknown: 0, unsigned: 0 } })
    expect(await verify([])).toEqual({ ...whole, checkpoints: { signed: 0, unknown: 3, unsigned: 0 } })
  })

  test('is written once, and of a log that has grown only', async () => {
    expect(await addCheckpoints(stage.db, key)).toBe(0)
    await append({ nth: rows + 1 })
    expect(await addCheckpoints(stage.db, key)).toBe(1)
    expect(await lastCheckpoint(stage.db, site.id)).toMatchObject({ siteId: site.id, rows: rows + 1 })
  })

  test.each([
    "update audit_checkpoint set hash = ''",
    'delete from audit_checkpoint',
    'truncate audit_checkpoint',
  ])('can only be added: %s', async (statement) => {
    await expect(sql.raw(statement).execute(stage.db)).rejects.toThrow('the audit log is append-only')
  })

  test('tells of a log that was written anew, row by row with the right hashes', async () => {
    await tamper(`delete from audit where site_id = '${site.id}' and number >= 3`)
    for (let nth = 3; nth <= rows; nth += 1) await append({ nth, of: 'a forger' })
    expect(await verify()).toMatchObject({ rows: 3, broken: 4, why: containing('another hash') })
    await tamper(`update audit_checkpoint set hash = audit.hash from audit
      where audit.site_id = audit_checkpoint.site_id and audit.number = audit_checkpoint.rows`)
    expect(await verify()).toMatchObject({ broken: 4, why: containing('was not signed so') })
    await tamper('update audit_checkpoint set key_id = null, signature = null where rows > 4')
    expect(await verify()).toMatchObject({ broken: 4 })
  })

  test('without a signature is found after one with it', async () => {
    await tamper('update audit_checkpoint set key_id = null, signature = null where rows = 8')
    expect(await verify()).toMatchObject({ broken: 8, why: containing('is not signed') })
  })

  test.each(['rows = rows + 1', "at = at + interval '1 second'", 'signature = reverse(signature)'])(
    'was signed as it is: %s',
    async (change) => {
      await tamper(`update audit_checkpoint set ${change} where rows = 4`)
      expect((await verify()).broken).toBe(change.startsWith('rows') ? 5 : 4)
    },
  )
})

describe('the key', () => {
  test('is made once, for its owner only, and read again', async () => {
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600)
    const again = await auditKey(null, keyFile())
    expect(again?.equals(key)).toBe(true)
    expect((await auditKey(await readFile(keyFile(), 'utf8'), null))?.equals(key)).toBe(true)
    expect((await auditKey(keyFile(), null))?.equals(key)).toBe(true)
    expect(await auditKey(null, null)).toBeNull()
  })

  test('is refused where it is another kind, or none, without being quoted', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const pem = rsa.export({ type: 'pkcs8', format: 'pem' }).toString()
    for (const wrong of [pem, '-----BEGIN nonsense'])
      await expect(auditKey(wrong, null)).rejects.toThrow(
        /^The audit key is no Ed25519 key in PEM\. Make one: [^\n]*$/,
      )
    await expect(auditKey(join(folder, 'nowhere.pem'), null)).rejects.toThrow('cannot be read')
  })
})

describe('the command line', () => {
  test('prints a checkpoint, and finds by it what the database alone cannot tell', async () => {
    const printed = await postil('audit', 'checkpoint', '--print', '--site', 'chained')
    expect(printed.code, printed.said).toBe(0)
    const witness = join(folder, 'checkpoint.json')
    await writeFile(witness, printed.said)
    const publicKey = join(folder, 'public.pem')
    await writeFile(publicKey, (await postil('audit', 'key')).said)
    const check = ['verify', 'audit', '--site', 'chained', '--checkpoint', witness]
    expect(await postil(...check)).toEqual({
      code: 0,
      said: `Audit: ${rows} rows, the chain is whole. Checkpoints that fit: 4.\n`,
    })

    // Cut off, with the checkpoints over it: what is left is whole by itself.
    await tamper(
      `delete from audit where site_id = '${site.id}' and number > 6; delete from audit_checkpoint where rows > 6`,
    )
    expect(await postil('verify', 'audit', '--site', 'chained')).toMatchObject({ code: 0 })
    expect(await postil(...check)).toMatchObject({
      code: 1,
      said: containing(`broken at row 7: it is missing at the end: on `),
    })
    // Who checks need not have the key that signs.
    const other = await postil.without(...check, '--key', publicKey)
    expect(other).toMatchObject({ code: 1, said: containing('broken at row 7') })
  })

  test('says what it is given wrong', async () => {
    expect(await postil('verify', 'audit', '--site', 'chained', '--checkpoint', keyFile())).toMatchObject({
      code: 2,
      said: containing('This is no checkpoint'),
    })
    expect(await postil('audit', 'checkpoint', '--site', 'other')).toMatchObject({ code: 2 })
  })

  test('says that nobody vouches for what is not signed', async () => {
    await tamper('delete from audit_checkpoint')
    const made = await postil.without('audit', 'checkpoint', '--site', 'chained')
    expect(made).toMatchObject({
      code: 0,
      said: containing('not signed: there is no AUDIT_KEY'),
    })
    const { code, said } = await postil('verify', 'audit', '--site', 'chained')
    expect(code, said).toBe(0)
    expect(said).toContain('1 is not signed')
  })

  test('counts one row as one', async () => {
    await tamper(
      `delete from audit where site_id = '${site.id}' and number > 1; delete from audit_checkpoint`,
    )
    expect(await postil('verify', 'audit', '--site', 'chained')).toEqual({
      code: 0,
      said: 'Audit: 1 row, the chain is whole. Checkpoints that fit: 0.\n',
    })
  })
})

const postil = Object.assign((...words: string[]) => run(words, { AUDIT_KEY: keyFile() }), {
  without: (...words: string[]) => run(words, {}),
})

function run(words: string[], own: Record<string, string>) {
  return runPostil({ DATABASE_URL: stage.databaseUrl, ...own }, ...words)
}
