import { Logger, run, type TaskList } from 'graphile-worker'
import { carryArticle } from '../anchoring/index.ts'
import { poolOf, type Database } from '../database/connect.ts'
import type { Live } from '../live/index.ts'
import type { Jobs } from './jobs.ts'

/** What happens to each job; a job that throws is tried again later, with growing pauses. */
type Handlers = { [N in keyof Jobs]: (told: Jobs[N]) => Promise<void> }

interface Worker {
  /** Takes no more jobs, and waits for those under way. */
  stop(): Promise<void>
}

/**
 * Works off the background jobs of a database (graphile-worker): woken by the database when one is added, in any process.
 * @param url with connections of its own: jobs never wait for those of requests
 */
export async function startWorker(
  url: string,
  { db, live, onError }: { db: Database; live: Live; onError: (error: unknown) => void },
): Promise<Worker> {
  const handlers: Handlers = {
    async carry({ siteId, articleId }) {
      if (await carryArticle(db, siteId, articleId)) live.published(articleId)
    },
  }
  const pool = poolOf(url, { connections: 4 })
  const runner = await run({
    pgPool: pool,
    taskList: taskList(handlers),
    concurrency: 2,
    pollInterval: 2000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error') onError(meta['error'] ?? new Error(message))
    }),
  })
  // It ends by itself only where it cannot go on; the jobs stay, for the next start.
  runner.promise.catch(onError)
  return {
    async stop() {
      await runner.stop()
      await pool.end()
    },
  }
}

function taskList(handlers: Handlers): TaskList {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      // What a job is told was written by `addJob`, which has the type.
      (told: unknown) => handle(told as Parameters<typeof handle>[0]),
    ]),
  )
}
