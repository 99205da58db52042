import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { open, openServer, reply, site, type Server } from '../server/stage.ts'
import { finishJobs } from '../setup/jobs.ts'
import { read, valueOf } from './read.ts'

let office: PostOffice
let server: Server
beforeAll(async () => {
  office = await openPostOffice()
  office.answer = (recipient) => (recipient.startsWith('gone') ? '550 5.1.1 no such mailbox' : null)
  server = await openServer(undefined, office.url)
})
afterAll(async () => {
  await server.close()
  await office.close()
})

test('what happened is counted, by what it was and not by whose it was', async () => {
  const ada = await server.signedIn('ada@demo.example')
  const line = await server.follow()
  const { thread } = await open(ada, server.article, 'Is this counted?')
  const { seq } = await reply(ada, thread.id, 'It is.')
  await line.change(seq)
  // Held by the demo's words.
  await reply(ada, thread.id, 'You crook.')
  const pia = await server.signedIn('pia@demo.example')
  for (const email of ['new@demo.example', 'gone@demo.example'])
    await pia.ok('POST /v1/sites/:site/invitations', {
      params: { site },
      body: { email, role: 'moderator', sections: null, language: 'en' },
    })
  await finishJobs(server.db)
  await fetch(`${server.origin}/nowhere-${thread.id}`)

  const text = await read(server.origin)
  const values = [
    ['postil_live_lines', {}, 1],
    ['postil_published_total', {}, 3],
    ['postil_cases_open', { queue: 'held' }, 1],
    ['postil_cases_open', { queue: 'appeals' }, 0],
    ['postil_mails_total', { outcome: 'sent' }, 1],
    ['postil_mails_total', { outcome: 'refused' }, 1],
    ['postil_mails_total', { outcome: 'failed' }, 0],
    ['postil_jobs', { state: 'dead' }, 0],
    ['postil_jobs', { state: 'waiting' }, 0],
    ['postil_database_up', {}, 1],
    ['postil_database_waiting', {}, 0],
    ['postil_http_shed_total', { reason: 'database' }, 0],
  ] as const
  for (const [name, labels, value] of values)
    expect(valueOf(text, name, labels), `${name} ${JSON.stringify(labels)}`).toBe(value)
  expect(valueOf(text, 'postil_delivery_delay_seconds_count', {})).toBeGreaterThan(0)
  expect(text).toMatch(/^postil_info\{version="\d+\.\d+\.\d+",schema="\d{4}_\w+"\} 1$/m)

  const requests = 'postil_http_request_duration_seconds_count'
  const route = '/v1/sites/:site/threads/:thread/comments'
  expect(valueOf(text, requests, { method: 'POST', route, status: '201' })).toBe(2)
  expect(valueOf(text, requests, { method: 'GET', route: 'none', status: '404' })).toBe(1)
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|@|demo\.example/i)
  line.socket.terminate()
  await expect.poll(async () => valueOf(await read(server.origin), 'postil_live_lines', {})).toBe(0)
})
