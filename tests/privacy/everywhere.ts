import { sql } from 'kysely'
import type { Database } from '../../server/database/connect.ts'

/** The tables, the queue of jobs among them, that have any of these words in any column of any row. */
export async function tablesWith(db: Database, ...words: string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by name
  `.execute(db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql`
      select from ${sql.raw(name)} as one
      where exists (select from unnest(${words}::text[]) as word where strpos(lower(one::text), lower(word)) > 0) limit 1
    `.execute(db)
    if (rows.length > 0) found.push(name)
  }
  return found
}
