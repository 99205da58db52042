import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { seedDemo } from '../../server/cli/demo.ts'
import type { Config } from '../../server/config.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { createAccount, sessions, setRole } from '../../server/people/index.ts'
import { createSite, findSite, type Site } from '../../server/sites/index.ts'
import { testDatabase } from '../setup/database.ts'
import { Caller, origin, type Cookies } from './caller.ts'

export const password = 'margin-notes'
/** The registered page of a publisher, where the embed runs. */
export const publisher = 'https://news.example'

/** The application on a database of its own: the demo site, and another with a moderator, Otto. */
export interface Stage {
  app: FastifyInstance
  /** That of the application, to build another on the same database. */
  config: Config
  db: Database
  demo: Site
  other: Site
  /** The demo's article, and the thread that Ada opened in it. */
  article: string
  thread: string
  databaseUrl: string
  /** Somebody signed in with the form of Postil's own pages. */
  as(email: string): Promise<Caller>
  /** What the cookie of a session holds, without signing in: of Postil's own pages, or of the embed on a site. */
  session(email: string, site: Site | null): Promise<string>
  close(): Promise<void>
}

export async function openStage(changes: Partial<Config> = {}): Promise<Stage> {
  const database = await testDatabase()
  const db = connect(database.url, { connections: 8 })
  const config: Config = {
    port: 4000,
    host: 'localhost',
    databaseUrl: database.url,
    redisUrl: null,
    production: false,
    trustProxy: false,
    limitFactor: 1_000_000,
    // The machine may be busy with other tests.
    mostLag: 60_000,
    mostWaiting: 1000,
    metricsToken: null,
    logLevel: 'fatal',
    mail: null,
    auditKey: null,
    translate: null,
    fetchPrivate: false,
    oidcSecrets: new Map(),
    ...changes,
  }
  const app = await buildApp(config, db)
  await seedDemo(db, 4000)
  return {
    app,
    config,
    db,
    ...(await openSites(db)),
    ...(await firstThread(db)),
    databaseUrl: database.url,
    as: async (email) => new Caller(app, await signIn(app, email)),
    session: (email, site) => startSession(db, email, site),
    async close() {
      await app.close()
      await db.destroy()
      await database.drop()
    },
  }
}

async function openSites(db: Database): Promise<{ demo: Site; other: Site }> {
  const seeded = await findSite(db, 'demo')
  if (!seeded) throw new Error('the demo site was not seeded')
  const demo = await createSite(db, { ...seeded, origins: [origin, publisher] })
  const other = await createSite(db, { slug: 'other', name: 'Other', origins: ['https://other.example'] })
  const otto = await createAccount(db, { email: 'otto@other.example', name: 'Otto', password })
  await setRole(db, other.id, otto, 'moderator')
  return { demo, other }
}

async function firstThread(db: Database): Promise<{ article: string; thread: string }> {
  const { article_id, id } = await db
    .selectFrom('thread')
    .select(['article_id', 'id'])
    .orderBy('id')
    .executeTakeFirstOrThrow()
  return { article: article_id, thread: id }
}

async function signIn(app: FastifyInstance, email: string): Promise<Cookies> {
  const answer = await new Caller(app).request('POST /v1/session', { body: { email, password } })
  expect(answer.statusCode, answer.body).toBe(200)
  return cookiesOf(answer)
}

async function startSession(db: Database, email: string, site: Site | null): Promise<string> {
  const account = await db
    .selectFrom('account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const session = await sessions(db).createSession(account.id, { siteId: site?.id ?? null })
  return session.id
}

export const cookiesOf = (answer: LightMyRequestResponse): Cookies =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
