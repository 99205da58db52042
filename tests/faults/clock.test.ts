import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { signIn, type Client } from '../server/client.ts'
import { dial } from '../server/line.ts'
import { commentIds, open, readAll, readPage, reply, site } from '../server/stage.ts'
import { testDatabase } from '../setup/database.ts'
import { endNode, startNode, type Process } from '../setup/node.ts'
import { runPostil } from '../setup/postil.ts'
import { preload } from './preload.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
let node: Process
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url, { connections: 2 })
  node = await startNode(database.url, { ...preload('clock'), LIMIT_FACTOR: '1' })
})
afterAll(async () => {
  await endNode(node, 'SIGTERM')
  await db.destroy()
  await database.drop()
})

/** How often the server lets us ask this again within a minute. */
async function left(who: Client): Promise<number> {
  const { headers } = await fetch(`${who.origin}/v1/session`, { headers: { cookie: who.cookie } })
  return Number(headers.get('x-ratelimit-remaining'))
}

test('a clock that is set back, and ahead, and back again changes nothing for who is there', async () => {
  const { origin } = node
  const [ada, mo, olu] = [
    await signIn(origin, 'ada@demo.example'),
    await signIn(origin, 'mo@demo.example'),
    await signIn(origin, 'olu@demo.example'),
  ]
  const { id: article } = await db.selectFrom('article').select('id').executeTakeFirstOrThrow()
  // Held by the demo's words, and in Mo's hands.
  await open(ada, article, 'You crook.')
  const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site } })
  const params = { site, case: cases[0]?.id ?? '' }
  await mo.ok('PUT /v1/sites/:site/cases/:case/claim', { params })
  const { thread, comment } = await open(ada, article, 'What is the time?')
  const { seq } = await readPage(ada, article)
  const line = dial(origin, { origin })
  line.say({ type: 'subscribe', article, after: seq })
  await line.until(({ type }) => type === 'caught_up')

  const posted = [comment.id]
  let last = seq
  let may = await left(ada)
  for (const [signals, days] of [
    [['SIGHUP'], -1],
    [['SIGUSR2', 'SIGUSR2'], 1],
    [['SIGHUP'], 0],
  ] as const) {
    for (const signal of signals) {
      const before = node.said()
      node.child.kill(signal)
      await expect.poll(() => node.said()).not.toBe(before)
    }
    expect(node.said()).toMatch(new RegExp(`${days} days ahead\\s*$`))
    for (const words of ['One.', 'Two.']) {
      const said = await reply(ada, thread.id, `${days}: ${words}`)
      posted.push(said.comment.id)
      expect(said.seq).toBe(++last)
      expect((await line.change(last)).comment?.id).toBe(said.comment.id)
    }
    // The lease is Mo's for ninety seconds, by the database's clock.
    const claimed = await olu.ok('PUT /v1/sites/:site/cases/:case/claim', { params })
    expect(claimed.claim).toMatchObject({ by: 'Mo', mine: false })
    // A limit is neither forgotten nor made longer.
    expect(await left(ada)).toBe((may -= 1))
    await signIn(origin, 'bela@demo.example')
  }
  line.socket.terminate()

  const found = (await readAll(ada, article)).find(({ id }) => id === thread.id)
  expect(found && (await commentIds(ada, found))).toEqual(posted)
  expect([...posted].sort()).toEqual(posted)
  const verified = await runPostil({ DATABASE_URL: database.url }, 'verify', '--site', 'demo')
  expect(verified.code, verified.said).toBe(0)
})
