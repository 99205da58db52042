import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FollowSubject } from '../../core/contract/follows.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import type { Caller } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { onArticle, onReplies, onThread } from './stage.ts'

const site = 'demo'

/** Without a worker: what is added stays. */
let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
afterEach(async () => {
  await desk.stage.db.deleteFrom('follow').execute()
})

const follow = (who: Caller, about: FollowSubject, following = true) =>
  who.ok('PUT /v1/sites/:site/follows', {
    params: { site },
    body: { about, following, mail: 'off', language: 'en' },
  })

/** How many jobs tell of a comment. */
async function jobs({ id }: Pick<CommentView, 'id'>): Promise<number> {
  const { rows } = await sql`
    select 1 from graphile_worker._private_jobs as job
    join graphile_worker._private_tasks as task on task.id = job.task_id
    where task.identifier = 'notify' and job.payload ->> 'commentId' = ${id}
  `.execute(desk.stage.db)
  return rows.length
}

describe('a comment adds no job', () => {
  test('where nobody follows anything', async () => {
    expect(await jobs(await desk.say(desk.ada, 'Into the blue.'))).toBe(0)
  })

  test('for its author, whatever they follow, answer or name', async () => {
    const { ada } = desk
    const first = await desk.say(ada, 'To myself.')
    await follow(ada, onArticle(desk.stage.article))
    await follow(ada, onThread(desk.stage.thread))
    await follow(ada, onReplies)
    expect(await jobs(await desk.say(ada, 'I answer.', first.id))).toBe(0)
  })

  test('for what was turned off, or is elsewhere', async () => {
    const { ada, bela, stage } = desk
    const first = await desk.say(bela, 'No answers, please.')
    await follow(bela, onReplies, false)
    await follow(bela, onThread(stage.thread), false)
    await follow(bela, onArticle(stage.article), false)
    const { thread } = await bela.ok('POST /v1/sites/:site/articles/:article/threads', {
      params: { site, article: stage.article },
      body: { body: 'Another thread.', anchor: null },
    })
    await follow(bela, onThread(thread.id))
    expect(await jobs(await desk.say(ada, 'An answer.', first.id))).toBe(0)
  })

  test('when it is changed, or hidden and shown again', async () => {
    const { ada, mo } = desk
    const said = await desk.say(ada, 'Nobody listens.')
    await follow(mo, onArticle(desk.stage.article))
    const params = { site, comment: said.id }
    await ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
    await ada.ok('DELETE /v1/sites/:site/comments/:comment/withdrawal', { params })
    await desk.edit(ada, said, 'Nobody listened.')
    expect(await jobs(said)).toBe(0)
  })
})

describe('a comment adds one job', () => {
  test.each([
    ['its thread', () => onThread(desk.stage.thread)],
    ['its article', () => onArticle(desk.stage.article)],
  ])('where somebody follows %s', async (_, about) => {
    await follow(desk.bela, about())
    expect(await jobs(await desk.say(desk.ada, 'Listen.'))).toBe(1)
  })

  test('where it answers somebody, with or without a choice', async () => {
    const first = await desk.say(desk.bela, 'Who knows?')
    expect(await jobs(await desk.say(desk.ada, 'I do.', first.id))).toBe(1)
    await follow(desk.bela, onReplies)
    expect(await jobs(await desk.say(desk.ada, 'And I say so.', first.id))).toBe(1)
  })

  test.each(['What says @Bela?', '> - *well, @Bela*'])('where it names somebody: %s', async (text) => {
    await desk.say(desk.bela, 'I take part.')
    expect(await jobs(await desk.say(desk.ada, text))).toBe(1)
  })

  test('when it was held, once it is approved', async () => {
    await follow(desk.bela, onArticle(desk.stage.article))
    const about = await desk.held()
    expect(await jobs(about.comment)).toBe(0)
    await desk.approve(desk.mo, about)
    expect(await jobs(about.comment)).toBe(1)
  })
})
