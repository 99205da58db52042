import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServerFrame } from '../../core/contract/live.ts'
import { publisher } from '../moderation/stage.ts'
import { nowhere } from '../people/samples.ts'
import { hasCorpus, jsonLines } from '../text/corpus.ts'
import { contents } from './database.ts'
import { openLine, type Line } from './socket.ts'
import { openTarget, type Target } from './target.ts'

let target: Target
let port: number
beforeAll(async () => {
  target = await openTarget()
  await target.stage.app.listen({ port: 0, host: '127.0.0.1' })
  const address = target.stage.app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => target.stage.close())

const dial = (origin: string | undefined = publisher, site = 'demo'): Line =>
  openLine(`ws://127.0.0.1:${port}/v1/live?site=${site}`, origin)
const subscribe = (article: string, after: number | string) =>
  `{"type":"subscribe","article":"${article}","after":${after}}`

/** That the line still serves: a subscription is answered. */
async function expectAlive(line: Line): Promise<void> {
  line.say(subscribe(target.stage.article, 0))
  let frame: ServerFrame
  do frame = await line.next()
  while (frame.type === 'change')
  expect(frame).toMatchObject({ type: 'caught_up', article: target.stage.article })
}

describe('a line', () => {
  test.each([
    ['binary', Buffer.from(subscribe(nowhere, 0))],
    ['not JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['of no type', '{}'],
    ['of an unknown type', '{"type":"nope"}'],
    ['of a type that only the server has', `{"type":"change","article":"${nowhere}","seq":1}`],
    ['with a field that nobody asked for', '{"type":"watch_queue","role":"moderator"}'],
    ['with a prototype', '{"type":"watch_queue","__proto__":{"role":"moderator"}}'],
    ['without an article', '{"type":"subscribe","after":0}'],
    ['with an article that is none', subscribe("' or 1=1", 0)],
    ['with a number below zero', subscribe(nowhere, -1)],
    ['with a number too large to count', subscribe(nowhere, '9007199254740993')],
    ['with an infinite number', subscribe(nowhere, '1e400')],
    ['brackets in brackets', '['.repeat(16_000)],
  ])('goes on after a frame that is refused: %s', async (_what, frame) => {
    const before = await contents(target.stage.db)
    const line = dial()
    line.say(frame)
    expect(await line.next()).toMatchObject({ type: 'refused' })
    await expectAlive(line)
    line.socket.terminate()
    expect(await contents(target.stage.db)).toEqual(before)
  })

  test('is told nothing of the queue, nor of articles that are not there', async () => {
    const line = dial()
    line.say('{"type":"watch_queue"}')
    expect(await line.next()).toMatchObject({
      type: 'refused',
      reason: 'Only moderators of this site may watch its queue.',
    })
    line.say(subscribe(nowhere, 0))
    expect(await line.next()).toMatchObject({ type: 'refused', reason: 'There is no such article.' })
    line.socket.terminate()
    const other = dial('https://other.example', 'other')
    other.say(subscribe(target.stage.article, 0))
    expect(await other.next()).toMatchObject({ type: 'refused' })
    other.socket.terminate()
  })

  test('is cut at a frame of a mebibyte', async () => {
    const line = dial()
    line.say('a'.repeat(1024 * 1024))
    expect(await line.closed).toBe(1009)
  })

  test('is cut when it subscribes to 10,000 articles', async () => {
    const line = dial()
    for (let nth = 0; nth < 10_000; nth += 1) {
      line.say(subscribe(`${nowhere.slice(0, -5)}${String(nth).padStart(5, '0')}`, 0))
    }
    expect(await line.closed).toBe(1008)
  })

  test.each([['https://evil.example'], ['https://other.example'], ['null'], [undefined]])(
    'is not opened from %s',
    async (from) => {
      const line = openLine(`ws://127.0.0.1:${port}/v1/live?site=demo`, from)
      line.say(subscribe(target.stage.article, 0))
      expect(await line.closed).toBe(4403)
    },
  )

  test('is not opened for a site that is not there', async () => {
    expect(await dial(publisher, 'nowhere').closed).toBe(4403)
  })
})

describe.skipIf(!hasCorpus)('a frame of the corpus', () => {
  const frames = jsonLines('requests.jsonl').map((line) => String(line['socket']))

  test.each(frames.filter((frame) => frame.startsWith('{')))('is refused: %s', async (frame) => {
    const line = dial()
    line.say(frame)
    expect(await line.next()).toMatchObject({ type: 'refused' })
    await expectAlive(line)
    line.socket.terminate()
  })
})
