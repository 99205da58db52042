import { cpus, loadavg, release, totalmem, type } from 'node:os'
import pg from 'pg'

/**
 * What figures are taken on, in a line. The load, before anything is measured, tells whether the machine has something else to do.
 * @param url of the PostgreSQL that is measured with
 */
export async function describeMachine(url: string): Promise<string> {
  const memory = Math.round(totalmem() / 1024 ** 3)
  const load = loadavg().map((one) => one.toFixed(1))
  return (
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GB, ${type()} ${release()}, ` +
    `Node ${process.versions.node}, PostgreSQL ${await versionOf(url)}, load ${load.join(' ')} when it began`
  )
}

async function versionOf(url: string): Promise<string> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  await client.end()
  return rows[0]?.server_version.split(' ')[0] ?? ''
}
