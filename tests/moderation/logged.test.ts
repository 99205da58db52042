import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { nowhere } from '../people/samples.ts'
import { signIn } from '../server/client.ts'
import { open, site } from '../server/stage.ts'
import { testDatabase } from '../setup/database.ts'
import { endNode, startNode } from '../setup/node.ts'

const decisions = 'POST /v1/sites/:site/cases/:case/decisions'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url, { connections: 2 })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

test('who answers an appeal against their own decision, or guesses a case, is refused, and it is logged', async () => {
  const server = await startNode(database.url, { LOG_LEVEL: 'warn' })
  try {
    const { origin } = server
    const ada = await signIn(origin, 'ada@demo.example')
    const mo = await signIn(origin, 'mo@demo.example')
    const article = await db.selectFrom('article').select('id').executeTakeFirstOrThrow()
    const { comment } = await open(ada, article.id, 'What a crook.')
    const caseNow = async () => {
      const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site } })
      const found = cases.find((one) => one.comment.id === comment.id)
      if (!found) throw new Error('there is no case')
      return { id: found.id, seen: { revision: found.comment.revision, version: found.version } }
    }
    const held = await caseNow()
    await mo.ok(decisions, {
      params: { site, case: held.id },
      body: { action: 'reject', reason: 'abuse', ...held.seen },
    })
    await ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
      params: { site, comment: comment.id },
      body: { text: 'He was convicted.' },
    })
    const { id, seen } = await caseNow()
    const body = { action: 'dismiss_appeal', answer: 'No.', ...seen }
    await mo.refused(decisions, 403, { params: { site, case: id }, body })
    await mo.refused(decisions, 404, { params: { site, case: nowhere }, body })
    await ada.refused(decisions, 403, { params: { site, case: id }, body })

    const accounts = await db.selectFrom('account').select(['id', 'email']).execute()
    const idOf = (email: string) => accounts.find((one) => one.email === email)?.id
    const refusals = () =>
      server
        .said()
        .split('\n')
        .filter((line) => line.includes('"refused"'))
        .map((line) => JSON.parse(line) as { caller: string; refused: string })
        .map(({ caller, refused }) => ({ caller, refused }))
    await expect.poll(refusals).toEqual(
      [
        { who: 'mo@demo.example', one: id },
        { who: 'mo@demo.example', one: nowhere },
        { who: 'ada@demo.example', one: id },
      ].map(({ who, one }) => ({
        caller: idOf(who),
        refused: `POST /v1/sites/${site}/cases/${one}/decisions`,
      })),
    )
  } finally {
    await endNode(server, 'SIGTERM')
  }
})
