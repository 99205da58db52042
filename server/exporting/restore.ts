import { sql } from 'kysely'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Compile, type Validator } from 'typebox/compile'
import { exported, ExportHeader, ExportLine, type ExportedTable } from '../../core/contract/export.ts'
import type { Database } from '../database/connect.ts'
import { jobCall } from '../jobs/index.ts'
import { columnsOf, exportedTables } from './export.ts'

/** Why an export cannot be read in, with the line where that shows. */
export class RestoreError extends Error {}

const header = Compile(ExportHeader)
const anyLine = Compile(ExportLine)
/** Rows in one statement. */
const page = 500

/** Columns that name what may stand further down: written without them, and then with them. */
const later: Partial<Record<ExportedTable, string>> = { comment: 'parent_id', moderation_case: 'appeal_id' }

/**
 * Reads an export into a Postil that has no site and no account yet: all of it, with the same ids, or nothing.
 * @returns the site's short name and how many rows there were
 * @throws RestoreError
 */
export async function restoreSite(db: Database, file: string): Promise<{ slug: string; rows: number }> {
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('statement_timeout', '0', true)`.execute(tx)
    const { rows: there } = await sql`
      select 1 from site union all select 1 from account limit 1
    `.execute(tx)
    if (there.length > 0)
      throw new RestoreError(
        'There is a site or an account here. An export is read into an empty Postil only.',
      )
    await sql`
      create temporary table restored_link (table_name text, id uuid, other uuid) on commit drop
    `.execute(tx)
    const found = await readLines(tx, file)
    await sql`
      update comment set parent_id = other from restored_link
      where table_name = 'comment' and site_id = ${found.site} and comment.id = restored_link.id
    `.execute(tx)
    await sql`
      update moderation_case set appeal_id = other from restored_link
      where table_name = 'moderation_case' and site_id = ${found.site} and moderation_case.id = restored_link.id
    `.execute(tx)
    await carryOn(tx, found.site)
    return { slug: found.slug, rows: found.rows }
  })
}

async function readLines(tx: Database, file: string): Promise<{ site: string; slug: string; rows: number }> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
  const waiting = new Waiting(tx)
  let head: ExportHeader | null = null
  let number = 0
  let rows = 0
  let isEnded = false
  for await (const text of lines) {
    number += 1
    const wrong = (reason: string) => new RestoreError(`Line ${number}: ${reason} Nothing was read in.`)
    const value = valueIn(text)
    if (!head) {
      if (!header.Check(value)) throw wrong('this is no export of Postil, or one of a newer version.')
      head = value
      continue
    }
    if (!anyLine.Check(value) || isEnded) throw wrong('this is no line of an export.')
    if ('end' in value) {
      if (value.end !== rows) throw wrong(`there should be ${value.end} rows, and there are ${rows}.`)
      isEnded = true
      continue
    }
    const reason = await waiting.add(value.table, value.row, text, head.site)
    if (reason !== null) throw wrong(reason)
    rows += 1
  }
  await waiting.flush()
  if (!head || !isEnded) throw new RestoreError('The file ends in the middle. Nothing was read in.')
  return { site: head.site, slug: head.slug, rows }
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The rows of one table that are still to be written. */
class Waiting {
  readonly #tx: Database
  readonly #checks = new Map<ExportedTable, Validator>()
  #table: ExportedTable = 'site'
  #lines: string[] = []

  constructor(tx: Database) {
    this.#tx = tx
  }

  /** @returns what is wrong with the row, or null */
  async add(name: string, row: object, line: string, site: string): Promise<string | null> {
    const table = exportedTables.find((one) => one === name)
    if (!table) return `there is no table "${name}".`
    const check = this.#checks.get(table) ?? Compile(exported[table])
    this.#checks.set(table, check)
    if (!check.Check(row)) {
      const [error] = check.Errors(row)
      return `not a row of ${table}: ${error?.instancePath ?? ''} ${error?.message ?? ''}.`
    }
    const of = 'site_id' in row ? row.site_id : table === 'site' && 'id' in row ? row.id : site
    if (of !== site) return 'it is of another site.'
    if (table !== this.#table) {
      if (exportedTables.indexOf(table) < exportedTables.indexOf(this.#table)) return 'it is out of order.'
      await this.flush()
      this.#table = table
    }
    this.#lines.push(line)
    if (this.#lines.length >= page) await this.flush()
    return null
  }

  async flush(): Promise<void> {
    const [table, lines] = [this.#table, this.#lines]
    this.#lines = []
    if (lines.length === 0) return
    const columns = sql.join(columnsOf(table).map((column) => sql.ref(column)))
    const column = later[table] ?? null
    // The line itself, not what was made of it here: numbers come through to the last digit.
    const rows = sql`(select line::jsonb -> 'row' as one from unnest(${lines}::text[]) as line)`
    await sql`
      insert into ${sql.table(table)} (${columns})
      select ${columns} from ${rows} as given
      cross join lateral jsonb_populate_record(null::${sql.table(table)}, one - ${column ?? ''}::text) as written
    `.execute(this.#tx)
    if (column !== null)
      await sql`
        insert into restored_link select ${table}, (one ->> 'id')::uuid, (one ->> ${column})::uuid from ${rows} as given
        where one ->> ${column} is not null
      `.execute(this.#tx)
  }
}

/** Threads that were still to be carried to a newer text when the export was made. */
async function carryOn(tx: Database, siteId: string): Promise<void> {
  const articles = await tx
    .selectFrom('article')
    .select('id')
    .where('site_id', '=', siteId)
    .whereRef('carried', '<>', 'revision')
    .execute()
  for (const { id } of articles)
    await sql`select ${jobCall('carry', { siteId, articleId: id }, { queue: id })}`.execute(tx)
}
