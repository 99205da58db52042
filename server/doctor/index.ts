import type { Finding } from '../../core/contract/sites.ts'
import { FetchError, fetchPage, type FetchedPage, type FetchRules } from '../http/fetch-page.ts'
import type { Site } from '../sites/index.ts'
import { examineApart } from './apart.ts'
import { examine } from './examine.ts'
import { fault } from './finding.ts'

export { scriptIntegrity } from './integrity.ts'
export { tagFor } from './tag.ts'

/**
 * Fetches a page as given, and says what is right and wrong about the embed on it.
 * @param rules where it may be fetched from
 */
export const diagnose = (
  address: string,
  rules: FetchRules,
  known: Parameters<typeof examine>[1],
): Promise<Finding[]> => lookAt(address, rules, (page) => examine(page, known))

/**
 * The same of a page on one of a site's origins, for who publishes it: read beside the server's own thread.
 * @param base where this Postil answers
 */
export const diagnoseFor = (
  site: Site,
  address: string,
  rules: Pick<FetchRules, 'may'>,
  base: string,
): Promise<Finding[]> =>
  lookAt(address, { ...rules, origins: site.origins }, (page) => examineApart(page, site, base))

async function lookAt(
  address: string,
  rules: FetchRules,
  look: (page: FetchedPage) => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    const page = await fetchPage(address, rules)
    return page ? await look(page) : []
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    return [fault('address', error.message, 'Name an address that answers 200 with an HTML page.')]
  }
}
