import { sql } from 'kysely'
import type { CasePage, CaseView, Decision } from '../../core/contract/moderation.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import type { Database } from '../database/connect.ts'
import { toPlainText } from '../text/index.ts'

const neighbours = 5
const excerptLength = 280

/** The open cases of a site, the longest waiting first: five queries for a page of any size. */
export async function listCases(
  db: Database,
  siteId: string,
  cursor: string | undefined,
  limit: number,
): Promise<CasePage> {
  const rows = await selectCases(db, siteId)
    .where('moderation_case.status', '=', 'open')
    .$if(cursor !== undefined, (query) => query.where('moderation_case.id', '>', cursor ?? ''))
    .orderBy('moderation_case.id')
    .limit(limit + 1)
    .execute()
  const { open } = await db
    .selectFrom('moderation_case')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('site_id', '=', siteId)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { cases: await withSurroundings(db, siteId, page), open, next: last?.id ?? null }
}

/** One case of a site as it is now, whatever its status, or null. */
export async function findCase(db: Database, siteId: string, caseId: string): Promise<CaseView | null> {
  const rows = await selectCases(db, siteId).where('moderation_case.id', '=', caseId).execute()
  const [found] = await withSurroundings(db, siteId, rows)
  return found ?? null
}

function selectCases(db: Database, siteId: string) {
  return db
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
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'comment.site_id').onRef('thread.id', '=', 'comment.thread_id'),
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
      'moderation_case.revision',
      'comment.id as comment_id',
      'comment.thread_id',
      'comment.created_at',
      'comment.author_id',
      'account.name as author_name',
      'revision.state',
      'revision.body',
      'revision.signals',
      'thread.anchor',
      'article.id as article_id',
      'article.title',
      'article.url',
      'article.slug',
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
}

type CaseRow = Awaited<ReturnType<ReturnType<typeof selectCases>['execute']>>[number]

async function withSurroundings(db: Database, siteId: string, rows: CaseRow[]): Promise<CaseView[]> {
  if (rows.length === 0) return []
  const cases = rows.map((row) => row.id)
  const comments = rows.map((row) => row.comment_id)
  const reports = await db
    .selectFrom('report')
    .innerJoin('account', 'account.id', 'report.reporter_id')
    .select(['report.case_id', 'report.category', 'report.text', 'report.created_at', 'account.name'])
    .where('report.site_id', '=', siteId)
    .where('report.case_id', 'in', cases)
    .orderBy('report.id')
    .limit(2000)
    .execute()
  const decisions = await db
    .selectFrom('decision')
    .innerJoin('account', 'account.id', 'decision.decided_by')
    .select([
      'decision.id',
      'decision.comment_id',
      'decision.action',
      'decision.reason',
      'decision.note',
      'decision.created_at',
      'account.name',
    ])
    .where('decision.site_id', '=', siteId)
    .where('decision.comment_id', 'in', comments)
    .orderBy('decision.id')
    .limit(2000)
    .execute()
  const before = await shownBefore(db, siteId, comments)

  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    status: row.status,
    version: row.version,
    openedAt: row.opened_at.toISOString(),
    article: { id: row.article_id, title: row.title, url: row.url, slug: row.slug },
    passage: row.anchor && row.anchor.quote,
    comment: {
      id: row.comment_id,
      revision: row.revision,
      state: row.state,
      author: { id: row.author_id, name: row.author_name, shownComments: row.shown_comments },
      body: row.body,
      createdAt: row.created_at.toISOString(),
    },
    before: before
      .filter((neighbour) => neighbour.of === row.comment_id)
      .map(({ id, name, body }) => ({ id, author: name, excerpt: excerpt(body) })),
    signals: row.signals,
    reports: reports
      .filter((report) => report.case_id === row.id)
      .map(({ category, text, created_at, name }) => ({
        category,
        text,
        by: name,
        at: created_at.toISOString(),
      })),
    decisions: decisions.filter((decision) => decision.comment_id === row.comment_id).map(viewDecision),
  }))
}

/** What readers see above each comment in its thread, nearest last. */
async function shownBefore(db: Database, siteId: string, comments: string[]) {
  const { rows } = await sql<{ of: string; id: string; name: string; body: TextBlock[] | null }>`
    select subject.id as of, earlier.id, account.name, shown.body
    from comment as subject
    cross join lateral (
      select id, author_id, shown_revision, site_id from comment
      where site_id = subject.site_id and thread_id = subject.thread_id and id < subject.id
        and shown_revision is not null
      order by id desc limit ${neighbours}
    ) as earlier
    join account on account.id = earlier.author_id
    join comment_revision as shown
      on shown.site_id = earlier.site_id and shown.comment_id = earlier.id and shown.number = earlier.shown_revision
    where subject.site_id = ${siteId} and subject.id = any(${comments}::uuid[])
    order by earlier.id
  `.execute(db)
  return rows
}

function viewDecision(row: {
  id: string
  action: Decision['action']
  reason: Decision['reason']
  note: string
  created_at: Date
  name: string
}): Decision {
  return {
    id: row.id,
    action: row.action,
    reason: row.reason,
    note: row.note,
    by: row.name,
    at: row.created_at.toISOString(),
  }
}

function excerpt(body: TextBlock[] | null): string {
  const text = toPlainText(body ?? [])
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength).trimEnd()}…`
}
