import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ClientFrame } from '../../core/contract/live.ts'
import { dial } from '../server/line.ts'
import { open, openServer, type Server } from '../server/stage.ts'

let server: Server
let thread: string
let mo: string
beforeAll(async () => {
  server = await openServer()
  const ada = await server.signedIn('ada@demo.example')
  thread = (await open(ada, server.article, 'Well.')).thread.id
  mo = (await server.signedIn('mo@demo.example')).cookie
})
afterAll(() => server.close())
beforeEach(() => server.db.deleteFrom('opened_passage').execute())

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const nowhere = '01890a5d-ac96-774b-bcce-000000000001'

/** Says on lines of a server of its own which passage is open, and ends it: what it counted is written. */
async function counted(
  visits: { agent?: string; cookie?: string; article?: string; opened: unknown; times?: number }[],
) {
  const node = await server.another()
  const { origin } = node
  for (const { agent = firefox, cookie, article = server.article, opened, times = 1 } of visits) {
    const line = dial(origin, { origin, agent, ...(cookie !== undefined && { cookie }) })
    const frame = { type: 'subscribe', article, after: 0, opened } as ClientFrame
    for (let nth = 0; nth < times; nth += 1) line.say(frame)
    await line.until(({ type }) => type === 'caught_up' || type === 'refused')
    line.socket.close()
  }
  await node.close()
  return await server.db.selectFrom('opened_passage').select(['thread_id', 'readers']).execute()
}

test('who opens a passage is its reader, once a day, however often and on how many lines it is said', async () => {
  const again = { opened: thread.toUpperCase(), times: 3 }
  expect(await counted([{ opened: thread }, again, { opened: thread, agent: `${firefox} Other` }])).toEqual([
    { thread_id: thread, readers: 2 },
  ])
})

test('nobody is counted who opens none, works for the site, or is a program; nor at a thread that is not there', async () => {
  expect(
    await counted([
      { opened: undefined },
      { opened: null },
      { opened: thread, cookie: mo },
      { opened: thread, agent: 'curl/8.9' },
      { opened: thread, agent: `${firefox} (compatible; Googlebot/2.1)` },
      { opened: nowhere },
      { opened: thread, article: nowhere },
    ]),
  ).toEqual([])
})

test.each(['', 'made-up', 7, [], {}, `${nowhere}0`])('what is no thread is refused: %j', async (opened) => {
  const line = dial(server.origin, { origin: server.origin, agent: firefox })
  line.say({ type: 'subscribe', article: server.article, after: 0, opened } as ClientFrame)
  expect(await line.until(({ type }) => type !== 'beat')).toMatchObject({ type: 'refused' })
  line.socket.close()
})
