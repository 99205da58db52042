import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describe as describePassage, describeBlock } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { createSite } from '../../server/sites/index.ts'
import type { Client } from '../server/client.ts'
import { dial } from '../server/line.ts'
import { open, readAll, readPage, site as slug } from '../server/stage.ts'
import {
  block,
  logged,
  mark,
  names,
  none,
  openStage,
  params,
  react,
  reactTo,
  texts,
  type Stage,
} from './stage.ts'

let stage: Stage
let ada: Client
let bela: Client
let mo: Client
beforeAll(async () => {
  stage = await openStage()
  ;({ ada, bela, mo } = stage)
})
afterAll(() => stage.close())

describe('a reaction to a paragraph', () => {
  test('that nobody has written on opens its thread, which the next reader finds', async () => {
    const { id } = await stage.publish('First')
    const first = await reactTo(ada, id, 0, 'agree')
    expect(first).toMatchObject({
      seq: 1,
      mine: 'agree',
      thread: { comments: 0, reactions: { ...none, agree: 1 }, placement: { status: 'same' } },
    })
    const second = await reactTo(bela, id, 0, 'helpful')
    expect(second.thread).toMatchObject({
      id: first.thread.id,
      reactions: { ...none, agree: 1, helpful: 1 },
    })
    const [thread, ...others] = await readAll(ada, id)
    expect(others).toEqual([])
    expect(thread).toMatchObject({ ...second.thread, mine: 'agree', first: [], next: null })
    expect((await readAll(bela, id))[0]?.mine).toBe('helpful')
    expect((await readAll(stage.nobody, id))[0]?.mine).toBeNull()
    expect(await stage.marksOf(id)).toMatchObject([{ index: 0, threads: 1, comments: 0, reactions: 2 }])
  })

  test('counts once for each reader, follows a change of mind, and can be taken back', async () => {
    const { id } = await stage.publish('Once')
    const { thread } = await reactTo(ada, id, 1, 'agree')
    const { seq } = await react(ada, thread.id, 'agree')
    expect(seq).toBe(1)
    await reactTo(ada, id, 1, 'agree')
    expect(await react(ada, thread.id, 'source')).toMatchObject({
      seq: 2,
      mine: 'source',
      thread: { reactions: { ...none, source: 1 } },
    })
    const back = await ada.ok(names.takeBack, { params: params(thread.id) })
    expect(back).toMatchObject({ seq: 3, mine: null, thread: { reactions: none } })
    expect(await readAll(ada, id)).toEqual([])
    expect(await stage.marksOf(id)).toEqual([])
    // The thread is there for the next.
    expect((await reactTo(bela, id, 1, 'agree')).thread.id).toBe(thread.id)
    await ada.ok(names.takeBack, { params: params(thread.id) })
    expect((await readPage(ada, id)).seq).toBe(4)
  })

  test('goes to the thread that somebody opened there with a comment', async () => {
    const { id } = await stage.publish('Commented')
    const opened = await open(mo, id, 'Here.', block(2))
    const { thread } = await reactTo(ada, id, 2, 'question')
    expect(thread).toMatchObject({
      id: opened.thread.id,
      comments: 1,
      reactions: { ...none, question: 1 },
    })
    expect(await stage.marksOf(id)).toMatchObject([{ threads: 1, comments: 1, reactions: 1 }])
  })

  test('of many at once gives one thread, and each is counted', async () => {
    const { id } = await stage.publish('Crowd')
    const who = [ada, bela, mo, stage.pia]
    const kinds = ['agree', 'agree', 'helpful', 'source'] as const
    const reacted = await Promise.all(
      who.flatMap((client, nth) => [
        reactTo(client, id, 0, kinds[nth] ?? 'agree'),
        reactTo(client, id, 0, kinds[nth] ?? 'agree'),
      ]),
    )
    expect(new Set(reacted.map(({ thread }) => thread.id)).size).toBe(1)
    const threads = await readAll(stage.nobody, id)
    expect(threads).toMatchObject([{ reactions: { agree: 2, helpful: 1, question: 0, source: 1 } }])
    expect((await readPage(ada, id)).seq).toBe(4)
    expect((await verifyLog(stage.db, stage.demo.id)).faults).toEqual([])
  })

  test('is one and the same on an article of which the server has no text', async () => {
    const article = await stage.newArticle('Unread')
    const both = await Promise.all([reactTo(ada, article, 1, 'agree'), reactTo(bela, article, 1, 'agree')])
    expect(new Set(both.map(({ thread }) => thread.id)).size).toBe(1)
    expect((await reactTo(mo, article, 0, 'agree')).thread.id).not.toBe(both[0].thread.id)
  })

  test('is about the words where words are named', async () => {
    const { id } = await stage.publish('Words')
    const words = (from: number) =>
      describePassage(texts, { block: 0, start: from, endBlock: 0, end: from + 9 })
    const say = (anchor: Anchor) =>
      ada.ok(names.at, { params: { site: slug, article: id }, body: { anchor, kind: 'agree' as const } })
    const one = await say(words(0))
    expect((await say(words(0))).thread.id).toBe(one.thread.id)
    expect((await say(words(14))).thread.id).not.toBe(one.thread.id)
    expect((await say(block(0))).thread.id).not.toBe(one.thread.id)
  })

  test('is told to another reader, once', async () => {
    const { id } = await stage.publish('Live')
    const line = await stage.readAlong(id)
    const { seq, thread } = await reactTo(ada, id, 0, 'agree')
    await line.until((frame) => frame.type === 'thread' && frame.seq === seq)
    await line.settled()
    expect(logged(line)).toEqual([{ type: 'thread', article: id, seq, threadId: thread.id, thread }])
    const back = await ada.ok(names.takeBack, { params: params(thread.id) })
    expect(await line.until((frame) => frame.type === 'thread' && frame.seq === back.seq)).toMatchObject({
      threadId: thread.id,
      thread: null,
    })
    line.socket.close()
  })

  test('is told to all windows of its reader, and to nobody else as theirs', async () => {
    const { id } = await stage.publish('Windows')
    await createSite(stage.db, { slug: 'other', name: 'Other', origins: [stage.origin] })
    const own = [await stage.readAlong(id, ada), await stage.readAlong(id, ada)]
    const others = [
      await stage.readAlong(id, bela),
      await stage.readAlong(id),
      dial(stage.origin, { origin: stage.origin, cookie: ada.cookie, site: 'other' }),
    ]
    const { thread } = await reactTo(ada, id, 0, 'agree')
    const typo = await react(ada, thread.id, 'typo')
    await ada.ok(names.takeBack, { params: params(thread.id) })
    for (const line of own) {
      await line.until((frame) => frame.type === 'own' && frame.mine === null)
      const told = line.frames.filter((frame) => frame.type === 'own')
      expect(told).toMatchObject([
        { article: id, threadId: thread.id, thread, mine: 'agree', typo: false },
        { article: id, threadId: thread.id, thread: typo.thread, mine: 'agree', typo: true },
        { article: id, threadId: thread.id, mine: null, typo: true },
      ])
    }
    for (const line of others) {
      await line.settled()
      expect(line.frames.filter(({ type }) => type === 'own')).toEqual([])
    }
    for (const line of [...own, ...others]) line.socket.close()
  })

  test('stays with its paragraph when the article is edited, and is found there by the next reader', async () => {
    const { id, save } = await stage.publish('Edited')
    const { thread } = await reactTo(ada, id, 1, 'agree')
    const line = await stage.readAlong(id)
    const now = ['Since last year there are two ferries.', ...texts]
    await save(now)
    await line.until(({ type }) => type === 'revised')
    expect(await stage.marksOf(id)).toMatchObject([{ index: 2, reactions: 1 }])
    const body = { anchor: describeBlock(now, 2), kind: 'agree' as const }
    const next = await bela.ok(names.at, { params: { site: slug, article: id }, body })
    expect(next.thread).toMatchObject({ id: thread.id, reactions: { agree: 2 }, placement: { section: 2 } })

    await save(now.toSpliced(2, 1))
    await line.until((frame) => frame.type === 'revised' && frame.seq > next.seq)
    // Its words are gone, and nobody wrote anything: there is nothing to show of it.
    expect(await stage.marksOf(id)).toEqual([])
    const { orphans } = await mo.ok('GET /v1/sites/:site/orphans', {
      params: { site: slug },
      query: { article: id },
    })
    expect(orphans).toEqual([])
    line.socket.close()
  })

  test('is not on the pages that list what was written', async () => {
    const { id } = await stage.publish('Pages')
    const { thread } = await reactTo(ada, id, 0, 'agree')
    const page = await (await fetch(`${stage.origin}/d/${id}`)).text()
    expect(page).not.toContain(thread.id)
    expect((await fetch(`${stage.origin}/d/${id}/${thread.id}`)).status).toBe(404)
  })
})

describe('a thread’s mark', () => {
  test('is set by moderators and those who publish, told to all, recorded, and taken back', async () => {
    const { id } = await stage.publish('Marked')
    const { thread } = await open(mo, id, 'When does it leave?', block(0))
    const line = await stage.readAlong(id)
    expect((await readAll(mo, id))[0]?.can.mark).toBe(true)
    expect((await readAll(ada, id))[0]?.can.mark).toBe(false)
    expect((await mark(ada, thread.id, 'answered')).status).toBe(403)
    expect((await mark(stage.nobody, thread.id, 'answered')).status).toBe(401)
    expect((await mark(mo, thread.id, 'answered')).status).toBe(200)
    expect((await mark(mo, thread.id, 'answered')).status).toBe(200)
    // A frame says how a thread is when it is read: the first is to be read before there is a second.
    await line.until((frame) => frame.type === 'thread' && frame.thread?.mark === 'answered')
    expect((await mark(stage.pia, thread.id, null)).status).toBe(200)
    await line.until((frame) => frame.type === 'thread' && frame.thread?.mark === null)
    expect(logged(line)).toMatchObject([
      { type: 'thread', threadId: thread.id, thread: { mark: 'answered', comments: 1 } },
      { type: 'thread', threadId: thread.id, thread: { mark: null } },
    ])
    const { rows } = await sql<{ mark: string | null }>`
      select subject ->> 'mark' as mark from audit where action = 'mark' and subject ->> 'thread' = ${thread.id}
      order by number
    `.execute(stage.db)
    expect(rows.map((row) => row.mark)).toEqual(['answered', null])
    line.socket.close()
  })
})
