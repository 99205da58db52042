import type { NewSiteSettings, SiteSettings } from '../../core/contract/sites.ts'
import { toOrigin } from '../../core/sites/origin.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { signalOf } from '../database/signals.ts'
import { fieldProblem, ProblemError } from '../http/problem.ts'
import { lockSite } from './sites.ts'

/** The name of a site, its origins in order and whether it takes guests, with the number of the last change. */
export async function readSettings(
  db: Database,
  siteId: string,
): Promise<Pick<SiteSettings, keyof NewSiteSettings>> {
  const site = await db
    .selectFrom('site')
    .select(['version', 'name', 'takes_guests as takesGuests'])
    .where('id', '=', siteId)
    .executeTakeFirstOrThrow()
  const origins = await db.selectFrom('origin').select('origin').where('site_id', '=', siteId).execute()
  return { ...site, origins: origins.map(({ origin }) => origin).sort() }
}

/** A change, as a publisher or the command line wants it. */
type Wanted = Pick<NewSiteSettings, 'name' | 'origins'> & {
  [K in 'version' | 'takesGuests']: NewSiteSettings[K] | null
}

/**
 * Gives a site another name and other origins in place of those it has, and says whether it takes guests; said again, it changes nothing.
 * @param by null: the command line
 * @param wanted.version that the change began with; null: whatever there is
 * @param wanted.takesGuests null: as it is
 * @throws ProblemError `invalid-field` naming the origin that is none; `conflict`, with the settings as they are, where
 *   somebody has changed them since
 */
export async function changeSite(
  tx: Database,
  siteId: string,
  by: string | null,
  wanted: Wanted,
): Promise<void> {
  const name = wanted.name.trim()
  const origins = originsIn(wanted.origins)
  await lockSite(tx, siteId)
  const now = await readSettings(tx, siteId)
  if (wanted.version !== null && wanted.version !== now.version)
    throw new ProblemError(
      'conflict',
      'Somebody has changed the site since you read it. Yours is not saved; look at theirs first.',
      { settings: now },
    )
  const added = [...origins].filter((origin) => !now.origins.includes(origin))
  const removed = now.origins.filter((origin) => !origins.has(origin))
  const takesGuests = wanted.takesGuests ?? now.takesGuests
  const isSame = name === now.name && takesGuests === now.takesGuests
  if (isSame && added.length === 0 && removed.length === 0) return
  await dropOrigins(tx, siteId, removed)
  await addOrigins(tx, siteId, added)
  const version = now.version + 1
  await tx
    .updateTable('site')
    .set({ name, version, takes_guests: takesGuests })
    .where('id', '=', siteId)
    .returning(signalOf('site', siteId).as('told'))
    .execute()
  const subject = {
    version,
    ...(name !== now.name && { name }),
    ...(added.length > 0 && { added: added.join(' ') }),
    ...(removed.length > 0 && { removed: removed.join(' ') }),
    ...(takesGuests !== now.takesGuests && { guests: takesGuests ? 'on' : 'off' }),
  }
  await appendAudit(tx, { siteId, actorId: by, action: 'change_site', subject })
}

async function dropOrigins(tx: Database, siteId: string, origins: string[]): Promise<void> {
  if (origins.length > 0)
    await tx.deleteFrom('origin').where('site_id', '=', siteId).where('origin', 'in', origins).execute()
}

/** Registers origins, of which the site has none yet. */
export async function addOrigins(tx: Database, siteId: string, origins: string[]): Promise<void> {
  if (origins.length > 0)
    await tx
      .insertInto('origin')
      .values(origins.map((origin) => ({ site_id: siteId, origin })))
      .execute()
}

/** @throws ProblemError `invalid-field` naming the one that is no address of a web page */
export function originsIn(addresses: readonly string[]): Set<string> {
  return new Set(
    addresses.map((address, nth) => {
      const origin = toOrigin(address)
      if (origin === null)
        throw fieldProblem(`origins.${nth}`, `"${address}" is no address like https://www.example.org`)
      return origin
    }),
  )
}
