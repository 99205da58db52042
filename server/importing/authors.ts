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
    .where('author_key', 'in', [...authors.keys()])
    .execute()
  const accounts = new Map(known.map((one) => [one.author_key, one.account_id]))
  const missing = [...authors].filter(([key]) => !accounts.has(key))
  if (missing.length === 0) return accounts
  const now = Date.now()
  const made = missing.map(([key, { name, email }]) => ({
    key,
    name,
    email,
    id: idOf(now, siteId, source, key),
  }))
  await tx
    .insertInto('account')
    .values(
      made.map(({ id, name }) => ({
        id,
        email: `${id}@imported.invalid`,
        name: shown(name),
        mail_stopped_at: new Date(now),
        mail_stopped_reason: 'imported',
      })),
    )
    .execute()
  await tx
    .insertInto('import_author')
    .values(
      made.map(({ key, id, email }) => ({
        site_id: siteId,
        source,
        author_key: key,
        account_id: id,
        email: email === null ? null : clean(email).slice(0, 254),
      })),
    )
    .execute()
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
