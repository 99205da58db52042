import { describe, expect, test } from 'vitest'
import { ServerFrame } from '../../core/contract/live.ts'
import type { Change } from '../../server/comments/index.ts'
import { Hub, type Line } from '../../server/live/hub.ts'
import { hold } from '../moderation/caller.ts'

const article = { siteId: 'demo', articleId: '01890a5d-ac96-774b-bcce-b302099a8057' }
const author = 'Ada'

const frame = (seq: number): ServerFrame => ({
  type: 'change',
  article: article.articleId,
  seq,
  commentId: article.articleId,
  threadId: article.articleId,
  thread: null,
  comment: null,
})

/** An article's log in memory; `read` is what the hub reads it with. */
class Log {
  readonly changes: Change[] = []
  readonly asked: number[] = []

  append(count: number): void {
    for (let nth = 0; nth < count; nth += 1) {
      const text = JSON.stringify(frame(this.changes.length + 1))
      this.changes.push({
        seq: this.changes.length + 1,
        frame: text,
        authorId: author,
        authorFrame: text.replace('null', '{"own":true}'),
      })
    }
  }

  readonly read = (_article: object, after: number, limit: number): Promise<Change[]> => {
    this.asked.push(after)
    return Promise.resolve(this.changes.slice(after, after + limit))
  }
}

/** A reader whose browser takes what it is given, until it stops reading. */
class Reader implements Line {
  readonly accountId: string | null
  readonly texts: string[] = []
  waiting = 0
  readonly #told = new Set<() => void>()

  constructor(accountId: string | null = null) {
    this.accountId = accountId
  }

  readonly backlog = (): number => this.waiting
  readonly send = (text: string): void => {
    this.texts.push(text)
    for (const look of this.#told) look()
  }

  frames(): ServerFrame[] {
    return this.texts
      .map((text) => hold(ServerFrame, JSON.parse(text)))
      .filter(({ type }) => type !== 'presence')
  }

  seqs(): number[] {
    return this.frames().flatMap((frame) => (frame.type === 'change' ? [frame.seq] : []))
  }

  async has(seq: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.seqs().at(-1) === seq) resolve()
      }
      this.#told.add(look)
      look()
    })
  }
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
const resync = { type: 'resync', article: article.articleId }
const raise = (error: unknown) => {
  throw error
}

describe('a slow reader', () => {
  test('is told to start anew and left alone, while the others get every frame', async () => {
    const log = new Log()
    const hub = new Hub(log.read, raise, { backlog: 1000 })
    const [slow, edge, quick] = [new Reader(), new Reader(), new Reader()]
    for (const reader of [slow, edge, quick]) await hub.subscribe(reader, article, 0)
    slow.waiting = 1001
    edge.waiting = 1000
    log.append(3)
    hub.wake(article.articleId)
    await Promise.all([edge.has(3), quick.has(3)])
    expect(slow.frames()).toEqual([{ type: 'caught_up', article: article.articleId, seq: 0 }, resync])
    expect([edge.seqs(), quick.seqs()]).toEqual([upTo(3), upTo(3)])
  })

  test('that subscribes again when it reads again gets what it missed, once', async () => {
    const log = new Log()
    const hub = new Hub(log.read, raise, { backlog: 1000 })
    const reader = new Reader()
    const witness = new Reader()
    for (const one of [reader, witness]) await hub.subscribe(one, article, 0)
    reader.waiting = 1001
    log.append(2)
    hub.wake(article.articleId)
    await witness.has(2)
    reader.waiting = 0
    await hub.subscribe(reader, article, 0)
    log.append(1)
    hub.wake(article.articleId)
    await reader.has(3)
    expect(reader.seqs()).toEqual(upTo(3))
  })

  test('is not replayed more than a snapshot costs', async () => {
    const log = new Log()
    log.append(500)
    const hub = new Hub(log.read, raise, { replay: 300 })
    const [far, near] = [new Reader(), new Reader()]
    await hub.subscribe(far, article, 0)
    await hub.subscribe(near, article, 250)
    expect(far.frames().at(-1)).toEqual(resync)
    expect(near.frames().at(-1)).toMatchObject({ type: 'caught_up', seq: 500 })
    expect(near.seqs()).toEqual(upTo(500).slice(250))
  })
})

test('an author gets frames of their own, all others the public ones', async () => {
  const log = new Log()
  const hub = new Hub(log.read, raise)
  const [own, other, nobody] = [new Reader(author), new Reader('Bela'), new Reader()]
  log.append(1)
  for (const reader of [own, other, nobody]) await hub.subscribe(reader, article, 0)
  expect(own.texts[0]).toContain('"own":true')
  expect(other.texts[0]).toBe(nobody.texts[0])
  expect(other.texts[0]).not.toContain('own')
})

test('what is committed during a replay is neither lost nor sent twice', async () => {
  const log = new Log()
  log.append(1)
  let during = 0
  const hub: Hub = new Hub(async (about, after, limit) => {
    const changes = await log.read(about, after, limit)
    if (during++ < 5) {
      log.append(1)
      hub.wake(article.articleId)
    }
    return changes
  }, raise)
  const reader = new Reader()
  await hub.subscribe(reader, article, 0)
  await reader.has(6)
  expect(reader.seqs()).toEqual(upTo(6))
})

test('one reading of the log serves all readers, however many wake-ups there were', async () => {
  const log = new Log()
  const hub = new Hub(log.read, raise)
  const readers = upTo(50).map(() => new Reader())
  for (const reader of readers) await hub.subscribe(reader, article, 0)
  log.asked.length = 0
  log.append(10)
  for (let nth = 0; nth < 10; nth += 1) hub.wake(article.articleId)
  await Promise.all(readers.map((reader) => reader.has(10)))
  expect(log.asked.length).toBeLessThanOrEqual(2)
  expect(new Set(readers.map((reader) => reader.seqs().join()))).toEqual(new Set([upTo(10).join()]))
})

test('a log that cannot be read is read again, and nothing of it is missed', async () => {
  const log = new Log()
  const errors: unknown[] = []
  let broken = false
  const hub = new Hub(
    (about, after, limit) => (broken ? Promise.reject(new Error('gone')) : log.read(about, after, limit)),
    (error) => {
      errors.push(error)
      broken = errors.length < 3
    },
    { retry: 1 },
  )
  const reader = new Reader()
  await hub.subscribe(reader, article, 0)
  broken = true
  log.append(2)
  hub.wake(article.articleId)
  await reader.has(2)
  expect(errors).toHaveLength(3)
  expect(reader.seqs()).toEqual([1, 2])
})

test('who left is sent nothing, and a wake-up that nobody waits for reads nothing', async () => {
  const log = new Log()
  const hub = new Hub(log.read, raise)
  const [gone, stays] = [new Reader(), new Reader()]
  for (const reader of [gone, stays]) await hub.subscribe(reader, article, 0)
  hub.unsubscribe(gone, article.articleId)
  log.append(1)
  hub.wake(article.articleId)
  await stays.has(1)
  expect(gone.seqs()).toEqual([])
  hub.unsubscribe(stays, article.articleId)
  log.asked.length = 0
  hub.wake(article.articleId)
  expect(log.asked).toEqual([])
})
