import { sql } from 'kysely'
import { exported, type ExportHeader, type ExportedTable } from '../../core/contract/export.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'

/** Takes a piece of what is written, and says when it is ready for the next. */
export type Write = (text: string) => Promise<void>

/** Rows in memory at once. */
const page = 1_000

/** What identifies a row, and so what they are in the order of. */
const keys: Record<ExportedTable, string[]> = {
  site: ['id'],
  origin: ['origin'],
  account: ['id'],
  site_sign_in: ['site_id'],
  identity: ['provider', 'subject'],
  membership: ['account_id'],
  article: ['id'],
  opened: ['article_id', 'day'],
  article_revision: ['article_id', 'number'],
  block: ['article_id', 'revision', 'position'],
  thread: ['id'],
  opened_passage: ['thread_id', 'day'],
  placement: ['article_id', 'revision', 'thread_id'],
  reattachment: ['id'],
  reaction: ['thread_id', 'account_id', 'is_typo'],
  comment: ['id'],
  comment_revision: ['comment_id', 'number'],
  event: ['article_id', 'seq'],
  moderation_case: ['id'],
  report: ['id'],
  decision: ['id'],
  sanction: ['id'],
  appeal: ['id'],
  record: ['account_id'],
  rule_set: ['version'],
  saved_filter: ['id'],
  learning: ['site_id'],
  model: ['version'],
  follow: ['id'],
  import_author: ['source', 'author_key'],
  import_source: ['source', 'source_id'],
  audit: ['number'],
  audit_checkpoint: ['rows'],
}
const texts = new Set(['origin', 'provider', 'subject', 'source', 'author_key', 'source_id'])

export const exportedTables = Object.keys(exported) as ExportedTable[]

/** The columns of a table that are exported. */
export const columnsOf = (table: ExportedTable): string[] => Object.keys(exported[table].properties)

/**
 * All there is of a site as JSON Lines, in pieces: a header, the rows by table, and how many they were. It is one moment's picture,
 * and the same one is the same bytes, on whatever machine. It holds a connection until it is read to the end, or left.
 * @param patience how long who reads may take for a piece, as PostgreSQL writes it; `0`: as long as they like
 */
export async function* exportPieces(db: Database, site: Site, patience: string): AsyncGenerator<string> {
  const tx = await db.startTransaction().setIsolationLevel('repeatable read').execute()
  try {
    await sql`
      select set_config('timezone', 'UTC', true), set_config('statement_timeout', '0', true),
        set_config('idle_in_transaction_session_timeout', ${patience}, true)
    `.execute(tx)
    await collectPeople(tx, site.id)
    const header: ExportHeader = { format: 'postil-export', version: 1, site: site.id, slug: site.slug }
    yield `${JSON.stringify(header)}\n`
    let rows = 0
    for (const table of exportedTables)
      for await (const lines of linesOf(tx, site.id, table)) {
        rows += lines.length
        yield lines.join('')
      }
    yield `${JSON.stringify({ end: rows })}\n`
  } finally {
    // Nothing is kept but what was read.
    await tx.rollback().execute()
  }
}

/** Writes an export, and waits for whoever takes it. */
export async function exportSite(db: Database, site: Site, write: Write): Promise<void> {
  for await (const piece of exportPieces(db, site, '0')) await write(piece)
}

/** The accounts that anything of the site speaks of. */
async function collectPeople(tx: Database, siteId: string): Promise<void> {
  await sql`create temporary table exported_account (id uuid) on commit drop`.execute(tx)
  await sql`
    insert into exported_account
    select author_id from comment where site_id = ${siteId}
    union select created_by from thread where site_id = ${siteId}
    union select account_id from membership where site_id = ${siteId}
    union select account_id from reaction where site_id = ${siteId}
    union select made_by from reattachment where site_id = ${siteId}
    union select claimed_by from moderation_case where site_id = ${siteId}
    union select unnest(passed_by) from moderation_case where site_id = ${siteId}
    union select reporter_id from report where site_id = ${siteId}
    union select unnest(array[decided_by, author_id]) from decision where site_id = ${siteId}
    union select account_id from sanction where site_id = ${siteId}
    union select decided_by from appeal where site_id = ${siteId}
    union select account_id from record where site_id = ${siteId}
    union select unnest(array[made_by, settled_by]) from rule_set where site_id = ${siteId}
    union select made_by from saved_filter where site_id = ${siteId}
    union select account_id from follow where site_id = ${siteId}
    union select account_id from identity where site_id = ${siteId}
    union select account_id from import_author where site_id = ${siteId}
    union select actor_id from audit where site_id = ${siteId}
  `.execute(tx)
}

/** The rows of a table, a page of lines at a time. */
async function* linesOf(tx: Database, siteId: string, table: ExportedTable): AsyncGenerator<string[]> {
  const columns = sql.join(columnsOf(table).map((column) => sql.ref(column)))
  // Texts by their bytes: how a database sorts letters is its own affair.
  const order = sql.join(
    keys[table].map((key) => (texts.has(key) ? sql`${sql.ref(key)} collate "C"` : sql.ref(key))),
  )
  const mine =
    table === 'account'
      ? sql`id in (select id from exported_account)`
      : sql`${sql.ref(table === 'site' ? 'id' : 'site_id')} = ${sql.lit(siteId)}`
  await sql`
    declare exported no scroll cursor for
    select (select to_jsonb(one) from (select ${columns}) as one)::text as line
    from ${sql.table(table)} where ${mine} order by ${order}
  `.execute(tx)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(page)} from exported`.execute(tx)
    if (rows.length > 0) yield rows.map(({ line }) => `{"table":"${table}","row":${line}}\n`)
    if (rows.length < page) break
  }
  await sql`close exported`.execute(tx)
}
