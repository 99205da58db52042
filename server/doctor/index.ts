import { FetchError, fetchPage, type FetchRules } from '../http/fetch-page.ts'
import { examine } from './examine.ts'
import { fault, type Finding } from './finding.ts'

export type { Finding } from './finding.ts'
export { scriptIntegrity } from './integrity.ts'
export { tagFor } from './tag.ts'

/**
 * Fetches a page as given, and says whether the embed is set up right on it.
 * @param rules where it may be fetched from
 */
export async function diagnose(
  address: string,
  rules: FetchRules,
  known: Parameters<typeof examine>[1],
): Promise<Finding[]> {
  try {
    const page = await fetchPage(address, rules)
    return page ? await examine(page, known) : []
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    return [fault('address', error.message, 'Name an address that answers 200 with an HTML page.')]
  }
}
