import type { Database } from '../database/connect.ts'
import { addFeed, dropFeed, feedsOf } from '../feeds/index.ts'
import { ProblemError } from '../http/problem.ts'
import type { Site } from '../sites/index.ts'
import { UsageError } from './usage-error.ts'

/** Prints the feeds that are read for a site, and how that goes. */
export async function listFeeds(db: Database, site: Site): Promise<void> {
  const feeds = await feedsOf(db, site.id)
  if (feeds.length === 0)
    return console.log('No feeds yet. Add one: npm run postil -- feed add URL --site SLUG')
  for (const { url, readAt, problem, pages, waiting } of feeds) {
    const read = readAt === null ? 'not read yet' : `read ${readAt.toISOString().slice(0, 16)}Z`
    console.log(`${url}  ${read}  ${pages} pages, ${waiting} to be looked at`)
    if (problem !== null) console.log(`  ${problem}`)
  }
}

/**
 * Has a feed read for a site from now on, or no longer.
 * @throws UsageError where the words say neither, or it is not to be
 */
export async function changeFeeds(db: Database, site: Site, [what, url]: string[]): Promise<void> {
  try {
    if (what === 'add' && url !== undefined) {
      await addFeed(db, site, null, url)
      return console.log(`${url} is read every ten minutes from now on, as long as the server runs.`)
    }
    if (what === 'drop' && url !== undefined) {
      await dropFeed(db, site, null, url)
      return console.log(`${url} is read no longer. The articles that came by it stay.`)
    }
  } catch (error) {
    throw error instanceof ProblemError ? new UsageError(error.message) : error
  }
  throw new UsageError('Say which: feed add URL, or feed drop URL (see: feeds --site SLUG).')
}
