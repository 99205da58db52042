import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedPostgres } from '../../server/database/embedded.ts'
import { openProxy } from '../nodes/proxy.ts'
import { endNode, startNode, type Process } from '../setup/node.ts'
import { signalAll } from '../setup/signal.ts'

/** A server on a PostgreSQL of its own, which keeps what it has taken, and to which may be done what is done to those. */
export interface Machine {
  node: Process
  /** Of the database, whatever port it is at after it was started anew. */
  url: string
  /** Sends a signal to PostgreSQL's processes, the first of them first. */
  signal(signal: NodeJS.Signals): void
  /** Starts PostgreSQL again, after it was killed. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function openMachine(): Promise<Machine> {
  const directory = mkdtempSync(join(tmpdir(), 'postil-fault-'))
  chmodSync(directory, 0o755)
  const proxy = await openProxy()
  const start = async () => {
    const postgres = await embeddedPostgres({ directory, durable: true, own: true })
    proxy.use([Number(new URL(postgres.url).port)])
    return postgres
  }
  let postgres = await start()
  const there = new URL(postgres.url)
  there.hostname = 'localhost'
  there.port = String(proxy.port)
  const node = await startNode(there.href, { LOG_LEVEL: 'silent' })
  return {
    node,
    url: there.href,
    signal: (signal) => signalAll(mainProcess(directory), signal),
    async restart() {
      postgres = await start()
    },
    async close() {
      await endNode(node, 'SIGTERM')
      await proxy.close()
      await postgres.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Root lends PostgreSQL a user and a folder of its own (server/database/embedded-home.ts). */
function mainProcess(directory: string): number {
  const lent = join(directory, 'server')
  const home = existsSync(lent) ? realpathSync(lent) : directory
  return Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}
