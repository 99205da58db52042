import { createHash } from 'node:crypto'
import { v7 } from 'uuid'

/** No UUIDv7 can say a time before this. */
const epoch = 0

/**
 * An id made of what it stands for, so that a file that is imported again, or on another machine, gives the same ones. It is
 * a UUIDv7 of the time of its comment, as ids are the index of what happened when.
 * @param at in milliseconds
 */
export function idOf(at: number, ...about: string[]): string {
  const random = createHash('sha256').update(JSON.stringify(about)).digest().subarray(0, 16)
  return v7({ msecs: Math.max(epoch, at), random, seq: random.readUInt32BE(10) })
}
