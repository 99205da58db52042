import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { changesAfter } from '../../server/comments/index.ts'
import type { Database } from '../../server/database/connect.ts'
import type { Site } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { apart, clock } from '../apart.ts'
import { fillDiscussion, type Discussion } from '../discussion.ts'
import { sized } from '../options.ts'
import { keepRows, quantilesOf } from '../results.ts'
import { middle, row } from '../rows.ts'
import { served } from '../served.ts'
import { mostSockets } from './limit.ts'
import { memory } from './memory.ts'
import { signInAs } from '../sign-in.ts'

const wanted = sized(10_000, 50)
const sockets = Math.min(wanted, mostSockets())
/** Comments told to all of them, of which the first warms up; and comments whose way is timed alone. */
const frames = sized(21, 3)
const posts = sized(500, 10)

const Opened = Type.Object({ open: Type.Number() })
const Last = Type.Object({ last: Type.Number() })

/** How fast what one reader posts comes to all others, and what each open line costs. */
async function main(): Promise<void> {
  await served({ durable: true, connections: 20 }, async ({ app, db, site, origin }) => {
    const filled = await fillDiscussion(db, site.id, origin, 100)
    // First, while the process has no memory that it could use again.
    const ours = await fanOut(app, db, site, origin, filled)
    const bare = await bareFanOut(origin, ours.frame)
    const alone = await timeVisible(db, site, origin, filled)
    if (sockets < wanted) console.log(`This machine opens ${sockets} sockets in a process, not ${wanted}.`)
    const [last, lastBare] = [middle(ours.times), middle(bare.times)]
    await keepRows(
      'live',
      [
        row(`fan-out to ${sockets} sockets, last receiver`, {
          ...{ unit: 'ms', bare: lastBare.median, ours: last.median, spread: last.spread },
          limit: { is: '≤', value: 1.5, of: 'bare' },
        }),
        row('memory of a socket', {
          ...{ unit: 'kB', bare: bare.memory / 1000, ours: ours.memory / 1000 },
          limit: { is: '≤', value: 25 },
        }),
        row('post to visible on another socket, p50', {
          unit: 'ms',
          ours: alone(0.5),
          limit: { is: '≤', value: 10 },
        }),
        row('post to visible on another socket, p99', {
          unit: 'ms',
          ours: alone(0.99),
          limit: { is: '≤', value: 50 },
        }),
      ],
      { sockets, frames: frames - 1, bytes: ours.frame.length, posts },
    )
  })
}

/** Milliseconds from the request that posts to the frame on another reader's socket, one after another. */
async function timeVisible(
  db: Database,
  site: Site,
  origin: string,
  { articleId, threads, authors }: Discussion,
) {
  const [cookie] = await signInAs(db, authors.slice(0, 1))
  const reader = apart(new URL('reader.ts', import.meta.url))
  try {
    const { after } = await seqOf(db, site, articleId)
    const path = `/v1/sites/${site.slug}/threads/${threads[0]}/comments`
    const task = { origin, site: site.slug, article: articleId, after, path, cookie, posts }
    const { times } = await reader.ask(task, Type.Object({ times: Type.Array(Type.Number()) }))
    return quantilesOf(times)
  } finally {
    reader.end()
  }
}

/** Milliseconds from the word that there is news to its last receiver; the bytes of a socket; and a frame as it was sent. */
async function fanOut(app: FastifyInstance, db: Database, site: Site, origin: string, filled: Discussion) {
  const { articleId, threads, authors } = filled
  const at = { siteId: site.id, articleId }
  const readers = apart(new URL('readers.ts', import.meta.url))
  const before = memory()
  const { after } = await seqOf(db, site, articleId)
  const says = JSON.stringify({ type: 'subscribe', article: articleId, after })
  const path = `/v1/live?site=${site.slug}`
  const { port } = new URL(origin)
  await readers.ask(
    { open: sockets, port: Number(port), path, origin, says, hears: '{"type":"caught_up"' },
    Opened,
  )
  const each = (memory() - before) / sockets
  const place = { kind: 'reply', threadId: threads[0] ?? '', parentId: null } as const
  const author = { id: authors[0] ?? '', name: 'Writer', role: 'moderator', sections: null } as const
  const times: number[] = []
  for (let frame = 0; frame < frames; frame += 1) {
    await post(db, site, author, place, { body: 'That is not what the report says.' }, null)
    const heard = readers.ask({ frame }, Last)
    const began = clock()
    app.live.published(articleId)
    const { last } = await heard
    if (frame > 0) times.push(last - began)
  }
  readers.end()
  const [newest] = await changesAfter(db, at, after + frames - 1, 1)
  return { times, memory: each, frame: newest?.frame ?? '' }
}

async function bareFanOut(origin: string, frame: string) {
  const server = apart(new URL('bare.ts', import.meta.url))
  const readers = apart(new URL('readers.ts', import.meta.url))
  const Bytes = Type.Object({ bytes: Type.Number() })
  const { port } = await server.ask({ ask: 'port' }, Type.Object({ port: Type.Number() }))
  const { bytes: before } = await server.ask({ ask: 'memory' }, Bytes)
  await readers.ask(
    { open: sockets, port, path: '/', origin, says: 'hello', hears: '{"type":"caught_up"' },
    Opened,
  )
  const { bytes } = await server.ask({ ask: 'memory' }, Bytes)
  const times: number[] = []
  for (let nth = 0; nth < frames; nth += 1) {
    const heard = readers.ask({ frame: nth }, Last)
    const { began } = await server.ask({ ask: 'send', frame }, Type.Object({ began: Type.Number() }))
    const { last } = await heard
    if (nth > 0) times.push(last - began)
  }
  readers.end()
  server.end()
  return { times, memory: (bytes - before) / sockets }
}

async function seqOf(db: Database, site: Site, articleId: string): Promise<{ after: number }> {
  return await db
    .selectFrom('article')
    .select('seq as after')
    .where('site_id', '=', site.id)
    .where('id', '=', articleId)
    .executeTakeFirstOrThrow()
}

await main()
