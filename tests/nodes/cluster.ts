import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { seedDemo } from '../../server/cli/demo.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { testDatabase } from '../setup/database.ts'
import { endNode, startNode, type Process } from '../setup/node.ts'
import { openProxy, type Proxy } from './proxy.ts'

/** Several servers on one database, behind one address. */
export interface Cluster {
  db: Database
  proxy: Proxy
  article: string
  nodes: Process[]
  redis: Redis | null
  /** Starts one more, and has it take part. */
  add(): Promise<Process>
  /** Ends one; before it is told to stop, nothing new is sent to it. */
  end(node: Process, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  close(): Promise<void>
}

export async function openCluster(size: number, redis: Redis | null): Promise<Cluster> {
  const database = await testDatabase()
  const db = connect(database.url, { connections: 4 })
  const proxy = await openProxy()
  await seedDemo(db, proxy.port)
  const { id: article } = await db.selectFrom('article').select('id').executeTakeFirstOrThrow()
  const nodes: Process[] = []
  const usePresent = () => proxy.use(nodes.map(({ port }) => port))
  const cluster: Cluster = {
    db,
    proxy,
    article,
    nodes,
    redis,
    async add() {
      const node = await startNode(database.url, { REDIS_URL: redis?.url ?? '' })
      nodes.push(node)
      usePresent()
      return node
    },
    async end(node, signal) {
      nodes.splice(nodes.indexOf(node), 1)
      // Nobody says before that it will be killed.
      if (signal === 'SIGTERM') usePresent()
      const code = await endNode(node, signal)
      usePresent()
      return code
    },
    async close() {
      await Promise.all(nodes.map((node) => endNode(node, 'SIGTERM')))
      await proxy.close()
      await db.destroy()
      await database.drop()
    },
  }
  // The first sets the database up.
  await cluster.add()
  await Promise.all(Array.from({ length: size - 1 }, () => cluster.add()))
  return cluster
}

const program = process.env['REDIS_SERVER'] ?? 'redis-server'

/** A Redis of the test's own. */
export interface Redis {
  url: string
  start(): Promise<void>
  kill(): Promise<void>
  /** Has it keep its connections and answer nothing, until it goes on. */
  freeze(): void
  goOn(): void
}

export async function openRedis(): Promise<Redis> {
  const port = await freePort()
  let child: ChildProcess | null = null
  const redis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const started = spawn(program, ['--port', `${port}`, '--save', '', '--appendonly', 'no'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child = started
      await new Promise<void>((resolve, reject) => {
        started.once('error', () =>
          reject(new Error('redis-server is missing: install Redis, or set REDIS_SERVER')),
        )
        started.stdout.on('data', (said: Buffer) => {
          if (said.includes('Ready to accept connections')) resolve()
        })
      })
    },
    async kill() {
      if (!child) return
      const over = once(child, 'exit')
      child.kill('SIGKILL')
      child = null
      await over
    },
    freeze: () => void child?.kill('SIGSTOP'),
    goOn: () => void child?.kill('SIGCONT'),
  }
  await redis.start()
  return redis
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await once(probe.listen(0, '127.0.0.1'), 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
