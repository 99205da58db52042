import { parse, validate } from 'uuid'
import { ProblemError } from './problem.ts'

/** Things on a page where the client does not say. */
export const pageSize = 50

/** A cursor is the last id of a page, which is unique and in order (UUIDv7), made short and opaque. */
export function toCursor<T extends string | null>(id: T): T | string {
  return id === null ? id : Buffer.from(parse(id)).toString('base64url')
}

/** @throws ProblemError `invalid-field` when it is not a cursor of ours */
export function fromCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const id = Buffer.from(cursor, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  if (!validate(id)) throw notOurs()
  return id
}

/** The same for things in order of a whole number, and then of their ids. */
export function toRankCursor({ rank, id }: { rank: number; id: string }): string {
  const number = Buffer.alloc(8)
  number.writeBigInt64BE(BigInt(rank))
  return Buffer.concat([number, parse(id)]).toString('base64url')
}

/** @throws ProblemError `invalid-field` when it is not a cursor of ours */
export function fromRankCursor(cursor: string | undefined): { rank: number; id: string } | undefined {
  if (cursor === undefined) return undefined
  const bytes = Buffer.from(cursor, 'base64url')
  const rank = bytes.length === 24 ? Number(bytes.readBigInt64BE()) : NaN
  const id = fromCursor(bytes.subarray(8).toString('base64url'))
  if (id === undefined || !Number.isSafeInteger(rank)) throw notOurs()
  return { rank, id }
}

/** The same for things in order of a time, in whole milliseconds, and then of their ids. */
export const toTimeCursor = ({ at, id }: { at: Date; id: string }): string =>
  toRankCursor({ rank: at.getTime(), id })

/** @throws ProblemError `invalid-field` when it is not a cursor of ours */
export function fromTimeCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const ranked = fromRankCursor(cursor)
  if (!ranked) return undefined
  const at = new Date(ranked.rank)
  if (Number.isNaN(at.getTime())) throw notOurs()
  return { at, id: ranked.id }
}

/** The same for things that are counted and not named. */
export const toNumberCursor = (number: number): string => String(number)

/** @throws ProblemError `invalid-field` when it is not a cursor of ours */
export function fromNumberCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  // As far as PostgreSQL's `integer` counts, and no number of ours is longer.
  if (!/^[1-9]\d{0,8}$/.test(cursor)) throw notOurs()
  return Number(cursor)
}

const notOurs = () =>
  new ProblemError('invalid-field', 'cursor: take it from the "next" of the page before', {
    errors: [{ field: 'cursor', detail: 'take it from the "next" of the page before' }],
  })
