import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSite } from '../../server/sites/index.ts'
import type { Client } from '../server/client.ts'
import { open, openServer, site, type Server } from '../server/stage.ts'
import { follow, follows, onArticle, onReplies, onThread, unfollow } from './stage.ts'

let server: Server
let ada: Client
let bela: Client
let chris: Client
beforeAll(async () => {
  server = await openServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
  chris = await server.signedIn('chris@demo.example')
  await createSite(server.db, { slug: 'other', name: 'Other', origins: [server.origin] })
})
afterAll(() => server.close())

describe('what is followed', () => {
  test('is replies, where nothing was chosen', async () => {
    const article = await server.newArticle('Unchosen')
    expect(await follows(bela, article)).toEqual({
      replies: { about: onReplies, following: true, mail: 'off' },
      article: { about: onArticle(article), following: false, mail: 'off' },
      threads: [],
      mail: false,
      stopped: null,
    })
  })

  test('is what was chosen last, of each once', async () => {
    const article = await server.newArticle('Chosen')
    const { thread } = await open(ada, article, 'One.')
    for (const about of [onArticle(article), onThread(thread.id), onReplies]) {
      expect(await follow(bela, about)).toEqual({ about, following: true, mail: 'off' })
      await follow(bela, about)
    }
    expect(await unfollow(bela, onReplies)).toEqual({ about: onReplies, following: false, mail: 'off' })
    expect(await follows(bela, article)).toMatchObject({
      replies: { following: false },
      article: { about: onArticle(article), following: true },
      threads: [{ about: onThread(thread.id), following: true }],
    })
    const rows = await server.db
      .selectFrom('follow')
      .select('token')
      .where('article_id', '=', article)
      .execute()
    expect(rows).toHaveLength(2)
    expect(new Set(rows.map(({ token }) => token)).size).toBe(2)
    await follow(bela, onReplies)
    expect((await follows(bela, article)).replies.following).toBe(true)
  })

  test('is everybody’s own', async () => {
    const article = await server.newArticle('Own')
    await follow(bela, onArticle(article))
    expect((await follows(ada, article)).article.following).toBe(false)
  })

  test('is by mail only where the server sends it, and only of what is followed', async () => {
    const article = await server.newArticle('No mail')
    const body = { about: onArticle(article), following: true, mail: 'now', language: 'en' } as const
    const problem = await bela.refused('PUT /v1/sites/:site/follows', 400, { params: { site }, body })
    expect(problem.errors?.[0]?.field).toBe('mail')
    expect((await follows(bela, article)).article.following).toBe(false)
  })

  test.each(['', 'en_US', 'x'.repeat(40), 'en\n'])('is not in the language %j', async (language) => {
    const body = { about: onReplies, following: true, mail: 'off', language }
    const problem = await bela.refused('PUT /v1/sites/:site/follows', 400, { params: { site }, body })
    expect(problem.errors?.[0]?.field).toBe('language')
  })
})

describe('nobody follows', () => {
  test('what is on another site', async () => {
    const article = await server.newArticle('Elsewhere')
    const { thread } = await open(ada, article, 'Here only.')
    const params = { site: 'other' }
    for (const about of [onArticle(article), onThread(thread.id)]) {
      const body = { about, following: true, mail: 'off', language: 'en' }
      await ada.refused('PUT /v1/sites/:site/follows', 404, { params, body })
    }
    await ada.refused('GET /v1/sites/:site/follows', 404, { params, query: { article } })
  })

  test('a thread that is not to be seen, but whoever opened it', async () => {
    const article = await server.newArticle('Held')
    const { thread, comment } = await open(chris, article, 'My first.')
    expect(comment.state).toBe('held')
    const body = { about: onThread(thread.id), following: true, mail: 'off', language: 'en' }
    await bela.refused('PUT /v1/sites/:site/follows', 404, { params: { site }, body })
    await follow(chris, onThread(thread.id))
  })

  test('anything, signed out', async () => {
    const article = await server.newArticle('Signed out')
    const body = { about: onArticle(article), following: true, mail: 'off', language: 'en' }
    await server.nobody.refused('PUT /v1/sites/:site/follows', 401, { params: { site }, body })
  })
})
