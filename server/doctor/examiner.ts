import { Headers } from 'undici'
import type { Finding } from '../../core/contract/sites.ts'
import type { Site } from '../sites/index.ts'
import { examine } from './examine.ts'

/** What goes to the thread: a page, and the site whose it should be. */
export interface Examining {
  url: string
  headers: [string, string][]
  source: string
  site: Site
  base: string
}

/** Run by `apart.ts` on a thread of its own. Whatever site the page names, it is held against this one. */
export default function read({ url, headers, source, site, base }: Examining): Promise<Finding[]> {
  const page = { url, headers: new Headers(headers), source }
  return examine(page, { site: () => Promise.resolve(site), slug: site.slug, base })
}
