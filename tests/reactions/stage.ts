import { describeBlock } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { Mark } from '../../core/contract/articles.ts'
import type { ServerFrame } from '../../core/contract/live.ts'
import type { ReactionKind } from '../../core/contract/reaction.ts'
import type { Reacted } from '../../core/contract/reactions.ts'
import type { ThreadView } from '../../core/contract/threads.ts'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { findSite, type Site } from '../../server/sites/index.ts'
import type { Answer, Client } from '../server/client.ts'
import type { Line } from '../server/line.ts'
import { openServer, readPage, site as slug, type Server } from '../server/stage.ts'

export const texts = [
  'The ferry to the island leaves at seven in the morning, and at six in the evening it brings home whoever went across to work.',
  'Nobody has counted how many letters the captain carried in his coat during the long winter when the telegraph was broken.',
  'By nine the harbour is as empty as before. Only the gulls remain, and the boy who sells coffee from a cart with a blue umbrella.',
]
export const none = { agree: 0, helpful: 0, question: 0, source: 0 }
const at = 'PUT /v1/sites/:site/articles/:article/reaction'
const onThread = 'PUT /v1/sites/:site/threads/:thread/reaction'
const takeBack = 'DELETE /v1/sites/:site/threads/:thread/reaction'
export const names = { at, onThread, takeBack } as const

export const block = (index: number): Anchor => describeBlock(texts, index)
export const params = (thread: string) => ({ site: slug, thread })

/** The server with the demo's people signed in, and what the tests do to its articles, each in one line. */
export interface Stage extends Server {
  demo: Site
  ada: Client
  bela: Client
  mo: Client
  pia: Client
  /** An article with a text, and what its publisher does to it. */
  publish(name: string): Promise<{ id: string; save: (texts: string[]) => ReturnType<typeof saveArticle> }>
  marksOf(article: string): Promise<Mark[]>
  /** A line that reads the article from now on. */
  readAlong(article: string, who?: Client): Promise<Line>
}

export async function openStage(): Promise<Stage> {
  const server = await openServer()
  const demo = await findSite(server.db, slug)
  if (!demo) throw new Error('the demo site is missing')
  const [ada, bela, mo, pia] = await Promise.all([
    server.signedIn('ada@demo.example'),
    server.signedIn('bela@demo.example'),
    server.signedIn('mo@demo.example'),
    server.signedIn('pia@demo.example'),
  ])
  return {
    ...server,
    demo,
    ada,
    bela,
    mo,
    pia,
    async publish(name) {
      const save = async (now: string[]) =>
        await saveArticle(
          server.db,
          demo,
          importArticle({ format: 'markdown', source: [`# ${name}`, ...now].join('\n\n') }),
          { slug: name },
        )
      return { id: (await save(texts)).id, save }
    },
    async marksOf(article) {
      const { marks } = await server.nobody.ok('GET /v1/sites/:site/articles', {
        params: { site: slug },
        query: { url: `urn:uuid:${article}` },
      })
      return marks
    },
    async readAlong(article, who = server.nobody) {
      const line = server.openLine(who)
      line.say({ type: 'subscribe', article, after: (await readPage(server.nobody, article)).seq })
      await line.until(({ type }) => type === 'caught_up')
      return line
    },
  }
}

/** Reacts to a paragraph of the texts. */
export const reactTo = (who: Client, article: string, index: number, kind: ReactionKind): Promise<Reacted> =>
  who.ok(at, { params: { site: slug, article }, body: { anchor: block(index), kind } })

/** Reacts to the passage of a thread. */
export const react = (who: Client, thread: string, kind: ReactionKind): Promise<Reacted> =>
  who.ok(onThread, { params: params(thread), body: { kind } })

export const mark = (who: Client, thread: string, value: ThreadView['mark']): Promise<Answer> =>
  who.request('PUT /v1/sites/:site/threads/:thread/mark', { params: params(thread), body: { mark: value } })

type Logged = Extract<ServerFrame, { type: 'thread' | 'change' | 'revised' }>
/** What has come of the article's log. */
export const logged = ({ frames }: Line): Logged[] =>
  frames.filter((frame) => frame.type === 'thread' || frame.type === 'change' || frame.type === 'revised')
