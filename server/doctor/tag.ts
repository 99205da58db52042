import type { Finding } from '../../core/contract/sites.ts'
import type { Site } from '../sites/index.ts'
import { fault, right } from './finding.ts'

/** The script tag, as far as it says where Postil is. */
export interface Tag {
  element: Element
  src: URL
}

/** The first tag that is Postil's: by its file, or because it names a site. */
export function findTag(document: Document, pageUrl: string): Tag | null {
  for (const element of document.querySelectorAll('script[src]')) {
    const src = URL.parse(element.getAttribute('src') ?? '', pageUrl)
    if (src && (/\/embed(?:@\d+)?\.js$/.test(src.pathname) || element.hasAttribute('data-site')))
      return { element, src }
  }
  return null
}

/**
 * The tag as it should stand.
 * @param integrity the script's hash, where it is to be that very one
 */
export function tagFor(src: string, slug: string, integrity?: string): string {
  const only = integrity === undefined ? '' : ` integrity="${integrity}" crossorigin="anonymous"`
  return `<script type="module" src="${src}"${only} data-site="${slug}"></script>`
}

/** Whether the tag itself is right, and the browser may load it on this page. */
export function examineTag({ element, src }: Tag, page: URL, site: Site | null, slug: string): Finding[] {
  const findings: Finding[] = []
  const named = element.getAttribute('data-site') ?? ''
  if (element.getAttribute('type') !== 'module')
    findings.push(fault('module', 'The script tag is no module, so it does nothing.', tagFor(src.href, slug)))
  if (named === '') findings.push(fault('data-site', 'The script tag names no site.', tagFor(src.href, slug)))
  else if (!site)
    findings.push(
      fault(
        'site',
        `The script tag names the site "${named}", which this Postil does not have.`,
        `npm run postil -- site ${named} --name NAME --origin ${page.origin}`,
      ),
    )
  else if (named !== slug)
    findings.push(
      fault('site', `The script tag names the site "${named}", not "${slug}".`, tagFor(src.href, slug)),
    )
  if (src.protocol === 'http:' && page.protocol === 'https:')
    findings.push(
      fault(
        'mixed-content',
        'The page is https and loads Postil by http, which browsers refuse.',
        tagFor(src.href.replace(/^http:/, 'https:'), slug),
      ),
    )
  else if (src.protocol === 'http:' && !/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(src.hostname))
    findings.push(
      fault(
        'insecure',
        'Postil answers by http: browsers keep no Secure cookie from there, so nobody stays signed in.',
        tagFor(src.href.replace(/^http:/, 'https:'), slug),
      ),
    )
  return findings.length > 0 ? findings : [right('script', `The script tag is right: ${src.href}.`)]
}
