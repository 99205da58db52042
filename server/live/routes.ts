import type { WebSocket } from '@fastify/websocket'
import { Compile } from 'typebox/compile'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ClientFrame, type ServerFrame } from '../../core/contract/live.ts'
import { publishedAt } from '../articles/index.ts'
import type { Context } from '../context.ts'
import { mayEmbed } from '../http/origin.ts'
import { hoursOf } from '../moderation/index.ts'
import { browserOf } from '../numbers/index.ts'
import { whoOn, type Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import type { OwnLine } from './index.ts'

const clientFrame = Compile(ClientFrame)
const beatEvery = 25_000
const articlesPerLine = 20
/** Frames a browser may send in ten seconds; ours sends one per article it opens. */
const framesPerWindow = 100
const window = 10_000

/** `/v1/live?site=…`: the WebSocket. Anybody may read along; the queue is for moderators. */
export function liveRoutes(app: FastifyInstance, context: Context): void {
  app.get('/v1/live', { websocket: true }, (socket, request) => {
    // Handlers first and without an await: what arrives while we look the site up is kept, not lost.
    const early: Buffer[] = []
    const keep = (message: Buffer) => {
      if (early.length < framesPerWindow) early.push(message)
    }
    socket.on('message', keep)
    socket.on('error', () => socket.terminate())
    void admit(context, request).then(
      (visitor) => {
        socket.off('message', keep)
        if (!visitor) return socket.close(4403, 'this origin may not use the site')
        if (socket.readyState === socket.OPEN) converse(context, socket, visitor, early)
      },
      () => socket.close(1013, 'try again later'),
    )
  })
}

interface Visitor {
  site: Site
  actor: Actor | null
  /** Null: no reader that is counted. */
  browser: ReturnType<typeof browserOf>
}

async function admit(context: Context, request: FastifyRequest): Promise<Visitor | null> {
  const slug = new URL(request.url, 'http://localhost').searchParams.get('site') ?? ''
  const site = await context.site(slug)
  if (!site || !mayEmbed(request.headers.origin ?? '', site, request)) return null
  const { db, lucia, live } = context
  for (;;) {
    const changes = live.rightsChanges()
    const actor = await whoOn(db, lucia, request.cookies, site)
    // What was changed while it was read ended the lines that there were, and this one was none yet.
    if (live.rightsChanges() === changes)
      return { site, actor, browser: may.moderate(actor) ? null : browserOf(request) }
  }
}

function converse(
  { live, db, openings }: Context,
  socket: WebSocket,
  { site, actor, browser }: Visitor,
  early: Buffer[],
): void {
  const line: OwnLine = {
    accountId: actor?.id ?? null,
    backlog: () => socket.bufferedAmount,
    send: (frame) => socket.send(frame),
    hangUp: (code, reason) => socket.close(code, reason),
  }
  if (!live.enter(site.id, line)) return line.hangUp(1012, 'this server goes away')
  const say = (frame: ServerFrame) => line.send(JSON.stringify(frame))
  const isOpen = () => socket.readyState === socket.OPEN
  const articles = new Set<string>()
  let alive = true
  let frames = 0
  let windowEnds = 0

  async function hear(message: Buffer, isBinary: boolean): Promise<void> {
    if (Date.now() > windowEnds) [frames, windowEnds] = [0, Date.now() + window]
    if (++frames > framesPerWindow) return socket.close(1008, 'too many frames')
    const said = isBinary ? null : parse(message)
    if (!said) return say({ type: 'refused', reason: 'This frame is not in the contract; see /v1/docs.' })
    if (said.type === 'watch_queue') {
      if (!may.moderate(actor))
        return say({ type: 'refused', reason: 'Only moderators of this site may watch its queue.' })
      return live.watchQueue(site.id, line)
    }
    const article = { siteId: site.id, articleId: said.article.toLowerCase() }
    if (said.type === 'unsubscribe') {
      articles.delete(article.articleId)
      return live.hub.unsubscribe(line, article.articleId)
    }
    if (!articles.has(article.articleId) && articles.size >= articlesPerLine) {
      return say({ type: 'refused', reason: `One line reads at most ${articlesPerLine} articles.` })
    }
    articles.add(article.articleId)
    const known = await db
      .selectFrom('article')
      .select(['id', 'seq', publishedAt])
      .where('site_id', '=', article.siteId)
      .where('id', '=', article.articleId)
      .executeTakeFirst()
    if (!known) return say({ type: 'refused', reason: 'There is no such article.' })
    if (said.opened && browser)
      openings.passage.opened(browser, { siteId: site.id, id: said.opened.toLowerCase() })
    // A number from the future is from before a restored backup: only the snapshot can tell what is true now.
    if (said.after > known.seq) return say({ type: 'resync', article: article.articleId })
    // It may have left while we looked.
    if (!isOpen() || !articles.has(article.articleId)) return
    await live.hub.subscribe(line, article, said.after)
    // Who was away when the rules changed is told now.
    const periods = await hoursOf(db, site.id, known)
    if (isOpen()) say({ type: 'hours', article: article.articleId, periods })
  }

  const onMessage = (message: Buffer, isBinary: boolean) => {
    // Without the database nobody can be told what is true; the browser comes back by itself.
    hear(message, isBinary).catch(() => socket.close(1013, 'try again later'))
  }
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
    say({ type: 'beat' })
  }, beatEvery)
  socket.on('message', onMessage)
  socket.on('pong', () => (alive = true))
  socket.on('close', () => {
    clearInterval(heartbeat)
    for (const article of articles) live.hub.unsubscribe(line, article)
    live.leave(site.id, line)
  })
  for (const message of early) onMessage(message, false)
}

function parse(message: Buffer): ClientFrame | null {
  try {
    const said: unknown = JSON.parse(message.toString('utf8'))
    return clientFrame.Check(said) ? said : null
  } catch {
    return null
  }
}
