import type { CaseExport } from '../../core/contract/proof.ts'
import { auditOf } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { isTheirs } from './filter.ts'

/** Of each list, so that an answer stays within some megabytes. */
const most = 1000

const instant = (at: Date | null): string | null => at && at.toISOString()

/**
 * All that was kept of a case and its comment, to hand to a court or a body that settles disputes: five queries.
 * @throws ProblemError `not-found`
 */
export async function exportCase(
  db: Database,
  site: Site,
  actor: Actor,
  caseId: string,
): Promise<CaseExport> {
  const one = await readCase(db, site.id, actor, caseId)
  if (!one) throw new ProblemError('not-found', 'There is no such case on this site.')
  const revisions = await readRevisions(db, site.id, one.comment_id)
  const reports = await readReports(db, site.id, one.comment_id)
  const decisions = await readDecisions(db, site.id, one.comment_id)
  const audit = await auditOf(db, site.id, one.comment_id, most + 1)
  return {
    format: 'postil-case-1',
    exportedAt: new Date().toISOString(),
    site: { id: site.id, slug: site.slug, name: site.name },
    case: {
      id: one.id,
      cause: one.cause,
      status: one.status,
      openedAt: one.opened_at.toISOString(),
      closedAt: instant(one.closed_at),
      escalatedAt: instant(one.escalated_at),
    },
    article: { id: one.article_id, title: one.title, url: one.url, slug: one.slug },
    passage: one.anchor && one.anchor.quote.exact,
    comment: {
      id: one.comment_id,
      createdAt: one.created_at.toISOString(),
      author: { id: one.author_id, name: one.author_name },
      revisions: revisions.slice(0, most),
    },
    reports: reports.slice(0, most),
    decisions: decisions.slice(0, most),
    audit: audit.slice(0, most).map(({ actor_id, previous_hash, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      actorId: actor_id,
      previousHash: previous_hash,
    })),
    truncated: [revisions, reports, decisions, audit].some(({ length }) => length > most),
  }
}

async function readCase(db: Database, siteId: string, actor: Actor, caseId: string) {
  return await db
    .selectFrom('moderation_case as one')
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'one.site_id').onRef('comment.id', '=', 'one.comment_id'),
    )
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'comment.site_id').onRef('thread.id', '=', 'comment.thread_id'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'comment.site_id').onRef('article.id', '=', 'comment.article_id'),
    )
    .innerJoin('account', 'account.id', 'comment.author_id')
    .select(['one.id', 'one.cause', 'one.status', 'one.opened_at', 'one.closed_at', 'one.escalated_at'])
    .select(['one.comment_id', 'comment.created_at', 'comment.author_id', 'account.name as author_name'])
    .select(['article.id as article_id', 'article.title', 'article.url', 'article.slug', 'thread.anchor'])
    .where('one.site_id', '=', siteId)
    .where('one.id', '=', caseId)
    .where(isTheirs(actor, 'one'))
    .executeTakeFirst()
}

async function readRevisions(db: Database, siteId: string, commentId: string) {
  const rows = await db
    .selectFrom('comment_revision')
    .select(['number', 'state', 'source', 'signals', 'created_at'])
    .where('site_id', '=', siteId)
    .where('comment_id', '=', commentId)
    .orderBy('number')
    .limit(most + 1)
    .execute()
  return rows.map(({ source, created_at, ...row }) => ({
    ...row,
    text: source,
    at: created_at.toISOString(),
  }))
}

async function readReports(db: Database, siteId: string, commentId: string) {
  const rows = await db
    .selectFrom('report')
    .leftJoin('account', 'account.id', 'report.reporter_id')
    .select(['report.id', 'report.revision', 'report.category', 'report.text', 'report.created_at'])
    .select(['report.reporter_id', 'account.name as account_name', 'report.name'])
    .where('report.site_id', '=', siteId)
    .where('report.comment_id', '=', commentId)
    .orderBy('report.id')
    .limit(most + 1)
    .execute()
  return rows.map(({ reporter_id, account_name, name, created_at, ...row }) => ({
    ...row,
    by: { id: reporter_id, name: account_name ?? name },
    at: created_at.toISOString(),
  }))
}

async function readDecisions(db: Database, siteId: string, commentId: string) {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('account', 'account.id', 'decision.decided_by')
    .leftJoin('sanction', (join) =>
      join
        .onRef('sanction.site_id', '=', 'decision.site_id')
        .onRef('sanction.decision_id', '=', 'decision.id'),
    )
    .select(['decision.id', 'decision.revision', 'decision.action', 'decision.reason', 'decision.note'])
    .select(['decision.state_before', 'decision.reverses', 'decision.confirms'])
    .select(['decision.created_at', 'decision.decided_by'])
    .select(['account.name', 'sanction.kind', 'sanction.until', 'sanction.lifted_at'])
    .where('decision.site_id', '=', siteId)
    .where('decision.comment_id', '=', commentId)
    .orderBy('decision.id')
    .limit(most + 1)
    .execute()
  return rows.map(({ state_before, decided_by, name, created_at, kind, until, lifted_at, ...row }) => ({
    ...row,
    stateBefore: state_before,
    by: { id: decided_by, name },
    at: created_at.toISOString(),
    sanction: kind && { kind, until: instant(until), liftedAt: instant(lifted_at) },
  }))
}
