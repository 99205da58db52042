import { sql } from 'kysely'
import type { CaseView, Raid } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import { labelRow, toLabels, type Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { appealsIn } from './appeals.ts'
import { answersTo, historyOf, shownBefore } from './around.ts'
import { banWantsTwo } from './ban.ts'
import { isClaimed } from './claim.ts'
import { decisionsOn, viewDecision, viewProposal } from './decisions.ts'
import { isTheirs } from './filter.ts'
import { viewObjection } from './objection.ts'
import { sanctionsOn } from './sanctions.ts'

/** One case of a site as it is now, whatever its status; null where there is none that is the viewer's to see. */
export async function findCase(
  db: Database,
  siteId: string,
  caseId: string,
  viewer: Actor,
): Promise<CaseView | null> {
  const [found] = await viewCases(db, siteId, viewer, [caseId], new Map())
  return found ?? null
}

/**
 * Cases of a site as somebody sees them, the most urgent first: eight queries for any number, most of them at once.
 * @param raids those that some of them stand for
 */
export async function viewCases(
  db: Database,
  siteId: string,
  viewer: Actor,
  cases: string[],
  raids: Map<string, Raid>,
): Promise<CaseView[]> {
  return await withSurroundings(db, siteId, viewer, await readCases(db, siteId, viewer, cases), raids)
}

/**
 * Each join more makes the planner look at many times as many orders: nine tables took it 9 ms for one case, thirty times as
 * long as reading it, on each connection until the statement is prepared there, and for each number of cases. What is looked
 * up by a key is therefore no join.
 */
async function readCases(db: Database, siteId: string, viewer: Actor, cases: string[]) {
  return await db
    .selectFrom('moderation_case')
    .innerJoin('comment', (join) =>
      join
        .onRef('comment.site_id', '=', 'moderation_case.site_id')
        .onRef('comment.id', '=', 'moderation_case.comment_id'),
    )
    .innerJoin('comment_revision as revision', (join) =>
      join
        .onRef('revision.site_id', '=', 'moderation_case.site_id')
        .onRef('revision.comment_id', '=', 'moderation_case.comment_id')
        .onRef('revision.number', '=', 'moderation_case.revision'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'comment.site_id').onRef('article.id', '=', 'comment.article_id'),
    )
    .innerJoin('account', 'account.id', 'comment.author_id')
    .select([
      'moderation_case.id',
      'moderation_case.cause',
      'moderation_case.status',
      'moderation_case.version',
      'moderation_case.opened_at',
      'moderation_case.due_at',
      'moderation_case.weights',
      'moderation_case.claimed_by',
      'moderation_case.claimed_until',
      'moderation_case.escalated_at',
      'moderation_case.proposal_id',
      'moderation_case.objected_to',
      'moderation_case.revision',
      isClaimed('moderation_case').as('is_claimed'),
      'comment.id as comment_id',
      'comment.thread_id',
      'comment.created_at',
      'comment.author_id',
      'account.name as author_name',
      'account.created_at as author_since',
      labelRow('comment.site_id', 'comment.author_id').as('author_labels'),
      'revision.state',
      'revision.body',
      'revision.language',
      'revision.signals',
      'article.id as article_id',
      'article.title',
      'article.url',
      'article.slug',
      'article.language as article_language',
    ])
    .select((eb) => [
      eb
        .selectFrom('account as claimer')
        .select('claimer.name')
        .whereRef('claimer.id', '=', 'moderation_case.claimed_by')
        .as('claimer_name'),
      ...(['approved', 'rejected'] as const).map((count) =>
        eb
          .selectFrom('record')
          .select(count)
          .whereRef('record.site_id', '=', 'comment.site_id')
          .whereRef('record.account_id', '=', 'comment.author_id')
          .as(count),
      ),
      eb
        .selectFrom('comment_revision as shown')
        .select('shown.body')
        .whereRef('shown.site_id', '=', 'comment.site_id')
        .whereRef('shown.comment_id', '=', 'comment.id')
        .whereRef('shown.number', '=', 'comment.shown_revision')
        .whereRef('shown.number', '<>', 'moderation_case.revision')
        .as('shown_body'),
      eb
        .selectFrom('thread')
        .select('thread.anchor')
        .whereRef('thread.site_id', '=', 'comment.site_id')
        .whereRef('thread.id', '=', 'comment.thread_id')
        .as('anchor'),
      // Counted up to a hundred: more says nothing new, and costs.
      sql<number>`(
        select count(*) from (
          select 1 from comment as earlier
          where earlier.site_id = comment.site_id and earlier.author_id = comment.author_id
            and earlier.shown_revision is not null
          limit 100
        ) as shown
      )`.as('shown_comments'),
    ])
    .where('moderation_case.site_id', '=', siteId)
    .where(sql<boolean>`moderation_case.id = any(${cases}::uuid[])`)
    .where(isTheirs(viewer, 'moderation_case'))
    .orderBy('moderation_case.due_at')
    .orderBy('moderation_case.id')
    .execute()
}

type CaseRow = Awaited<ReturnType<typeof readCases>>[number]

async function withSurroundings(
  db: Database,
  siteId: string,
  viewer: Actor,
  rows: CaseRow[],
  raids: Map<string, Raid>,
): Promise<CaseView[]> {
  if (rows.length === 0) return []
  const cases = rows.map((row) => row.id)
  const comments = rows.map((row) => row.comment_id)
  const [reports, decisions, before, replies, history, appeals, sanctions, twoPeople] = await Promise.all([
    reportsOn(db, siteId, cases),
    decisionsOn(db, siteId, comments),
    shownBefore(db, siteId, comments),
    answersTo(db, siteId, comments),
    historyOf(db, siteId, rows),
    appealsIn(db, siteId, viewer, rows),
    sanctionsOn(db, siteId, [...new Set(rows.map((row) => row.author_id))]),
    banWantsTwo(db, siteId),
  ])
  const proposalIn = ({ status, proposal_id }: CaseRow) =>
    status === 'open' ? decisions.find(({ id }) => id === proposal_id) : undefined

  const byComment = Map.groupBy(decisions, ({ comment_id }) => comment_id)
  const decisionsAbout = ({ comment_id }: CaseRow) => byComment.get(comment_id) ?? []
  const objections = new Map(rows.map((row) => [row.id, viewObjection(row, decisionsAbout(row), viewer)]))

  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    status: row.status,
    version: row.version,
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    weights: row.weights,
    claim: claimOf(row, viewer),
    escalated: row.escalated_at !== null,
    can: {
      decide: may.decide(viewer, {
        author_id: row.author_id,
        escalated: row.escalated_at !== null,
        decidedBy: objections.get(row.id)?.decidedBy ?? [],
      }),
      ban: may.ban(viewer, { twoPeople, proposedBy: proposalIn(row)?.decided_by ?? null }),
      object: objections.get(row.id)?.canObject ?? false,
    },
    article: { id: row.article_id, title: row.title, url: row.url, slug: row.slug },
    passage: row.anchor && row.anchor.quote,
    comment: {
      id: row.comment_id,
      revision: row.revision,
      state: row.state,
      author: {
        id: row.author_id,
        name: row.author_name,
        ...toLabels(row.author_labels),
        joinedAt: row.author_since.toISOString(),
        shownComments: row.shown_comments,
        approved: row.approved ?? 0,
        rejected: row.rejected ?? 0,
        history: history.get(row.comment_id) ?? [],
        sanction: sanctions.get(row.author_id) ?? null,
      },
      body: row.body,
      language: row.language ?? row.article_language,
      previous: row.shown_body,
      createdAt: row.created_at.toISOString(),
    },
    before: before.get(row.comment_id) ?? [],
    replies: replies.get(row.comment_id) ?? { count: 0, first: [] },
    signals: row.signals,
    reports: reports
      .filter((report) => report.case_id === row.id)
      .map(({ category, text, created_at, account_name, name, reports_upheld, reports_dismissed }) => ({
        category,
        text,
        by: account_name ?? name,
        byMail: account_name === null,
        at: created_at.toISOString(),
        upheld: reports_upheld ?? 0,
        dismissed: reports_dismissed ?? 0,
      })),
    appeal: appeals.get(row.id) ?? null,
    proposal: viewProposal(proposalIn(row)),
    objection: objections.get(row.id)?.objection ?? null,
    raid: raids.get(row.id) ?? null,
    decisions: decisionsAbout(row).map(viewDecision),
  }))
}

async function reportsOn(db: Database, siteId: string, cases: string[]) {
  return await db
    .selectFrom('report')
    .leftJoin('account', 'account.id', 'report.reporter_id')
    .leftJoin('record', (join) =>
      join
        .onRef('record.site_id', '=', 'report.site_id')
        .onRef('record.account_id', '=', 'report.reporter_id'),
    )
    .select([
      'report.case_id',
      'report.category',
      'report.text',
      'report.created_at',
      'account.name as account_name',
      'report.name',
      'record.reports_upheld',
      'record.reports_dismissed',
    ])
    .where('report.site_id', '=', siteId)
    .where('report.case_id', 'in', cases)
    .orderBy('report.id')
    .limit(2000)
    .execute()
}

function claimOf(row: CaseRow, viewer: Actor): CaseView['claim'] {
  const { is_claimed, claimer_name: by, claimed_until: until, claimed_by } = row
  if (!is_claimed || by === null || until === null) return null
  return { by, mine: claimed_by === viewer.id, until: until.toISOString() }
}
