import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/**
 * What the disk and the way to it cost: one row, written and durable, with nothing beside it. Each insert is a commit of
 * its own, one after another on one connection.
 * @param rhythm milliseconds between two of them
 * @param goesOn asked before each, with how many there are
 * @returns milliseconds of each
 */
export async function bareCommits(
  url: string,
  rhythm: number,
  goesOn: (done: number) => boolean,
): Promise<number[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'create table if not exists bare (id bigint generated always as identity, at timestamptz)',
  )
  const times: number[] = []
  while (goesOn(times.length)) {
    const started = performance.now()
    await client.query('insert into bare (at) values ($1)', [new Date()])
    times.push(performance.now() - started)
    if (rhythm > 0) await pause(rhythm)
  }
  await client.end()
  return times
}
