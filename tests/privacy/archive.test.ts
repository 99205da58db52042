import { afterAll, beforeAll, expect, test } from 'vitest'
import { ArchiveLine } from '../../core/contract/archive.ts'
import { Caller, hold } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())

async function archive(who: Caller): Promise<ArchiveLine[]> {
  const answer = await who.request('GET /v1/me/archive')
  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/jsonl; charset=utf-8',
    'content-disposition': 'attachment; filename="postil.jsonl"',
    'cache-control': 'no-store',
  })
  return answer.body
    .trimEnd()
    .split('\n')
    .map((line) => hold(ArchiveLine, JSON.parse(line)))
}

test('somebody gets all that is theirs, and nothing of anybody else', async () => {
  const { stage, ada, bela, mo } = desk
  const one = await desk.held()
  await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site: 'demo', case: one.id },
    body: {
      action: 'warn',
      reason: 'abuse',
      note: 'A note for colleagues.',
      revision: 1,
      version: one.version,
    },
  })
  await ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
    params: { site: 'demo', comment: one.comment.id },
    body: { text: 'Please look again.' },
  })
  const theirs = await desk.say(bela, 'What Bela says.')
  await ada.ok('POST /v1/sites/:site/comments/:comment/reports', {
    params: { site: 'demo', comment: theirs.id },
    body: { category: 'spam', text: 'What Ada reported.' },
  })
  await ada.ok('PUT /v1/sites/:site/threads/:thread/reaction', {
    params: { site: 'demo', thread: stage.thread },
    body: { kind: 'typo', text: 'What Ada would write.' },
  })
  await ada.ok('PUT /v1/sites/:site/follows', {
    params: { site: 'demo' },
    body: { about: { kind: 'replies' }, following: true, mail: 'off', language: 'en' },
  })

  const lines = await archive(ada)
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(
    new Set(['archive', 'account', 'session', 'record', 'comment', 'report', 'reaction', 'follow', 'end']),
  )
  expect(lines.at(-1)).toEqual({ kind: 'end', lines: lines.length - 1 })
  expect(lines[1]).toMatchObject({ name: 'Ada', email: 'ada@demo.example', sites: [{ site: 'demo' }] })
  expect(lines.find((line) => line.kind === 'comment' && line.id === one.comment.id)).toMatchObject({
    revisions: [{ number: 1, state: 'REJECTED', text: 'What a crook.' }],
    decisions: [
      {
        action: 'warn',
        reason: 'abuse',
        sanction: { kind: 'warning' },
        appeal: { text: 'Please look again.', answer: null },
      },
    ],
  })
  const text = JSON.stringify(lines)
  for (const own of ['What Ada reported.', 'What Ada would write.']) expect(text).toContain(own)
  for (const other of ['What Bela says.', 'bela@', 'A note for colleagues.', '"Mo"'])
    expect(text).not.toContain(other)
  expect(JSON.stringify(await archive(bela))).not.toMatch(/What Ada|ada@/)
})

test('somebody who wrote more than a page gets each comment once', async () => {
  const said = Array.from({ length: 450 }, (_, nth) => `Number ${nth}.`)
  for (const body of said) await desk.say(desk.mo, body)
  const lines = await archive(desk.mo)
  const comments = lines.flatMap((line) => (line.kind === 'comment' ? [line.revisions[0]?.text] : []))
  expect(comments).toEqual(said)
})

test('nobody gets anything who is not signed in', async () => {
  await new Caller(desk.stage.app).refused('GET /v1/me/archive', 401)
  const embed = { 'postil-demo': await desk.stage.session('ada@demo.example', desk.stage.demo) }
  await new Caller(desk.stage.app, embed).refused('GET /v1/me/archive', 401)
})
