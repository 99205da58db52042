import { sql, type Expression, type RawBuilder } from 'kysely'
import pg from 'pg'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Database } from './connect.ts'
import { Id } from '../../core/contract/common.ts'

const channel = 'postil'
/** Where servers tell each other what is in no signal, in a form of their own. */
const serversChannel = 'postil_servers'
/** Milliseconds until a broken connection is tried again. */
const retryAfter = 1000

/**
 * What all servers on a database are told, whatever process has changed it.
 * - `rights`: an account has another role somewhere, or is signed out somewhere
 * - `site`: a site has another name or other origins
 * - `rules`: other rules hold on a site, or a change of them waits or was dropped
 */
const Signal = Type.Object({
  kind: Type.Union([Type.Literal('rights'), Type.Literal('rules'), Type.Literal('site')]),
  /** Of the account, or of the site. */
  id: Id,
})
export type Signal = Static<typeof Signal>
const signal = Compile(Signal)

/**
 * To be selected, or returned by what changes something: tells all servers once the transaction is committed. For what is
 * rare: PostgreSQL commits transactions that notify one after another.
 */
export const signalOf = (kind: Signal['kind'], id: string | Expression<string>): RawBuilder<null> =>
  sql<null>`pg_notify(${channel}, json_build_object('kind', ${kind}::text, 'id', ${id}::uuid)::text)`

/** Bytes of the longest text that PostgreSQL passes on. */
export const longestNotice = 7_999

/** Tells all servers a text, at once and in a transaction of its own: see `signalOf`. */
export async function notify(db: Database, text: string): Promise<void> {
  await sql`select pg_notify(${serversChannel}, ${text})`.execute(db)
}

interface Listener {
  heard: (signal: Signal) => void
  /** What a server told with `notify`, this one included. */
  told: (text: string) => void
  /** It listens again after a break, in which something may have been said. */
  missed: () => void
  onError: (error: unknown) => void
}

/**
 * Hears what is signalled on a database, over a connection of its own that comes back by itself.
 * @throws where the database cannot be reached at first
 */
export async function listen(
  url: string,
  { heard, told, missed, onError }: Listener,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false
  let retry: NodeJS.Timeout | undefined
  async function open(): Promise<pg.Client> {
    // A dead line is found by TCP's own probes: nothing is ever sent on it.
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    })
    client.on('error', onError)
    client.on('notification', ({ channel: from, payload = '' }) => {
      if (from === serversChannel) return told(payload)
      const said = parse(payload)
      if (said) heard(said)
    })
    try {
      await client.connect()
      await client.query(`listen ${channel}; listen ${serversChannel}`)
    } catch (error) {
      void client.end()
      throw error
    }
    client.once('end', again)
    return client
  }
  const again = () => {
    if (!stopped) retry = setTimeout(() => void reopen(), retryAfter).unref()
  }
  async function reopen(): Promise<void> {
    try {
      client = await open()
    } catch (error) {
      onError(error)
      return again()
    }
    if (stopped) await client.end()
    else missed()
  }
  let client = await open()
  return {
    async stop() {
      stopped = true
      clearTimeout(retry)
      await client.end()
    },
  }
}

/** Anybody who reaches the database may say anything; a newer version may say more. */
function parse(payload: string): Signal | null {
  try {
    const said: unknown = JSON.parse(payload)
    return signal.Check(said) ? said : null
  } catch {
    return null
  }
}
