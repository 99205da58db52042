import { sql } from 'kysely'
import type { ArchiveLine } from '../../core/contract/archive.ts'
import type { Database } from '../database/connect.ts'
import { firstIdAt } from '../database/ids.ts'

type Line<K extends ArchiveLine['kind']> = Extract<ArchiveLine, { kind: K }>
/** A line as the database makes it, with the id that it stands in order of. */
interface Row<L extends ArchiveLine> {
  id: string
  line: L
}
type Read = (db: Database, accountId: string, after: string) => Promise<Row<ArchiveLine>[]>

/** Rows in memory at once, however much somebody wrote. */
const page = 200

/**
 * All that is kept about a person, as JSON Lines (core/contract/archive.ts), a page at a time: their own words and choices, and what
 * was decided about them. What others wrote, and who reported or decided, is not in it.
 * @param accountId there, and not erased
 */
export async function* archiveOf(db: Database, accountId: string, now = new Date()): AsyncGenerator<string> {
  let count = 0
  const written = (lines: ArchiveLine[]): string => {
    count += lines.length
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  }
  yield written([
    { kind: 'archive', format: 'postil-person-1', exportedAt: now.toISOString() },
    await accountLine(db, accountId),
  ])
  for (const read of [sessions, identities, records, comments, reports, reactions, follows, notifications])
    for await (const rows of pagesOf(db, accountId, read)) yield written(rows.map(({ line }) => line))
  yield written([{ kind: 'end', lines: count }])
}

async function* pagesOf(db: Database, accountId: string, read: Read) {
  for (let after: string | undefined = firstIdAt(0); after !== undefined;) {
    const rows = await read(db, accountId, after)
    if (rows.length > 0) yield rows
    after = rows.length < page ? undefined : rows.at(-1)?.id
  }
}

/** In the database's JSON, an instant as all are written. */
const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

async function accountLine(db: Database, accountId: string): Promise<Line<'account'>> {
  const { rows } = await sql<{ line: Line<'account'> }>`
    select jsonb_build_object(
      'kind', 'account', 'id', id, 'name', name, 'email', email,
      'emailVerifiedAt', ${instant('account.email_verified_at')}, 'createdAt', ${instant('account.created_at')},
      'mailStoppedAt', ${instant('account.mail_stopped_at')}, 'language', language,
      'sites', coalesce((
        select jsonb_agg(jsonb_build_object(
          'site', site.slug, 'role', case when is_guest then 'guest' else membership.role end, 'badges', badges
        ) order by site.slug)
        from membership join site on site.id = membership.site_id where membership.account_id = account.id
      ), '[]')
    ) as line
    from account where id = ${accountId}
  `.execute(db)
  const [row] = rows
  if (!row) throw new Error(`account ${accountId} is missing`)
  return row.line
}

/** Where they are signed in, without what they are signed in by. At most a page, which nobody has more of. */
async function sessions(db: Database, accountId: string, after: string): Promise<Row<Line<'session'>>[]> {
  if (after !== firstIdAt(0)) return []
  const { rows } = await sql<Row<Line<'session'>>>`
    select session.account_id as id, jsonb_build_object(
      'kind', 'session', 'site', site.slug, 'createdAt', ${instant('session.created_at')},
      'expiresAt', ${instant('session.expires_at')}
    ) as line
    from session left join site on site.id = session.site_id
    where session.account_id = ${accountId} order by session.created_at limit ${page}
  `.execute(db)
  return rows
}

/** How other providers know them. At most a page, which nobody has more of. */
async function identities(db: Database, accountId: string, after: string): Promise<Row<Line<'identity'>>[]> {
  if (after !== firstIdAt(0)) return []
  const { rows } = await sql<Row<Line<'identity'>>>`
    select identity.account_id as id, jsonb_build_object(
      'kind', 'identity', 'site', site.slug, 'provider', provider, 'subject', subject,
      'createdAt', ${instant('identity.created_at')}, 'usedAt', ${instant('identity.used_at')}
    ) as line
    from identity join site on site.id = identity.site_id
    where identity.account_id = ${accountId} order by site.slug, provider, subject limit ${page}
  `.execute(db)
  return rows
}

async function records(db: Database, accountId: string, after: string): Promise<Row<Line<'record'>>[]> {
  const { rows } = await sql<Row<Line<'record'>>>`
    select site.id, jsonb_build_object(
      'kind', 'record', 'site', site.slug, 'approved', approved, 'rejected', rejected,
      'reportsUpheld', reports_upheld, 'reportsDismissed', reports_dismissed
    ) as line
    from site join record on record.site_id = site.id and record.account_id = ${accountId}
    where site.id > ${after} order by site.id limit ${page}
  `.execute(db)
  return rows
}

/** Of each site as many as a page has, by its index over authors; of these, the first. */
async function comments(db: Database, accountId: string, after: string): Promise<Row<Line<'comment'>>[]> {
  const { rows } = await sql<Row<Line<'comment'>>>`
    select own.id, jsonb_build_object(
      'kind', 'comment', 'site', site.slug, 'id', own.id,
      'article', jsonb_build_object('title', article.title, 'url', article.url),
      'thread', own.thread_id, 'passage', thread.anchor -> 'quote' -> 'exact', 'answers', own.parent_id,
      'createdAt', ${instant('own.created_at')},
      'revisions', (
        select jsonb_agg(jsonb_build_object(
          'number', number, 'state', state, 'text', source, 'language', language, 'at', ${instant('revision.created_at')}
        ) order by number)
        from comment_revision as revision where revision.site_id = site.id and revision.comment_id = own.id
      ),
      'decisions', coalesce((
        select jsonb_agg(jsonb_build_object(
          'revision', decision.revision, 'action', decision.action, 'reason', decision.reason,
          'at', ${instant('decision.created_at')},
          'sanction', case when sanction.id is not null then jsonb_build_object(
            'kind', sanction.kind, 'until', ${instant('sanction.until')}) end,
          'appeal', case when appeal.id is not null then jsonb_build_object(
            'text', appeal.text, 'at', ${instant('appeal.created_at')}, 'answer', appeal.answer) end
        ) order by decision.id)
        from decision
        left join sanction on sanction.site_id = decision.site_id and sanction.decision_id = decision.id
        left join appeal on appeal.site_id = decision.site_id and appeal.decision_id = decision.id
        where decision.site_id = site.id and decision.comment_id = own.id
      ), '[]')
    ) as line
    from site
    cross join lateral (
      select * from comment
      where comment.site_id = site.id and comment.author_id = ${accountId} and comment.id > ${after}
      order by comment.id limit ${page}
    ) as own
    join thread on thread.site_id = site.id and thread.id = own.thread_id
    join article on article.site_id = site.id and article.id = own.article_id
    order by own.id limit ${page}
  `.execute(db)
  return rows
}

async function reports(db: Database, accountId: string, after: string): Promise<Row<Line<'report'>>[]> {
  const { rows } = await sql<Row<Line<'report'>>>`
    select report.id, jsonb_build_object(
      'kind', 'report', 'site', site.slug, 'comment', comment_id, 'category', category, 'text', text,
      'at', ${instant('report.created_at')}
    ) as line
    from report join site on site.id = report.site_id
    where reporter_id = ${accountId} and report.id > ${after} order by report.id limit ${page}
  `.execute(db)
  return rows
}

async function reactions(db: Database, accountId: string, after: string): Promise<Row<Line<'reaction'>>[]> {
  const { rows } = await sql<Row<Line<'reaction'>>>`
    select reaction.id, jsonb_build_object(
      'kind', 'reaction', 'site', site.slug, 'thread', thread_id, 'reaction', reaction.kind, 'text', text,
      'at', ${instant('reaction.created_at')}
    ) as line
    from reaction join site on site.id = reaction.site_id
    where account_id = ${accountId} and reaction.id > ${after} order by reaction.id limit ${page}
  `.execute(db)
  return rows
}

async function follows(db: Database, accountId: string, after: string): Promise<Row<Line<'follow'>>[]> {
  const { rows } = await sql<Row<Line<'follow'>>>`
    select follow.id, jsonb_build_object(
      'kind', 'follow', 'site', site.slug, 'about', follow.kind, 'id', coalesce(thread_id, article_id),
      'following', following, 'mail', mail, 'language', language, 'at', ${instant('follow.created_at')}
    ) as line
    from follow join site on site.id = follow.site_id
    where account_id = ${accountId} and follow.id > ${after} order by follow.id limit ${page}
  `.execute(db)
  return rows
}

async function notifications(
  db: Database,
  accountId: string,
  after: string,
): Promise<Row<Line<'notification'>>[]> {
  const { rows } = await sql<Row<Line<'notification'>>>`
    select told.id, jsonb_build_object(
      'kind', 'notification', 'site', site.slug, 'comment', comment_id, 'reason', reason,
      'at', ${instant('told.created_at')}, 'readAt', ${instant('told.read_at')}, 'mailedAt', ${instant('told.mailed_at')}
    ) as line
    from site
    cross join lateral (
      select * from notification
      where notification.site_id = site.id and account_id = ${accountId} and notification.id > ${after}
      order by notification.id limit ${page}
    ) as told
    order by told.id limit ${page}
  `.execute(db)
  return rows
}
