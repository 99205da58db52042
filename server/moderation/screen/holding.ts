import { sql } from 'kysely'

/** An SQL/JSON path to those of a revision's signals that hold: what was learnt may only order the queue. */
export const holding = sql.lit('$[*] ? (!(@.holds == false))')
