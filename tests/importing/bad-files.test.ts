import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { importComments, type Source } from '../../server/importing/index.ts'
import { commento, disqus, folderForFiles, generic, page, remark42, wordpress, writeIsso } from './files.ts'
import { emptySite, faultsOf, written } from './world.ts'

const files = await folderForFiles()
let world: Awaited<ReturnType<typeof emptySite>>

beforeEach(async () => {
  world = await emptySite()
})
afterEach(() => world.close())
afterAll(() => files.remove())

/** Imports a file that is not all right, twice, and looks whether what is there is whole. */
async function imported(source: Source, content: string | Buffer) {
  const { db, site } = world
  const file = await files.file('bad', content)
  const done = await importComments(db, site, source, file)
  const rows = await written(db, site)
  await importComments(db, site, source, file)
  expect(await written(db, site)).toEqual(rows)
  expect(await faultsOf(db, site)).toEqual([])
  return { rows, remarks: done.faults.map(({ spot, reason }) => `${spot}: ${reason}`), done }
}

const cutBefore = (text: string, mark: string) => text.slice(0, text.indexOf(mark))

test.each([
  ['disqus', cutBefore(disqus, 'Buy now')],
  ['wordpress', cutBefore(wordpress, 'Buy now')],
  ['commento', cutBefore(commento, 'Buy now')],
  ['remark42', remark42.slice(0, -60)],
  ['generic', cutBefore(generic, 'Buy now')],
] as const)('%s, cut off: what is whole comes in', async (source, content) => {
  const { rows, remarks } = await imported(source, content)
  // Where an article's address stands behind its comments, nothing can be told of those.
  const isLate = source === 'generic'
  expect(rows).toHaveLength(isLate ? 0 : 2)
  expect(remarks.join('\n')).toMatch(
    source === 'remark42' ? /line 4: is no JSON/ : /unclosed|the end: is no JSON/,
  )
})

test('a database that is cut off', async () => {
  const file = writeIsso(files.path('whole.db'))
  const { readFile, writeFile } = await import('node:fs/promises')
  await writeFile(file, (await readFile(file)).subarray(0, 5000))
  const done = await importComments(world.db, world.site, 'isso', file)
  expect(done.faults).toMatchObject([
    { spot: 'the end', reason: expect.stringMatching(/malformed|corrupt/) as string },
  ])
  expect(await written(world.db, world.site)).toEqual([])
})

test('entity bombs and outer entities are never expanded', async () => {
  const bomb = `<!DOCTYPE disqus [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`
  const { rows, remarks } = await imported(
    'disqus',
    disqus.replace('?>', `?>${bomb}`).replace('Buy now', 'Buy &b; &f; now'),
  )
  expect(rows).toHaveLength(3)
  expect(rows[2]?.source).toBe('Buy &b; &f; now')
  expect(remarks.filter((line) => line.includes('undefined entity'))).toHaveLength(1)
})

test('signs that XML may not hold, and bytes that are no UTF-8', async () => {
  const [before = '', after = ''] = disqus.split('Buy now')
  const content = Buffer.concat([
    Buffer.from(`${before}B\u0001uy `),
    Buffer.from([0xe9]),
    Buffer.from(` now${after}`),
  ])
  const { rows, remarks } = await imported('disqus', content)
  expect(rows[2]?.source).toBe('Buy \ufffd now')
  expect(remarks.join('\n')).toMatch(/line \d+: disallowed character/)
  expect(remarks.join('\n')).toMatch(/comment 13 has bytes that are no text/)
})

test('another encoding, as the file says; and a file that is still gzipped', async () => {
  const latin = Buffer.from(disqus.replace('utf-8', 'iso-8859-1').replace('Buy now', 'déjà vu'), 'latin1')
  const { rows } = await imported('disqus', gzipSync(latin))
  expect(rows[2]?.source).toBe('déjà vu')
})

const comment = (id: number, parent: number | null, created = '2012-01-02 00:00:00', text = `No. ${id}`) => ({
  id,
  parent,
  author: 'Ada',
  created,
  text,
})
const list = (comments: object[]) => JSON.stringify([{ id: '/tides', comments }])

test('circles, parents that are missing, dates in the future and none, ids twice', async () => {
  const { rows, remarks } = await imported(
    'generic',
    list([
      comment(1, 3, '2012-01-01 00:00:01'),
      comment(2, 1, '2012-01-01 00:00:02'),
      comment(3, 2, '2012-01-01 00:00:03'),
      comment(4, 4, '2012-01-01 00:00:04'),
      comment(5, 99, '2012-01-01 00:00:05'),
      comment(5, null, '2012-01-01 00:00:06'),
      { id: 6, text: 'no date' },
      comment(7, null, '2999-01-01 00:00:00'),
      comment(8, null, 'yesterday'),
    ]),
  )
  const idOf = (text: string) => rows.find(({ source }) => source === text)?.id
  const parents = rows.map(({ source, parent_id }) => [source, parent_id])
  expect(parents).toEqual(
    expect.arrayContaining([
      ['No. 1', null],
      ['No. 2', idOf('No. 1')],
      ['No. 3', idOf('No. 2')],
      ['No. 4', null],
      ['No. 5', null],
    ]),
  )
  expect(rows).toHaveLength(7)
  expect(rows.every(({ created_at }) => created_at <= new Date())).toBe(true)
  const said = remarks.join('\n')
  expect(said.match(/in a circle/g)).toHaveLength(2)
  expect(said).toMatch(/byte \d+: answers 99, which is not in the file/)
  expect(said).toMatch(/comment 5 is there twice/)
  expect(said).toMatch(/byte \d+: a comment is not as expected/)
  expect(said).toMatch(/comment 7 is dated in the future/)
  expect(said).toMatch(/comment 8 has no date that can be read/)
})

test('texts that are too long, or nothing', async () => {
  const { rows, remarks } = await imported(
    'generic',
    list([
      comment(1, null, undefined, 'a'.repeat(30_000)),
      comment(2, null, undefined, '\u200b'),
      comment(3, 2),
    ]),
  )
  expect(rows).toHaveLength(2)
  expect(rows.map(({ source }) => source?.length).sort()).toEqual([5, 9901])
  expect(remarks.join('\n')).toMatch(/longer than 10000/)
  expect(remarks.join('\n')).toMatch(/comment \/tides\/2 cannot be kept/)
})

test('pending comments wait in the queue, and an answer to a deleted one keeps its tombstone', async () => {
  const { db } = world
  const { rows } = await imported(
    'generic',
    list([
      { ...comment(1, null, '2012-01-01 00:00:01'), state: 'deleted' },
      comment(2, 1, '2012-01-01 00:00:02'),
      { ...comment(3, null, '2012-01-01 00:00:03'), state: 'pending' },
    ]),
  )
  expect(
    rows.map(({ state, present_replies, shown_revision }) => [state, present_replies, shown_revision]),
  ).toEqual([
    ['WITHDRAWN', 1, null],
    ['APPROVED', 0, 1],
    ['HELD', 0, null],
  ])
  const cases = await db.selectFrom('moderation_case').select(['comment_id', 'cause', 'status']).execute()
  expect(cases).toEqual([{ comment_id: rows[2]?.id, cause: 'held', status: 'open' }])
})

test('addresses are mapped, and a newer export brings what is new', async () => {
  const { db, site } = world
  const old = generic.replace('"/tides"', '"http://old.example/blog/tides"')
  const mappings = [['http://old.example/blog/', 'https://paper.example/'] as [string, string]]
  await importComments(db, site, 'generic', await files.file('old', old), { mappings })
  const more = old
    .replace('"Buy now"', '"Buy now"')
    .replace('[{"id":11', `[${JSON.stringify(comment(20, 13))},{"id":11`)
  const done = await importComments(db, site, 'generic', await files.file('new', more), { mappings })
  expect(done).toMatchObject({ known: 3, written: { approved: 1 }, strangers: [] })
  const rows = await written(db, site)
  expect(new Set(rows.map(({ url }) => url))).toEqual(new Set([page]))
  // The answer to the spam makes it a tombstone.
  expect(rows.find(({ source }) => source === 'Buy now')).toMatchObject({
    present_replies: 1,
    shown_revision: null,
  })
  expect(await faultsOf(db, site)).toEqual([])
})

test('killed midway and started again, it gives the same as a run that was left alone', async () => {
  const many = Array.from({ length: 15 }, (_, article) => ({
    id: `/${article}`,
    comments: Array.from({ length: 20 }, (__, n) =>
      comment(n, n % 3 === 0 ? null : n - 1, new Date(1.3e12 + (article * 20 + n) * 1000).toISOString()),
    ),
  }))
  const file = await files.file('many.json', JSON.stringify(many))
  const { db, site, url } = world
  const child = spawn(
    process.execPath,
    ['server/cli/postil.ts', 'import', 'generic', file, '--site', 'paper'],
    {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text: string) => {
    if (/\b60 of 300/.test(text)) child.kill('SIGKILL')
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  // What it was in the middle of is taken back once the server finds the line dead.
  await expect.poll(async () => faultsOf(db, site)).toEqual([])
  const half = await written(db, site)
  expect(half.length).toBeGreaterThanOrEqual(60)
  expect(half.length).toBeLessThan(300)
  await importComments(db, site, 'generic', file)
  const alone = await emptySite()
  await importComments(alone.db, alone.site, 'generic', file)
  // Ids are made of the site's, too.
  const shape = (rows: Awaited<ReturnType<typeof written>>) =>
    rows.map(({ parent_id, ...row }) => ({ ...row, id: '', thread_id: '', isAnswer: parent_id !== null }))
  expect(shape(await written(db, site))).toEqual(shape(await written(alone.db, alone.site)))
  expect(await faultsOf(db, site)).toEqual([])
  await alone.close()
})
