import { cpus, loadavg, release, totalmem } from 'node:os'
import pg from 'pg'
import { onPostgres } from './served.ts'

/** What figures were taken on, in a line. The load tells whether the machine had something else to do. */
export async function describeMachine(): Promise<string> {
  let postgres = ''
  const shared = process.env['BENCH_POSTGRES']
  const ask = async (url: string) => {
    postgres = await versionOf(url)
  }
  await (shared === undefined ? onPostgres(false, ask) : ask(shared))
  const memory = Math.round(totalmem() / 1024 ** 3)
  const load = loadavg().map((one) => one.toFixed(1))
  return (
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GB, Linux ${release()}, ` +
    `Node ${process.versions.node}, PostgreSQL ${postgres}, load ${load.join(' ')} at the end`
  )
}

async function versionOf(url: string): Promise<string> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version.split(' ')[0] ?? ''
}
