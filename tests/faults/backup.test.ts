import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../nodes/cluster.ts'
import { Client, signIn } from '../server/client.ts'
import { open, readAll, reply, site } from '../server/stage.ts'
import { endNode, startNode } from '../setup/node.ts'
import { runPostil } from '../setup/postil.ts'
import { withDatabase } from '../setup/url.ts'

/** A whole PostgreSQL of the machine's: the embedded one comes without `pg_dump`. */
const debian = '/usr/lib/postgresql'
const version = existsSync(debian) ? Math.max(0, ...readdirSync(debian).map(Number)) : 0
const bin = join(debian, String(version), 'bin')
const hasPrograms = ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore'].every((name) => existsSync(join(bin, name)))

describe.runIf(hasPrograms && version >= 15)(
  'a back-up (needs a PostgreSQL of the machine’s own, for pg_dump)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'postil-backup-'))
    const data = join(folder, 'data')
    /** PostgreSQL refuses to run as root. */
    const nobody = 65_534
    const who = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
    const run = (program: string, ...args: string[]) =>
      execFileSync(join(bin, program), args, { ...who, cwd: folder, stdio: 'ignore' })
    let url: string
    beforeAll(async () => {
      if ('uid' in who) chownSync(folder, nobody, nobody)
      const port = await freePort()
      run('initdb', '-D', data, '-U', 'postil', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8')
      const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
      run('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', settings)
      url = `postgres://postil@127.0.0.1:${port}/postgres`
      const client = new pg.Client(url)
      await client.connect()
      await client.query('create database live')
      await client.query('create database restored')
      await client.end()
    })
    afterAll(() => {
      run('pg_ctl', 'stop', '-w', '-m', 'fast', '-D', data)
      rmSync(folder, { recursive: true, force: true })
    })

    test('of pg_dump, read in elsewhere, is whole, and a server goes on with it', async () => {
      const [live, restored] = [withDatabase(url, 'live'), withDatabase(url, 'restored')]
      const first = await startNode(live)
      const ada = await signIn(first.origin, 'ada@demo.example')
      const client = new pg.Client(live)
      await client.connect()
      const { rows } = await client.query<{ id: string }>('select id from article')
      await client.end()
      const article = rows[0]?.id ?? ''
      const { thread } = await open(ada, article, 'Before the back-up.')
      await reply(ada, thread.id, 'You crook.')
      await reply(ada, thread.id, 'Still before.')
      const before = await readAll(new Client(first.origin), article)
      const file = join(folder, 'dump')
      run('pg_dump', '--format=custom', '--file', file, live)
      await reply(ada, thread.id, 'After it.')
      await endNode(first, 'SIGTERM')

      run('pg_restore', '--exit-on-error', '--dbname', restored, file)
      for (const what of [['verify'], ['verify', 'anchors']]) {
        const verified = await runPostil({ DATABASE_URL: restored }, ...what, '--site', site)
        expect(verified.code, verified.said).toBe(0)
      }
      const second = await startNode(restored)
      try {
        expect(await readAll(new Client(second.origin), article)).toEqual(before)
        // Sessions are in it, too, and work goes on.
        const { seq } = await reply(ada.at(second.origin), thread.id, 'After it, once more.')
        expect(seq).toBeGreaterThan(0)
      } finally {
        await endNode(second, 'SIGTERM')
      }
    })
  },
)
