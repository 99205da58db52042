import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccount, setRole } from '../../server/people/index.ts'
import { runPostil } from '../setup/postil.ts'
import { signIn, type Client } from './client.ts'
import { dial, type Line } from './line.ts'
import { open, openServer, readPage, site, type Server } from './stage.ts'

/** Two servers on one database. */
let server: Server
let other: Awaited<ReturnType<Server['another']>>
beforeAll(async () => {
  server = await openServer()
  other = await server.another()
})
afterAll(async () => {
  await other.close()
  await server.close()
})

/** Somebody new, with a role on the site. */
async function somebody(role: 'moderator' | 'lead' | 'reader') {
  const email = `${randomUUID()}@demo.example`
  const id = await createAccount(server.db, { email, name: 'Lea', password: 'margin-notes' })
  await setRole(server.db, server.siteId, id, role)
  return { id, email, client: await signIn(server.origin, email) }
}
const cli = async (...words: string[]) => {
  const { code, said } = await runPostil({ DATABASE_URL: server.url }, ...words, '--site', site)
  expect(code, said).toBe(0)
}
/** A line to each of both servers, as who is signed in there. */
async function lines(who: Client): Promise<[Line, Line]> {
  const [here, there] = [server.origin, other.origin].map((origin) =>
    dial(origin, { origin, cookie: who.cookie }),
  )
  if (!here || !there) throw new Error('there are two servers')
  await Promise.all([here.settled(), there.settled()])
  return [here, there]
}
const ended = (some: Line[]) => Promise.all(some.map(({ closed }) => closed))
const mayWatch = /Only moderators/
const refusal = (line: Line) => line.until((frame) => frame.type === 'refused' && mayWatch.test(frame.reason))

describe('the lines of somebody, on every server,', () => {
  test('end when their role is changed, and come back with the one they have', async () => {
    const mod = await somebody('moderator')
    const before = await lines(mod.client)
    for (const line of before) line.say({ type: 'watch_queue' })
    const bystander = await lines(await server.signedIn('bela@demo.example'))
    await cli('user', mod.email, '--role', 'reader')
    expect(await ended(before)).toEqual([4401, 4401])
    const after = await lines(mod.client)
    for (const line of after) {
      line.say({ type: 'watch_queue' })
      await refusal(line)
    }
    for (const line of bystander) await line.settled()
    for (const line of [...bystander, ...after]) line.socket.close()
  })

  test('end when one of their sessions does, which is nobody’s from then on', async () => {
    const { email, client: left } = await somebody('reader')
    const stays = await signIn(server.origin, email)
    const before = [...(await lines(left)), ...(await lines(stays))]
    await left.ok('DELETE /v1/session')
    expect(await ended(before)).toEqual([4401, 4401, 4401, 4401])
    const [asNobody, asThemself] = await Promise.all([server.follow(left), server.follow(stays)])
    const { seq } = await open(stays, server.article, 'Said elsewhere.')
    expect((await asNobody.change(seq)).comment?.own ?? null).toBeNull()
    expect((await asThemself.change(seq)).comment?.own).toMatchObject({ source: 'Said elsewhere.' })
    for (const line of [asNobody, asThemself]) line.socket.close()
  })

  test('end with their account', async () => {
    const { client } = await somebody('reader')
    const before = await lines(client)
    await client.ok('POST /v1/me/erasure', { body: { password: 'margin-notes', comments: 'keep' } })
    expect(await ended(before)).toEqual([4401, 4401])
  })

  test('have no old rights, at whatever moment they are opened', async () => {
    const { id, client } = await somebody('reader')
    for (let nth = 0; nth < 20; nth += 1) {
      await setRole(server.db, server.siteId, id, 'moderator')
      const line = dial(server.origin, { origin: server.origin, cookie: client.cookie })
      line.say({ type: 'watch_queue' })
      await setRole(server.db, server.siteId, id, 'reader')
      // Refused, or let watch and hung up on.
      await Promise.race([line.closed, refusal(line).catch(() => undefined)])
      line.socket.close()
    }
  })
})

describe('rules changed by the command line', () => {
  test('are told to consoles and readers, on every server', async () => {
    const [lead] = await Promise.all([somebody('lead'), somebody('lead')])
    const consoles = await lines(lead.client)
    for (const line of consoles) line.say({ type: 'watch_queue' })
    const readers = await lines(server.nobody)
    const { seq } = await readPage(server.nobody, server.article)
    for (const line of readers) {
      line.say({ type: 'subscribe', article: server.article, after: seq })
      await line.until(({ type }) => type === 'hours')
      line.frames.length = 0
    }
    for (const line of consoles) await line.settled()
    await cli('two-people', 'on')
    for (const line of consoles) await line.until(({ type }) => type === 'rules')
    for (const line of readers) await line.until(({ type }) => type === 'hours')
    await cli('two-people', 'off')
    for (const line of [...consoles, ...readers]) line.socket.close()
  })
})

test('a server that was cut off ends the lines of all who are signed in, and hears again', async () => {
  const { id, client } = await somebody('moderator')
  const before = await lines(client)
  const anybody = await lines(server.nobody)
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen postil;%'
  `.execute(server.db)
  expect(await ended(before)).toEqual([4401, 4401])
  for (const line of anybody) await line.settled()
  const again = await lines(client)
  await setRole(server.db, server.siteId, id, 'reader')
  expect(await ended(again)).toEqual([4401, 4401])
  for (const line of anybody) line.socket.close()
})
