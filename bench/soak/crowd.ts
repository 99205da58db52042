import { setTimeout as pause } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import { v7 as uuid } from 'uuid'
import { CasePage } from '../../core/contract/moderation.ts'
import { Posted } from '../../core/contract/threads.ts'
import { answering } from '../apart.ts'
import { Task, type Tally } from './client.ts'
import { Reader } from './reader.ts'

const tally: Tally = {
  ...{ posted: 0, edited: 0, reported: 0, decided: 0, refused: {}, frames: 0, outOfOrder: 0, begunAnew: 0 },
  heard: [],
}
const casePage = Compile(CasePage)
const posted = Compile(Posted)
/** The newest comments, with whose they are: what people edit and report. */
const newest: { id: string; cookie: string }[] = []
const mostNewest = 500
/** Lines that are opened at once, and requests that wait for their answer. */
const atOnce = 50
const mostUnderWay = 500

/** Reads, writes, edits, reports and decides, all at the same time, for as long as it is told. */
answering(Task, async (task) => {
  const readers = await openReaders(task)
  const until = performance.now() + task.seconds * 1000
  await Promise.all([
    each(until, task.posts, () => post(task)),
    each(until, task.others, () => edit(task)),
    each(until, task.others, () => report(task)),
    each(until, task.others, () => decide(task)),
  ])
  // What was told last is still on its way.
  await pause(2_000)
  return { ...tally, heard: readers.map(({ article, seq }) => ({ article, seq })) }
})

async function openReaders(task: Task): Promise<Reader[]> {
  const readers: Reader[] = []
  for (let nth = 0; nth < task.sockets; nth += 1) {
    const article = task.articles[nth % task.articles.length]
    if (article) readers.push(new Reader(task, article, tally))
  }
  for (let from = 0; from < readers.length; from += atOnce)
    await Promise.all(readers.slice(from, from + atOnce).map((reader) => reader.open()))
  return readers
}

/** So many times a second, whatever has become of those before, as people come. */
async function each(until: number, perSecond: number, act: () => Promise<void>): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const began = performance.now()
  for (let nth = 1; performance.now() < until; nth += 1) {
    if (underWay.size >= mostUnderWay) await Promise.race(underWay)
    const one = act().finally(() => underWay.delete(one))
    underWay.add(one)
    await pause(Math.max(0, began + (nth * 1000) / perSecond - performance.now()))
  }
  await Promise.all(underWay)
}

async function post({ origin, site, articles, writers }: Task): Promise<void> {
  const [article, cookie] = [anyOf(articles), anyOf(writers)]
  if (!article || cookie === undefined) return
  const path = `${origin}/v1/sites/${site}/threads/${article.thread}/comments`
  const body = { body: `That is not what the report says (${Math.random()}).` }
  const answer = await send('post', path, { method: 'POST', origin, cookie, body })
  if (!posted.Check(answer)) return
  tally.posted += 1
  newest.push({ id: answer.comment.id, cookie })
  if (newest.length > mostNewest) newest.shift()
}

async function edit({ origin, site }: Task): Promise<void> {
  const [own] = newest.splice(Math.floor(Math.random() * newest.length), 1)
  if (!own) return
  const body = { body: 'That is not quite what the report says.', revision: 1 }
  const path = `${origin}/v1/sites/${site}/comments/${own.id}`
  const answer = await send('edit', path, { method: 'PATCH', origin, cookie: own.cookie, body })
  if (answer !== null) tally.edited += 1
}

async function report({ origin, site, writers }: Task): Promise<void> {
  const about = anyOf(newest)
  const cookie = anyOf(writers.filter((one) => one !== about?.cookie))
  if (!about || cookie === undefined) return
  const path = `${origin}/v1/sites/${site}/comments/${about.id}/reports`
  const answer = await send('report', path, { method: 'POST', origin, cookie, body: { category: 'spam' } })
  if (answer !== null) tally.reported += 1
}

/** Of the cases on top, any; so moderators meet at some. */
async function decide({ origin, site, moderators }: Task): Promise<void> {
  const cookie = anyOf(moderators)
  if (cookie === undefined) return
  const queue = await send('queue', `${origin}/v1/sites/${site}/cases?limit=20`, {
    method: 'GET',
    origin,
    cookie,
  })
  const one = casePage.Check(queue) ? anyOf(queue.cases) : undefined
  if (!one) return
  const seen = { revision: one.comment.revision, version: one.version }
  const body =
    Math.random() < 0.3 ? { action: 'reject', reason: 'spam', ...seen } : { action: 'approve', ...seen }
  const path = `${origin}/v1/sites/${site}/cases/${one.id}/decisions`
  const answer = await send('decide', path, { method: 'POST', origin, cookie, body })
  if (answer !== null) tally.decided += 1
}

const anyOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)]

interface Sent {
  method: 'GET' | 'POST' | 'PATCH'
  origin: string
  cookie: string
  body?: object
}

/** @returns what was answered, or null where that was no success, which is counted */
async function send(what: string, url: string, { method, origin, cookie, body }: Sent): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...{ origin, cookie, 'idempotency-key': uuid() },
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (answer.ok) return text === '' ? {} : JSON.parse(text)
  const kind = `${what}: ${answer.status}`
  tally.refused[kind] = (tally.refused[kind] ?? 0) + 1
  return null
}
