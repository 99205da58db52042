import { randomUUID } from 'node:crypto'
import { describe as describePassage, describeBlock } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { Posted, ThreadPage, ThreadView } from '../../core/contract/threads.ts'
import { blockTexts } from '../../server/articles/index.ts'
import { serveDemo, type Served } from '../setup/serve.ts'
import { Client, signIn } from './client.ts'
import { dial, type Line } from './line.ts'

export const site = 'demo'
const threads = 'GET /v1/sites/:site/articles/:article/threads'
const newThread = 'POST /v1/sites/:site/articles/:article/threads'
const newComment = 'POST /v1/sites/:site/threads/:thread/comments'
export const names = { threads, newThread, newComment } as const

/** The application over its port, with what the tests do to it, each in one line. */
export interface Server extends Served {
  siteId: string
  article: string
  /** Nobody signed in. */
  nobody: Client
  signedIn(email: string): Promise<Client>
  /** A line from one of the site's own pages; with whoever is signed in there. */
  openLine(who?: Client): Line
  /** A line that reads the article, from now on where nothing else is said. */
  follow(who?: Client, after?: number): Promise<Line>
  /** An article of its own, so that no other test's events are in it. */
  newArticle(title: string): Promise<string>
  /** The anchor of words in the demo's text, and of a paragraph as a whole. */
  onWords(words: string): Promise<Anchor>
  onBlock(index: number): Promise<Anchor>
}

/** @param smtpUrl where it sends its mail; none where it is not given */
export async function openServer(through?: (url: string) => string, smtpUrl?: string): Promise<Server> {
  const served = await serveDemo(through, smtpUrl)
  const { db, origin } = served
  const { id: article, site_id: siteId } = await db
    .selectFrom('article')
    .select(['id', 'site_id'])
    .executeTakeFirstOrThrow()
  const nobody = new Client(origin)
  const openLine = (who = nobody) => dial(origin, { origin, cookie: who.cookie })
  return {
    ...served,
    siteId,
    article,
    nobody,
    signedIn: (email) => signIn(origin, email),
    openLine,
    async follow(who, after) {
      const line = openLine(who)
      const from = after ?? (await readPage(nobody, article)).seq
      line.say({ type: 'subscribe', article, after: from })
      await line.until(({ type }) => type === 'caught_up')
      return line
    },
    async newArticle(title) {
      const ada = await signIn(origin, 'ada@demo.example')
      const url = `${origin}/${randomUUID()}`
      const made = await ada.ok('POST /v1/sites/:site/articles', { params: { site }, body: { url, title } })
      return made.id
    },
    async onWords(words) {
      const texts = await blockTexts(db, siteId, article)
      const block = texts.findIndex((text) => text.includes(words))
      const start = texts[block]?.indexOf(words) ?? 0
      return describePassage(texts, { block, start, endBlock: block, end: start + words.length })
    },
    onBlock: async (index) => describeBlock(await blockTexts(db, siteId, article), index),
  }
}

/** Opens a thread on a passage, or on the article as a whole. */
export async function open(
  who: Client,
  article: string,
  body: string,
  anchor: Anchor | null = null,
  key?: string,
): Promise<Posted> {
  const headers = { ...(key !== undefined && { 'idempotency-key': key }) }
  return await who.ok(newThread, { params: { site, article }, body: { body, anchor }, headers })
}

/** Comments in a thread; under a comment where one is given. */
export async function reply(
  who: Client,
  thread: string,
  body: string,
  parentId: string | null = null,
  key?: string,
): Promise<Posted> {
  const headers = { ...(key !== undefined && { 'idempotency-key': key }) }
  return await who.ok(newComment, { params: { site, thread }, body: { body, parentId }, headers })
}

export async function readPage(who: Client, article: string, query: object = {}): Promise<ThreadPage> {
  return await who.ok(threads, { params: { site, article }, query })
}

/** All pages of an article's threads, in order. */
export async function readAll(who: Client, article: string, limit = 100): Promise<ThreadView[]> {
  const all: ThreadView[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: ThreadPage = await readPage(who, article, { limit, ...(cursor !== undefined && { cursor }) })
    all.push(...page.threads)
    cursor = page.next
  }
  return all
}

/** The ids of all comments of a thread, in order: those that come with it, and the pages after them. */
export async function commentIds(who: Client, thread: ThreadView, limit = 100): Promise<string[]> {
  const ids = thread.first.map(({ id }) => id)
  for (let cursor = thread.next; cursor !== null;) {
    const page = await who.ok('GET /v1/sites/:site/threads/:thread/comments', {
      params: { site, thread: thread.id },
      query: { cursor, limit },
    })
    ids.push(...page.comments.map(({ id }) => id))
    cursor = page.next
  }
  return ids
}
