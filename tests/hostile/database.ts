import { sql } from 'kysely'
import type { Database } from '../../server/database/connect.ts'

/** What stands in the database, as one value for each table: the same as long as no row is. */
export async function contents(db: Database): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(db)
  const found: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ all: string }>`
      select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as all
      from ${sql.table(name)} as t
    `.execute(db)
    found[name] = rows[0]?.all ?? ''
  }
  return found
}
