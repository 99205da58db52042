import { validate } from 'uuid'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { makeKey, revokeKey, siteKeys, type Site } from '../sites/index.ts'
import { UsageError } from './usage-error.ts'

/** Prints the keys of a site that hold, without what they say. */
export async function listKeys(db: Database, site: Site): Promise<void> {
  const keys = await siteKeys(db, site.id)
  if (keys.length === 0) return console.log('No keys yet. Make one: npm run postil -- key push --site SLUG')
  for (const { id, purpose, by, createdAt, expiresAt, usedAt } of keys)
    console.log(
      [
        id,
        purpose.padEnd(7),
        `made ${createdAt.slice(0, 10)} ${by === null ? 'here' : `by ${by}`}`,
        usedAt === null ? 'never used' : `used ${usedAt.slice(0, 13)}h`,
        ...(expiresAt === null ? [] : [`holds until ${expiresAt.slice(0, 10)}`]),
      ].join('  '),
    )
}

/**
 * Makes a key of a purpose and prints it, or revokes one.
 * @throws UsageError where the words say neither, or there is no such key
 */
export async function changeKeys(db: Database, site: Site, [what, id]: string[]): Promise<void> {
  try {
    if (what === 'revoke' && validate(id)) {
      await revokeKey(db, site.id, null, id ?? '')
      return console.log('Revoked: what is signed with it is refused from now on.')
    }
    if (what === 'push' || what === 'sign_in') {
      const { key, secret } = await makeKey(db, site.id, null, what)
      console.log(`Key ${key.id}. Keep what follows: it is shown this once.`)
      return console.log(secret)
    }
  } catch (error) {
    throw error instanceof ProblemError ? new UsageError(error.message) : error
  }
  throw new UsageError('Say which: key push, key sign_in, or key revoke ID (see: keys --site SLUG).')
}
