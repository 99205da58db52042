import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Caller } from '../moderation/caller.ts'
import { openStage, type Stage } from '../moderation/stage.ts'

let stage: Stage
/** Ada's comment, and the case about Chris's. */
let comment: string
let held: { case: string; comment: string; revision: number; version: number }
let decision: string

beforeAll(async () => {
  stage = await openStage()
  const thread = { site: 'demo', thread: stage.thread }
  const name = 'POST /v1/sites/:site/threads/:thread/comments'
  const ada = await stage.as('ada@demo.example')
  comment = (await ada.ok(name, { params: thread, body: { body: 'Mine.' } })).comment.id
  const chris = await stage.as('chris@demo.example')
  for (const body of ['First.', 'Second.']) await chris.ok(name, { params: thread, body: { body } })
  const mo = await stage.as('mo@demo.example')
  const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site: 'demo' } })
  const [first, second] = cases
  if (!first || !second) throw new Error('nothing was held')
  held = { case: first.id, comment: first.comment.id, revision: 1, version: first.version }
  const decided = await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site: 'demo', case: second.id },
    body: { action: 'approve', revision: 1, version: second.version },
  })
  decision = decided.decision.id
})
afterAll(() => stage.close())

describe('a comment is its author’s', () => {
  test.each(['bela@demo.example', 'mo@demo.example', 'pia@demo.example'])(
    '%s can neither edit nor withdraw it',
    async (email) => {
      const somebody = await stage.as(email)
      const params = { site: 'demo', comment }
      const edited = await somebody.refused('PATCH /v1/sites/:site/comments/:comment', 403, {
        params,
        body: { body: 'Not mine.', revision: 1 },
      })
      expect(edited.type).toBe('/problems/not-allowed')
      const name = 'POST /v1/sites/:site/comments/:comment/withdrawal'
      expect((await somebody.refused(name, 403, { params })).type).toBe('/problems/not-allowed')
      expect(await shown(comment)).toEqual({ source: 'Mine.', state: 'LIVE' })
    },
  )

  test('who cannot report it', async () => {
    const ada = await stage.as('ada@demo.example')
    const problem = await ada.refused('POST /v1/sites/:site/comments/:comment/reports', 403, {
      params: { site: 'demo', comment },
      body: { category: 'spam' },
    })
    expect(problem.detail).toContain('your own')
  })

  test('and nobody else learns of one that is held', async () => {
    const bela = await stage.as('bela@demo.example')
    const params = { site: 'demo', comment: held.comment }
    await bela.refused('POST /v1/sites/:site/comments/:comment/reports', 404, {
      params,
      body: { category: 'spam' },
    })
    await bela.refused('POST /v1/sites/:site/threads/:thread/comments', 409, {
      params: { site: 'demo', thread: stage.thread },
      body: { body: 'Reply.', parentId: held.comment },
    })
    for (const reader of [bela, new Caller(stage.app)]) {
      const { comments } = await reader.ok('GET /v1/sites/:site/threads/:thread/comments', {
        params: { site: 'demo', thread: stage.thread },
      })
      expect(comments.map(({ id }) => id)).not.toContain(held.comment)
    }
  })
})

describe('what is on one site is not there on another, for its moderator', () => {
  let otto: Caller
  beforeAll(async () => {
    otto = await stage.as('otto@other.example')
  })

  test('cases and decisions', async () => {
    await otto.refused('POST /v1/sites/:site/cases/:case/decisions', 404, {
      params: { site: 'other', case: held.case },
      body: { action: 'approve', revision: held.revision, version: held.version },
    })
    await otto.refused('POST /v1/sites/:site/decisions/:decision/reversal', 404, {
      params: { site: 'other', decision },
    })
    const { cases, queues } = await otto.ok('GET /v1/sites/:site/cases', { params: { site: 'other' } })
    expect(cases).toEqual([])
    expect(queues.every(({ open, oldest }) => open === 0 && oldest === null)).toBe(true)
    expect(await shown(held.comment)).toEqual({ source: 'First.', state: 'HELD' })
  })

  test('articles and threads', async () => {
    const body = { body: 'Well.' }
    const article = { site: 'other', article: stage.article }
    const thread = { site: 'other', thread: stage.thread }
    await otto.refused('GET /v1/sites/:site/articles/:article/threads', 404, { params: article })
    await otto.refused('POST /v1/sites/:site/articles/:article/threads', 404, {
      params: article,
      body: { ...body, anchor: null },
    })
    await otto.refused('POST /v1/sites/:site/threads/:thread/comments', 404, { params: thread, body })
    await otto.refused('GET /v1/sites/:site/threads/:thread/comments', 404, { params: thread })
  })

  test('comments', async () => {
    const params = { site: 'other', comment }
    await otto.refused('PATCH /v1/sites/:site/comments/:comment', 404, {
      params,
      body: { body: 'Well.', revision: 1 },
    })
    await otto.refused('POST /v1/sites/:site/comments/:comment/withdrawal', 404, { params })
    await otto.refused('POST /v1/sites/:site/comments/:comment/reports', 404, {
      params,
      body: { category: 'spam' },
    })
    expect(await shown(comment)).toEqual({ source: 'Mine.', state: 'LIVE' })
  })

  test('sites that are not there', async () => {
    await otto.refused('GET /v1/sites/:site/session', 404, { params: { site: 'nowhere' } })
  })
})

async function shown(id: string) {
  return await stage.db
    .selectFrom('comment_revision')
    .select(['source', 'state'])
    .where('comment_id', '=', id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}
