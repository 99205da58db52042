import type { Database } from '../database/connect.ts'
import { scriptIntegrity, tagFor } from '../doctor/index.ts'
import { ProblemError } from '../http/problem.ts'
import { createSite, type SiteGiven } from '../sites/index.ts'
import { UsageError } from './usage-error.ts'

/**
 * Makes a site, or changes what is said of it, and prints the tag for its pages.
 * @param base where this Postil answers, where that is known
 */
export async function setSite(db: Database, given: SiteGiven, base: string | null): Promise<void> {
  const site = await createSite(db, given).catch((error: unknown) => {
    throw error instanceof ProblemError ? new UsageError(error.message) : error
  })
  console.log(`Site ${site.slug}: ${[...site.origins].join(', ') || 'no origins yet'}`)
  if (site.takesGuests) console.log('Guests may comment; each of their comments waits for a moderator.')
  const script = `${base ?? 'https://POSTIL'}/embed@1.js`
  console.log(`\nFor its pages:\n  ${tagFor(script, site.slug)}`)
  const integrity = await scriptIntegrity()
  console.log(
    integrity === null
      ? '\nIts hash for Subresource Integrity is printed here once the browser’s part is built: npm run build'
      : `\nOr, held to the script as it is now; after each update of Postil the hash is another one:\n  ${tagFor(script, site.slug, integrity)}`,
  )
}
