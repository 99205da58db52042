import type { KeyObject } from 'node:crypto'
import { Logger, parseCronItems, run, type CronItemOptions, type TaskList } from 'graphile-worker'
import { carryArticle } from '../anchoring/index.ts'
import { lookAtPage } from '../articles/index.ts'
import { addCheckpoints } from '../audit/index.ts'
import { deleteExpiredClaims, takeOver } from '../claims/index.ts'
import type { MailConfig } from '../config.ts'
import { poolOf, type Database } from '../database/connect.ts'
import { dueFeeds, readFeed } from '../feeds/index.ts'
import { deleteOldNotifications, notifyFollowers, tellAuthor } from '../follows/index.ts'
import { forgetGuests } from '../guests/index.ts'
import type { Live } from '../live/index.ts'
import {
  createMailer,
  mailClaim,
  mailDecisions,
  mailDigests,
  mailInvitation,
  mailReporter,
  mailWebhook,
  sendMail,
} from '../mail/index.ts'
import type { MailOutcome } from '../metrics/index.ts'
import {
  decisionsOf,
  deleteOldSketches,
  learnFromDecisions,
  reportsToAnswer,
  sitesToLearn,
} from '../moderation/index.ts'
import { deleteOldOpenings } from '../numbers/index.ts'
import { eraseAccount, eraseExpired, forgetReporters } from '../privacy/index.ts'
import { articlesToKeep, keepWords } from '../search/index.ts'
import { deleteOldMessages } from '../sites/index.ts'
import { deleteExpiredSignIns } from '../sso/index.ts'
import { deleteOldInvitations } from '../staff/index.ts'
import { deleteOldDeliveries, deliver, findDeliveries, passOn } from '../webhooks/index.ts'
import { addJob, type Jobs } from './jobs.ts'

/** What happens to each job; a job that throws is tried again later, with growing pauses. */
type Handlers = { [N in keyof Jobs]: (told: Jobs[N]) => Promise<void> }

/** A job that comes by itself. */
type Timed = {
  [N in keyof Jobs]: {
    identifier: string
    match: string
    task: N
    payload: Jobs[N]
    options: CronItemOptions
  }
}[keyof Jobs]

interface Worker {
  /** Takes no more jobs, and waits for those under way. */
  stop(): Promise<void>
}

/** Seconds between a comment and its mail, for those who want it at once: a burst is one mail. */
const mailDelay = 60
const halfDay = 12 * 3600 * 1000

/** What a server that was down has missed is made up for when it is back within half a day. */
const madeUp = { backfillPeriod: halfDay }

/** What the clock adds, in UTC. */
const clock = [
  { identifier: 'daily', match: '0 6 * * *', task: 'digest', payload: { period: 'daily' }, options: madeUp },
  {
    identifier: 'weekly',
    match: '0 6 * * 1',
    task: 'digest',
    payload: { period: 'weekly' },
    options: madeUp,
  },
  { identifier: 'checkpoint', match: '0 2 * * *', task: 'checkpoint', payload: {}, options: madeUp },
  { identifier: 'feeds', match: '* * * * *', task: 'findFeeds', payload: {}, options: {} },
  { identifier: 'lessons', match: '* * * * *', task: 'findLessons', payload: {}, options: {} },
  { identifier: 'deliveries', match: '* * * * *', task: 'findDeliveries', payload: {}, options: {} },
  { identifier: 'words', match: '* * * * *', task: 'findWords', payload: {}, options: {} },
  { identifier: 'retain', match: '15 4 * * *', task: 'retain', payload: {}, options: madeUp },
  { identifier: 'expire', match: '30 3 * * *', task: 'expire', payload: {}, options: madeUp },
] satisfies Timed[]

/**
 * Works off the background jobs of a database (graphile-worker): woken by the database when one is added, in any process.
 * @param url with connections of its own: jobs never wait for those of requests
 */
export async function startWorker(
  url: string,
  {
    db,
    live,
    mail,
    auditKey,
    fetchPrivate,
    mailed,
    onError,
  }: {
    db: Database
    live: Live
    mail: MailConfig | null
    auditKey: KeyObject | null
    /** Whether pages may be fetched from this machine and its network, and webhooks be there. */
    fetchPrivate: boolean
    /** Hears how each mail went. */
    mailed?: (outcome: MailOutcome) => void
    onError: (error: unknown) => void
  },
): Promise<Worker> {
  const mailer = mail && createMailer(mail, mailed)
  const fetchRules = fetchPrivate ? { may: () => true } : {}
  /** In the inbox, and in one mail. */
  const tell = async (siteId: string, decisions: string[]) => {
    const author = await tellAuthor(db, siteId, decisions)
    if (!author) return
    live.inboxChanged(siteId, [author.accountId])
    if (mail && mailer) await mailDecisions(db, mailer, mail, siteId, author.toMail)
  }
  const stopping = new AbortController()
  const handlers: Handlers = {
    async carry({ siteId, articleId }) {
      if (await carryArticle(db, siteId, articleId)) live.published(articleId)
    },
    async look(told) {
      await lookAtPage(db, told, fetchRules)
    },
    async findFeeds() {
      for (const feed of await dueFeeds(db)) await addJob(db, 'readFeed', feed, { queue: feed.feedId })
    },
    async readFeed(told) {
      await readFeed(db, told, fetchRules)
    },
    async notify({ siteId, commentId }) {
      const told = await notifyFollowers(db, siteId, commentId, mail && { delay: mailDelay })
      live.inboxChanged(siteId, told)
    },
    async notice({ siteId, decisionId }) {
      await tell(siteId, [decisionId])
    },
    async bulkNotice(told) {
      for await (const decisions of decisionsOf(db, told)) await tell(told.siteId, decisions)
    },
    async outcome({ siteId, decisionId }) {
      for (const reportId of await reportsToAnswer(db, siteId, decisionId))
        await addJob(db, 'reportMail', { siteId, reportId, about: 'outcome' })
    },
    async reportMail(told) {
      if (mail && mailer) await mailReporter(db, mailer, mail, told)
    },
    async claimMail(told) {
      if (mail && mailer) await mailClaim(db, mailer, mail, told)
    },
    async takeOver(taking) {
      const { articles, isDone } = await takeOver(db, taking)
      for (const article of articles) live.published(article)
      if (!isDone) await addJob(db, 'takeOver', taking, { queue: taking.to, key: taking.from })
    },
    async invitationMail(told) {
      if (mail && mailer) await mailInvitation(db, mailer, mail, told)
    },
    async findWords() {
      // One after another on a site, so that there is room for other jobs.
      for (const place of await articlesToKeep(db))
        await addJob(db, 'keepWords', place, { queue: place.siteId, key: place.articleId })
    },
    async keepWords(place) {
      if (!(await keepWords(db, place)))
        await addJob(db, 'keepWords', place, { queue: place.siteId, key: place.articleId })
    },
    async findLessons() {
      for (const siteId of await sitesToLearn(db)) await addJob(db, 'learn', { siteId }, { queue: siteId })
    },
    async learn({ siteId }) {
      await learnFromDecisions(db, siteId)
    },
    async retain() {
      for (const { id: siteId } of await db.selectFrom('site').select('id').execute())
        await addJob(db, 'retainSite', { siteId, after: null }, { queue: siteId })
    },
    async retainSite({ siteId, after }) {
      const { articles, last } = await eraseExpired(db, siteId, after)
      for (const article of articles) live.published(article)
      if (last !== null) await addJob(db, 'retainSite', { siteId, after: last }, { queue: siteId })
    },
    async eraseAccount(step) {
      const { changes, next } = await eraseAccount(db, step)
      for (const { articleId } of changes) live.published(articleId)
      for (const { siteId } of changes.filter(({ caseClosed }) => caseClosed)) live.queueChanged(siteId)
      const queue = `${next?.isLate ? 'late ' : ''}${step.erasureId}`
      if (next) await addJob(db, 'eraseAccount', next, { queue })
    },
    async expire() {
      await deleteOldNotifications(db)
      await deleteOldSketches(db)
      await deleteOldMessages(db)
      await forgetReporters(db)
      await deleteExpiredSignIns(db)
      await forgetGuests(db)
      await deleteExpiredClaims(db)
      await deleteOldDeliveries(db)
      await deleteOldInvitations(db)
      await deleteOldOpenings(db)
    },
    async checkpoint() {
      await addCheckpoints(db, auditKey)
    },
    async passOn({ siteId }) {
      await passOn(db, siteId)
    },
    async deliver(told) {
      await deliver(db, told, { fetchPrivate, signal: stopping.signal })
    },
    async webhookMail(told) {
      if (mail && mailer) await mailWebhook(db, mailer, mail, told)
    },
    async findDeliveries() {
      await findDeliveries(db)
    },
    async digest({ period }) {
      if (mail) await mailDigests(db, period)
    },
    async mail(told) {
      if (mail && mailer) await sendMail(db, mailer, mail, told)
    },
  }
  const pool = poolOf(url, { connections: 6 })
  const runner = await run({
    pgPool: pool,
    taskList: taskList(handlers),
    parsedCronItems: parseCronItems(clock),
    concurrency: 4,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error') onError(meta['error'] ?? new Error(message))
    }),
  })
  // It ends by itself only where it cannot go on; the jobs stay, for the next start.
  runner.promise.catch(onError)
  return {
    async stop() {
      stopping.abort()
      await runner.stop()
      mailer?.close()
      await pool.end()
    },
  }
}

function taskList(handlers: Handlers): TaskList {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      // What a job is told was written by `addJob`, which has the type.
      (told: unknown) => handle(told as never),
    ]),
  )
}
