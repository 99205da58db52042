import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import sanitize from 'sanitize-html'
import { blocksOf, fingerprint, type PageBlock } from '../../../core/anchoring/index.ts'
import { joinDropCaps } from './drop-caps.ts'
import { ImportError, type ImportedArticle, type ImportedBlock } from './types.ts'

/** Elements in elements: no page nests so deep, and what reads pages recurses. */
const deepest = 512

/**
 * An article out of a page as served: Mozilla's Readability finds it among the boilerplate, on a light DOM where no
 * script runs and nothing loads.
 * @throws ImportError
 */
export function fromHtml(source: string, url?: string): ImportedArticle {
  const { document } = parse(source)
  const language = document.documentElement.getAttribute('lang') || null
  const asServed = plainTitle(document)
  const found = read(document)
  if (!found?.content)
    throw new ImportError('No article was found on this page. Import its text as a file instead.')
  const title = asServed(found.title?.trim() ?? '')
  const root = parse(`<!doctype html><html><body>${found.content}</body></html>`).document.body
  const report: ImportedArticle['report'] = []
  const blocks = joinDropCaps(
    withoutTitle(blocksOf(root), title).map((block) => blockOf(block, url)),
    report,
  )
  return {
    title: title || blocks[0]?.text.slice(0, 120) || 'Untitled',
    byline: found.byline?.trim() || null,
    publishedAt: instant(found.publishedTime),
    language: found.lang || language,
    direction: direction(found.dir),
    excerpt: found.excerpt?.trim() || null,
    blocks,
    report,
  }
}

function parse(source: string) {
  const page = parseHTML(source)
  let level: Element[] = Array.from(page.document.children)
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest)
      throw new ImportError(`The page nests elements more than ${deepest} deep, as no article does.`)
    level = level.flatMap((element) => Array.from(element.children))
  }
  return page
}

/**
 * Makes the document's title one that Readability takes apart rightly: with white space as browsers give it (HTML
 * standard, document.title), and with hyphens for the dashes between its parts, which Readability 0.6 does not know
 * as such.
 * @returns what gives a title that Readability found its dashes back
 */
function plainTitle(document: Document): (found: string) => string {
  const title = document.querySelector('title')
  const served = title?.textContent.replace(/\s+/g, ' ').trim() ?? ''
  const plain = served.replace(/ [–—](?= )/g, ' -')
  if (title) title.textContent = plain
  return (found) => {
    const at = plain.indexOf(found)
    return at < 0 ? found : served.slice(at, at + found.length)
  }
}

function read(document: Document) {
  try {
    return new Readability(document).parse()
  } catch (error) {
    throw new ImportError('The page could not be read. Import its text as a file instead.', { cause: error })
  }
}

/** Many pages repeat the title inside of the text. */
function withoutTitle(blocks: PageBlock[], title: string): PageBlock[] {
  const [first] = blocks
  return first?.kind === 'heading' && fingerprint(first.text) === fingerprint(title)
    ? blocks.slice(1)
    : blocks
}

function blockOf({ element, kind, level, text }: PageBlock, url: string | undefined): ImportedBlock {
  const html = sanitize(element.innerHTML, {
    allowedTags: ['em', 'strong', 'i', 'b', 'a', 'code', 'sub', 'sup', 'br'],
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      a: (tagName, { href }) => ({ tagName, attribs: link(href, url) }),
      i: 'em',
      b: 'strong',
    },
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'svg',
      'math',
      'xmp',
      'title',
      'template',
      'nav',
      'aside',
      'form',
      'button',
      'select',
      'iframe',
      'object',
    ],
  }).trim()
  return { kind, ...(level !== undefined && { level }), text, html: html.includes('<') ? html : null }
}

function link(href: string | undefined, url: string | undefined): sanitize.Attributes {
  if (href === undefined || href.startsWith('#') || !URL.canParse(href, url)) return {}
  return { href: new URL(href, url).href }
}

function direction(dir: string | null | undefined): ImportedArticle['direction'] {
  return dir === 'rtl' || dir === 'ltr' ? dir : 'auto'
}

function instant(time: string | null | undefined): string | null {
  const parsed = Date.parse(time ?? '')
  return Number.isNaN(parsed) ? null : new Date(parsed).toISOString()
}
