import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from './app.ts'
import { auditKey } from './audit/index.ts'
import { readConfig } from './config.ts'
import { connect } from './database/connect.ts'
import { embeddedPostgres } from './database/embedded.ts'
import { migrateToLatest } from './database/migrate.ts'
import { portIsFree } from './http/port.ts'
import { startWorker } from './jobs/worker.ts'
import { seedDemo } from './cli/demo.ts'

const stateFolder = fileURLToPath(new URL('../.postil/', import.meta.url))

/** Milliseconds that a request waits for the database: longer than PostgreSQL itself lets a statement run. */
const longestWait = 20_000

/** The server process: database, migrations, demo site, then listening; in reverse order on a signal. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  if (!(await portIsFree(config.port, config.host))) {
    throw new Error(
      `Port ${config.port} is taken. Stop what uses it, or start with another: PORT=4001 npm start`,
    )
  }
  const key = await auditKey(
    config.auditKey,
    config.databaseUrl === null ? join(stateFolder, 'audit-key.pem') : null,
  )
  const stopping = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  const postgres =
    config.databaseUrl === null
      ? await embeddedPostgres({ directory: stateFolder, durable: true, own: true })
      : { url: config.databaseUrl, stop: () => Promise.resolve() }
  try {
    await migrateToLatest(postgres.url)
    const db = connect(postgres.url, { longestWait })
    try {
      const app = await buildApp(config, db)
      const worker = await startWorker(postgres.url, {
        db,
        live: app.live,
        mail: config.mail,
        auditKey: key,
        fetchPrivate: config.fetchPrivate,
        mailed: app.metrics.mailed,
        onError: (error) => app.log.error(error),
      })
      const others = await app.live.join(postgres.url, config.redisUrl)
      await app.listen({ port: config.port, host: config.host })
      const address = app.server.address()
      const port = typeof address === 'object' && address ? address.port : config.port
      const demo = config.production ? null : await seedDemo(db, port)
      console.log(greeting(`http://localhost:${port}`, demo))
      await stopping
      // Requests are still answered meanwhile; whoever asks `/readyz` sends new ones elsewhere.
      await Promise.all([app.live.drain(), worker.stop()])
      // The others are told of what the last requests did.
      await app.close()
      await others.stop()
    } finally {
      await db.destroy()
    }
  } finally {
    await postgres.stop()
  }
}

function greeting(origin: string, demo: Awaited<ReturnType<typeof seedDemo>> | null): string {
  const lines = ['', `  Postil is ready at ${origin}/`]
  if (demo) {
    lines.push(
      `  Demo article   ${origin}/demo/`,
      `  Console        ${origin}/console/`,
      '',
      `  Demo sign-ins (password for all: ${demo.password})`,
    )
    for (const { email, role } of demo.accounts) lines.push(`    ${email.padEnd(28)}${role}`)
  }
  return [...lines, ''].join('\n')
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
