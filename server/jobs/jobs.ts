import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/connect.ts'

/** Whom a bulk of decisions is to be told to: of what it decided, or of what of it was undone. */
export interface BulkNotice {
  siteId: string
  bulkId: string
  accountId: string
  isUndone: boolean
}

/** How far the erasure of an account has come. */
export interface ErasureStep {
  erasureId: string
  after: { siteId: string; commentId: string } | null
  /** Looks only for what was on its way when the account went. */
  isLate: boolean
}

/** An imported author whose comments on a site go to the one who claimed them: ids of accounts. */
export interface TakingOver {
  siteId: string
  from: string
  to: string
}

/** When a job runs, and beside which others. */
interface Timing {
  /** Jobs of one queue run one after another, in the order they were added; its name is their key as well. */
  queue?: string
  /** Of jobs with one key, the last one takes the place of those that wait. */
  key?: string
  /** Seconds that it waits at least. */
  delay?: number
}

/** The background jobs there are, each with what it is told. */
export interface Jobs {
  /** Carries an article's threads over to its newest revision. */
  carry: { siteId: string; articleId: string }
  /** Fetches an article's page, and keeps its text where it is new. */
  look: { siteId: string; articleId: string }
  /** Adds a `readFeed` job for each feed that is to be read now. */
  findFeeds: Record<string, never>
  /** Reads a feed of a site's, and fetches the pages in it that are new or have changed. */
  readFeed: { siteId: string; feedId: string }
  /** Tells those who follow a comment's thread or article, or whom it answers. */
  notify: { siteId: string; commentId: string }
  /** Tells an author what was decided about their comment, in the inbox and by mail. */
  notice: { siteId: string; decisionId: string }
  /** The same of all that one bulk decided about one person's comments, or took back of it, in one mail. */
  bulkNotice: BulkNotice
  /** Adds a `reportMail` job for each who reported by mail what a decision is about. */
  outcome: { siteId: string; decisionId: string }
  /** Mails somebody without an account that their report is here, or how it was decided. */
  reportMail: { siteId: string; reportId: string; about: 'receipt' | 'outcome' }
  /** Mails somebody the link by which they have what was imported under their address, where there is anything. */
  claimMail: { accountId: string; language: string }
  /** Puts what an imported author wrote under the name of whoever claimed it. */
  takeOver: TakingOver
  /** Mails an invitation to work for a site. */
  invitationMail: { siteId: string; invitationId: string }
  /** Adds a `keepWords` job for each article where something was said that search does not know. */
  findWords: Record<string, never>
  /** Keeps the words of what was said on an article, for search. */
  keepWords: { siteId: string; articleId: string }
  /** Adds a `learn` job for each site where something was decided that its model does not know. */
  findLessons: Record<string, never>
  /** Has a site's model learn from what was decided since it last did. */
  learn: { siteId: string }
  /** Adds a `retainSite` job for each site. */
  retain: Record<string, never>
  /** Erases texts that a site's rules keep no longer, of comments after this one. */
  retainSite: { siteId: string; after: string | null }
  /** Erases what is left of somebody whose account was erased, of comments after this one. */
  eraseAccount: ErasureStep
  /**
   * Deletes what is too old: notifications, sketches of texts, ids of pushed messages, who reported without an account, sign-ins,
   * claims, webhooks' messages, invitations, counts of readers.
   */
  expire: Record<string, never>
  /** Signs where each audit log stands. */
  checkpoint: Record<string, never>
  /** Makes a delivery for each webhook of a site of what happened there. */
  passOn: { siteId: string }
  /** Sends what waits for a webhook. */
  deliver: { siteId: string; webhookId: string }
  /** Mails one who publishes a site that the server has disabled a webhook, where it is still as it was at this version. */
  webhookMail: { siteId: string; webhookId: string; version: number; accountId: string }
  /** Adds `passOn` and `deliver` jobs for what is due: after a long pause, or since a server died. */
  findDeliveries: Record<string, never>
  /** Adds a `mail` job for each follow that has something to be mailed in this period. */
  digest: { period: 'daily' | 'weekly' }
  /** Mails what is new of one follow. */
  mail: { siteId: string; followId: string; period: 'now' | 'daily' | 'weekly' }
}

/**
 * Adds a job inside the transaction that causes it: without the commit there is no job, and with it there is one.
 * @param timing without a queue, jobs run side by side
 */
export async function addJob<N extends keyof Jobs>(
  tx: Database,
  name: N,
  told: Jobs[N],
  timing: Timing = {},
): Promise<void> {
  await sql`select ${jobCall(name, told, timing)}`.execute(tx)
}

/** Adds a job as `addJob` does, as part of a statement that knows whether there is anything to do. */
export function jobCall<N extends keyof Jobs>(
  name: N,
  told: Jobs[N],
  { queue, key = queue, delay = 0 }: Timing = {},
): RawBuilder<unknown> {
  const named = (one: string | undefined) => (one === undefined ? null : `${name} ${one}`)
  return sql`graphile_worker.add_job(
    ${name}, payload => ${JSON.stringify(told)}::json, queue_name => ${named(queue)}, job_key => ${named(key)},
    run_at => now() + make_interval(secs => ${delay})
  )`
}

/** So many rows are looked at in counting, however many there are. */
const mostCounted = 100_000

/**
 * How the background jobs stand: due and waiting, in hand, failed and to be tried again, given up; and for how many seconds the
 * oldest has been due.
 */
export async function countJobs(
  db: Database,
): Promise<Record<'waiting' | 'running' | 'retrying' | 'dead' | 'oldest', number>> {
  const { rows } = await sql<Record<'waiting' | 'running' | 'retrying' | 'dead' | 'oldest', number>>`
    select
      count(*) filter (where is_due and not is_held) as waiting,
      count(*) filter (where is_held) as running,
      count(*) filter (where attempts > 0 and attempts < max_attempts and not is_held) as retrying,
      count(*) filter (where attempts >= max_attempts and not is_held) as dead,
      coalesce(extract(epoch from now() - min(run_at) filter (where is_due and not is_held)), 0)::float8 as oldest
    from (
      select attempts, max_attempts, run_at, locked_at is not null as is_held,
        run_at <= now() and attempts < max_attempts as is_due
      from graphile_worker.jobs limit ${mostCounted}
    ) as job
  `.execute(db)
  return rows[0] ?? { waiting: 0, running: 0, retrying: 0, dead: 0, oldest: 0 }
}
