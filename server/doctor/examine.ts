import type { Finding } from '../../core/contract/sites.ts'
import { blocksOf, findArticle } from '../../core/anchoring/index.ts'
import { ImportError, importArticle, parsePage } from '../articles/index.ts'
import type { FetchedPage } from '../http/fetch-page.ts'
import type { Site } from '../sites/index.ts'
import { lets, policiesOf } from './csp.ts'
import { fault, hint, right } from './finding.ts'
import { examineTag, findTag, tagFor, type Tag } from './tag.ts'

/**
 * Looks at a page as it was served, and says what of the embed is right on it and what is not.
 * @param known.site finds the site that the page names
 * @param known.slug the site that it should name, where that is known
 * @param known.base where this Postil answers, where that is known
 */
export async function examine(
  page: FetchedPage,
  known: { site: (slug: string) => Promise<Site | null>; slug: string | null; base: string | null },
): Promise<Finding[]> {
  let document: Document
  try {
    document = parsePage(page.source)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    return [fault('address', error.message, 'Serve an HTML page at this address.')]
  }
  const url = new URL(page.url)
  const tag = findTag(document, page.url)
  const slug = known.slug ?? tag?.element.getAttribute('data-site') ?? 'SITE'
  const text = examineText(document, page, tag?.element.getAttribute('data-article-selector') ?? null)
  if (!tag) {
    const line = tagFor(`${known.base ?? 'https://POSTIL'}/embed@1.js`, slug)
    return [fault('script', 'There is no script tag of Postil on the page.', line), ...text]
  }
  const site = await known.site(tag.element.getAttribute('data-site') || slug)
  return [
    ...examineTag(tag, url, site, slug),
    ...(site ? examineAddress(document, url, tag, site) : []),
    ...examinePolicies(document, page, tag),
    ...examineWindow(page, url, tag),
    ...text,
  ]
}

/** Whether the page and the article's address on it belong to the site. */
function examineAddress(document: Document, url: URL, { element }: Tag, site: Site): Finding[] {
  const links = [...document.querySelectorAll('link[rel~="canonical"]')]
  const given = element.getAttribute('data-url') ?? links[0]?.getAttribute('href') ?? null
  const address = URL.parse(given ?? url.href, url.href) ?? url
  const register = (origin: string) =>
    `npm run postil -- site ${site.slug} --name ${JSON.stringify(site.name)} ${[...site.origins, origin].map((one) => `--origin ${one}`).join(' ')}`
  const findings: Finding[] = []
  if (!site.origins.has(url.origin))
    findings.push(
      fault(
        'origin',
        `${url.origin} is not among the origins of the site ${site.slug}.`,
        register(url.origin),
      ),
    )
  if (address.origin !== url.origin && !site.origins.has(address.origin))
    findings.push(
      fault(
        'canonical',
        `The article's address is ${address.href}, on an origin that is not the site's.`,
        `<link rel="canonical" href="${url.href}">`,
      ),
    )
  else if (address.pathname === '/' && url.pathname !== '/')
    findings.push(
      fault(
        'canonical',
        `The article's address is ${address.href}, the front page: all articles would share one discussion.`,
        `<link rel="canonical" href="${url.href}">`,
      ),
    )
  else if (given === null)
    findings.push(hint('canonical', `No canonical address; the article is ${address.href}, with its query.`))
  else findings.push(right('canonical', `The article's address is ${address.href}.`))
  if (links.length > 1)
    findings.push(hint('canonical', `${links.length} canonical links; the first one counts.`))
  return findings
}

/** Whether the page's content security policies let the embed load and connect. */
function examinePolicies(document: Document, page: FetchedPage, { element, src }: Tag): Finding[] {
  const url = new URL(page.url)
  const metas = [...document.querySelectorAll('meta[http-equiv]')].filter(
    (meta) => meta.getAttribute('http-equiv')?.toLowerCase() === 'content-security-policy',
  )
  const texts = [
    page.headers.get('content-security-policy'),
    ...metas.map((meta) => meta.getAttribute('content')),
  ]
  const policies = texts.flatMap((text) => (text === null ? [] : policiesOf(text)))
  if (policies.length === 0) return []
  const socket = new URL(src.origin.replace(/^http/, 'ws'))
  const nonce = element.getAttribute('nonce')
  const scripts = ['script-src-elem', 'script-src', 'default-src']
  const connects = ['connect-src', 'default-src']
  const findings: Finding[] = []
  if (policies.some((policy) => !lets(policy, scripts, src, url, nonce)))
    findings.push(
      fault(
        'csp-script',
        'The content security policy does not let the script load.',
        `script-src ${src.origin}`,
      ),
    )
  if (policies.some((one) => ![new URL(src.origin), socket].every((to) => lets(one, connects, to, url))))
    findings.push(
      fault(
        'csp-connect',
        'The content security policy does not let the script ask Postil for comments, or listen for new ones.',
        `connect-src ${src.origin} ${socket.origin}`,
      ),
    )
  return findings.length > 0 ? findings : [right('csp', 'The content security policy lets Postil work.')]
}

/** What stands between the page and the window to sign in, and the session. */
function examineWindow(page: FetchedPage, url: URL, { src }: Tag): Finding[] {
  const opener = page.headers.get('cross-origin-opener-policy')?.split(';')[0]?.trim()
  return [
    ...(opener === 'same-origin' && src.origin !== url.origin
      ? [
          fault(
            'coop',
            'Cross-Origin-Opener-Policy cuts the line to the window that readers sign in with.',
            'Cross-Origin-Opener-Policy: same-origin-allow-popups',
          ),
        ]
      : []),
    ...(src.hostname === url.hostname
      ? []
      : [
          hint(
            'cookies',
            `Readers of ${url.hostname} get a Partitioned cookie of ${src.hostname}, which browsers take where they block third-party cookies.`,
          ),
        ]),
  ]
}

/** Whether there is an article to comment on. */
function examineText(document: Document, page: FetchedPage, selector: string | null): Finding[] {
  if (selector !== null && !matchesAny(document, selector))
    return [
      fault(
        'selector',
        `data-article-selector is ${selector}, and nothing on the page as served is.`,
        'data-article-selector="article"',
      ),
    ]
  const root = findArticle(document, selector ?? undefined)
  const blocks = blocksOf(root)
  const paragraphs = blocks.filter(({ kind }) => kind === 'paragraph').length
  if (paragraphs === 0) {
    const frames = document.querySelectorAll('iframe, frame').length
    return [
      frames > 0
        ? fault(
            'frames',
            'The page as served has no paragraphs: its text stands in a frame.',
            'Put the script tag into the page that is framed.',
          )
        : fault(
            'paragraphs',
            'The page as served has no paragraphs. Where a script draws them, the server cannot read them.',
            'Serve the text in <article><p>…</p></article>, or push it (docs/embedding.md).',
          ),
    ]
  }
  const place = `<${root.tagName.toLowerCase()}>`
  return [
    right('paragraphs', `${paragraphs} paragraphs (${blocks.length} blocks) in ${place}.`),
    readByServer(page),
  ]
}

function readByServer({ source, url }: FetchedPage): Finding {
  try {
    const { blocks, title } = importArticle({ source, format: 'html', url })
    return right('reading', `The server reads “${title}” with ${blocks.length} blocks.`)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    return hint('reading', `The server cannot read it by itself: ${error.message}`)
  }
}

function matchesAny(document: Document, selector: string): boolean {
  try {
    return document.querySelector(selector) !== null
  } catch {
    return false
  }
}
