import { setInterval } from 'node:timers'
import { verifyAnchors } from '../../server/anchoring/verify.ts'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import type { Database } from '../../server/database/connect.ts'
import { startWorker } from '../../server/jobs/worker.ts'
import type { Site } from '../../server/sites/index.ts'
import { apart } from '../apart.ts'
import { fillDiscussion } from '../discussion.ts'
import { memory } from '../live/memory.ts'
import { sized } from '../options.ts'
import { keepRows } from '../results.ts'
import { row } from '../rows.ts'
import { served } from '../served.ts'
import { signInAs } from '../sign-in.ts'
import { Tally, type Task } from './client.ts'

/** `SOAK_MINUTES` for a shorter or longer one. */
const minutes = Number(process.env['SOAK_MINUTES'] ?? sized(30, 0.1))
const sockets = sized(1_000, 20)
const posts = sized(50, 5)
const others = sized(2, 1)
/** Milliseconds between two new texts of the article that is edited all the time, and between two looks at the memory. */
const betweenRevisions = 10_000
const betweenLooks = 15_000

/** Everything at once for half an hour: nothing is lost, nothing double, and the memory stays what it is. */
async function main(): Promise<void> {
  const rejections: unknown[] = []
  // Of jobs, which are tried again.
  const jobErrors: unknown[] = []
  process.on('unhandledRejection', (reason) => rejections.push(reason))
  await served({ durable: true, connections: 20 }, async ({ app, db, databaseUrl, site, origin }) => {
    const jobs = { db, live: app.live, mail: null, auditKey: null, fetchPrivate: false }
    const worker = await startWorker(databaseUrl, { ...jobs, onError: (error) => jobErrors.push(error) })
    const { authors } = await fillDiscussion(db, site.id, origin, sized(10_000, 500))
    const task = { origin, site: site.slug, sockets, seconds: minutes * 60, posts, others }
    const people = { writers: await signInAs(db, authors), moderators: await signInAs(db, await staffOf(db)) }
    const looks: number[] = []
    const look = setInterval(() => looks.push(memory()), betweenLooks)
    const revise = setInterval(
      () => void reviseDemo(db, site).catch((error: unknown) => rejections.push(error)),
      betweenRevisions,
    )
    const { heard, ...counts } = await crowd({ ...task, ...people, articles: await articlesOf(db, site) })
    clearInterval(look)
    clearInterval(revise)
    looks.push(memory())
    await worker.stop()
    await keep({ ...counts, jobErrors: jobErrors.length }, looks, await faultsOf(db, site, heard), rejections)
  })
}

async function crowd(task: Task): Promise<Tally> {
  const people = apart(new URL('crowd.ts', import.meta.url))
  try {
    return await people.ask(task, Tally)
  } finally {
    people.end()
  }
}

/** All but the hot one: with a thread of each. */
async function articlesOf(db: Database, site: Site): Promise<Task['articles']> {
  const rows = await db
    .selectFrom('article')
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'article.site_id').onRef('thread.article_id', '=', 'article.id'),
    )
    .distinctOn('article.id')
    .select(['article.id', 'article.seq as after', 'thread.id as thread'])
    .where('article.site_id', '=', site.id)
    .where('article.slug', '<>', 'busy-0')
    .orderBy('article.id')
    .execute()
  return rows
}

const staffOf = async (db: Database): Promise<string[]> =>
  (await db.selectFrom('account').select('id').where('name', 'in', ['Mo', 'Olu']).execute()).map(
    ({ id }) => id,
  )

let edition = 0

/** The demo’s text changes a little, and its threads go with it. */
async function reviseDemo(db: Database, site: Site): Promise<void> {
  edition += 1
  const source = `<!doctype html><html lang="en"><title>Margins</title><article><h1>Margins</h1>
    <p>A first paragraph, in its edition ${edition}, for those who read on.</p>
    <p>A second paragraph that has stayed as it was from the beginning.</p></article>`
  await saveArticle(db, site, importArticle({ source, format: 'html' }), { slug: 'demo' })
}

/** What `postil verify` finds, and readers who have not heard all of an article. */
async function faultsOf(db: Database, site: Site, heard: Tally['heard']): Promise<string[]> {
  const audit = await verifyAudit(db, site.id)
  const log = await verifyLog(db, site.id)
  const anchors = await verifyAnchors(db, site.id)
  const seqs = new Map((await articlesOf(db, site)).map(({ id, after }) => [id, after]))
  const behind = heard.filter(({ article, seq }) => seq !== seqs.get(article))
  return [
    ...log.faults,
    ...(audit.broken === null ? [] : [`audit log: ${audit.why ?? ''}`]),
    ...anchors.faults,
    ...behind.map(
      ({ article, seq }) => `a reader of ${article} has heard ${seq} of ${seqs.get(article) ?? 0}`,
    ),
  ]
}

async function keep(
  tally: Omit<Tally, 'heard'> & { jobErrors: number },
  looks: number[],
  faults: string[],
  rejections: unknown[],
): Promise<void> {
  console.log(tally)
  for (const fault of [...faults, ...rejections]) console.log(fault)
  const fromMinuteFive = looks[Math.floor((5 * 60_000) / betweenLooks)] ?? looks[0] ?? NaN
  const none = { is: '≤', value: 0 } as const
  const name = `${minutes} minutes of ${sockets} readers, ${posts} comments a second`
  await keepRows(
    'soak',
    [
      row(`${name}: faults that verify finds`, { unit: '', ours: faults.length, limit: none }),
      row(`${name}: frames lost, doubled or out of order`, { unit: '', ours: tally.outOfOrder, limit: none }),
      row(`${name}: errors that nobody handled`, { unit: '', ours: rejections.length, limit: none }),
      row(`${name}: memory at the end, beside minute five`, {
        ...{ unit: 'MB', bare: fromMinuteFive / 1e6, ours: (looks.at(-1) ?? NaN) / 1e6 },
        limit: { is: '≤', value: 1.1, of: 'bare' },
      }),
    ],
    { ...tally, megabytes: looks.map((bytes) => Math.round(bytes / 1e6)) },
  )
}

await main()
