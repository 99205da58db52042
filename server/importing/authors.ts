import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { idOf } from './ids.ts'
import type { Spooled } from './spool.ts'

const longestName = 80
const nobody = 'Anonymous'

/**
 * Makes an account for each author who has none from this source. Nobody can sign in with it, and no mail goes to it: the
 * address in the file was verified by nobody, so it is kept apart (`import_author`), and the account has one of its own
 * that leads nowhere (RFC 2606). So an import neither takes over an account nor stands in the way of a new one.
 * @returns the account of each author's key
 */
export async function accountsOf(
  tx: Database,
  siteId: string,
  source: string,
  comments: readonly Pick<Spooled, 'author' | 'name' | 'email'>[],
): Promise<Map<string, string>> {
  const authors = new Map(comments.map((one) => [one.author, one]))
  const known = await tx
    .selectFrom('import_author')
    .select(['author_key', 'account_id'])
    .where('site_id', '=', siteId)
    .where('source', '=', source)
    .where(sql<boolean>`author_key = any(${[...authors.keys()]}::text[])`)
    .execute()
  const accounts = new Map(known.map((one) => [one.author_key, one.account_id]))
  const missing = [...authors].filter(([key]) => !accounts.has(key))
  if (missing.length === 0) return accounts
  const now = new Date()
  const made = missing.map(([key, { name, email }]) => ({
    key,
    id: idOf(now.getTime(), siteId, source, key),
    name: shown(name),
    email: email === null ? null : clean(email).slice(0, 254).toWellFormed(),
  }))
  await sql`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(made)}::json) as one (key text, id uuid, name text, email text)
    ), born as (
      insert into account (id, email, name, mail_stopped_at, mail_stopped_reason)
      select id, id || '@imported.invalid', name, ${now}, 'imported' from given
    )
    insert into import_author (site_id, source, author_key, account_id, email)
    select ${siteId}, ${source}, key, id, email from given
  `.execute(tx)
  for (const { key, id } of made) accounts.set(key, id)
  return accounts
}

const clean = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()

function shown(name: string | null): string {
  return (
    clean(name ?? '')
      .slice(0, longestName)
      .toWellFormed()
      .trim() || nobody
  )
}
