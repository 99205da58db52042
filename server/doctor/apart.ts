import { Piscina } from 'piscina'
import type { Finding } from '../../core/contract/sites.ts'
import type { FetchedPage } from '../http/fetch-page.ts'
import type { Site } from '../sites/index.ts'
import type { Examining } from './examiner.ts'
import { fault } from './finding.ts'

const timeout = 30_000
const pool = new Piscina<Examining, Finding[]>({
  filename: new URL('./examiner.ts', import.meta.url).href,
  minThreads: 0,
  maxThreads: 1,
  idleTimeout: 10_000,
  resourceLimits: { maxOldGenerationSizeMb: 512 },
})

/**
 * `examine` on a thread beside the server's own, for the page of a site: a page may be made to be read for ever.
 * @param base where this Postil answers
 */
export async function examineApart(page: FetchedPage, site: Site, base: string): Promise<Finding[]> {
  const input = { ...page, headers: [...page.headers], site, base }
  try {
    return await pool.run(input, { signal: AbortSignal.timeout(timeout) })
  } catch {
    return [fault('address', 'The page is too large or too tangled to be read.', 'Name a smaller page.')]
  }
}
