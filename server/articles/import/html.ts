import { Readability } from '@mozilla/readability'
import sanitize from 'sanitize-html'
import {
  blocksOf,
  divides,
  fingerprint,
  isPassedOver,
  type PageBlock,
} from '../../../core/anchoring/index.ts'
import { parse } from './dom.ts'
import { joinDropCaps } from './drop-caps.ts'
import { withoutRepeat } from './repeats.ts'
import { ImportError, type ImportedArticle, type ImportedBlock, type ReportLine } from './types.ts'

/**
 * An article out of a page as served: Mozilla's Readability finds it among the boilerplate, on a light DOM where no
 * script runs and nothing loads.
 * @throws ImportError
 */
export function fromHtml(source: string, url?: string): ImportedArticle {
  const document = parse(source)
  const language = document.documentElement.getAttribute('lang') || null
  const asServed = plainTitle(document)
  const found = read(document)
  if (!found?.content)
    throw new ImportError('No article was found on this page. Import its text as a file instead.')
  const root = parse(`<!doctype html><html><body>${found.content}</body></html>`).body
  const title = asServed(found.title?.trim() ?? '') || blocksOf(root)[0]?.text.slice(0, 120) || 'Untitled'
  const report: ReportLine[] = []
  const blocks = withoutRepeat(blocksIn(root, title, report, url), report)
  return {
    title,
    byline: found.byline?.trim() || null,
    publishedAt: instant(found.publishedTime),
    language: found.lang || language,
    direction: direction(found.dir),
    excerpt: excerptOf(found.excerpt, blocks),
    blocks,
    report,
  }
}

/**
 * Makes the document's title one that Readability takes apart rightly: with white space as browsers give it (HTML
 * standard, document.title), and with hyphens for the dashes between its parts, which Readability 0.6 does not know
 * as such.
 * @returns what gives a title that Readability found its dashes back
 */
function plainTitle(document: Document): (found: string) => string {
  const title = document.head.querySelector('title')
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

/** The blocks of a piece of a page that is all article. */
export function blocksIn(root: Element, title: string, report: ReportLine[], url?: string): ImportedBlock[] {
  const blocks = withoutTitle(blocksOf(root), title)
  return joinDropCaps(
    blocks.map((block) => blockOf(block, url)),
    report,
  )
}

/** What the page says of itself, or the first paragraph: also where Readability took a drop cap for it. */
function excerptOf(found: string | null | undefined, blocks: ImportedBlock[]): string | null {
  const given = found?.trim() ?? ''
  return given.length > 2 ? given : (blocks.find(({ kind }) => kind === 'paragraph')?.text ?? null)
}

/** Many pages repeat the title inside of the text. */
function withoutTitle(blocks: PageBlock[], title: string): PageBlock[] {
  const [first] = blocks
  return first?.kind === 'heading' && fingerprint(first.text) === fingerprint(title)
    ? blocks.slice(1)
    : blocks
}

function blockOf({ element, kind, level, text }: PageBlock, url: string | undefined): ImportedBlock {
  const html = sanitize(ownMarkup(element), {
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

/** The markup of a block's words, without that of what is no part of them: blocks inside, what is not shown. */
function ownMarkup(element: Element): string {
  const { body } = parse(`<!doctype html><html><head></head><body>${element.innerHTML}</body></html>`)
  for (const inner of body.querySelectorAll('*')) if (divides(inner) || isPassedOver(inner)) inner.remove()
  return body.innerHTML
}

function link(href: string | undefined, url: string | undefined): sanitize.Attributes {
  if (href === undefined || href.startsWith('#') || !URL.canParse(href, url)) return {}
  return { href: new URL(href, url).href }
}

/** A `dir` attribute's value, where it is one. */
export function direction(dir: string | null | undefined): ImportedArticle['direction'] {
  return dir === 'rtl' || dir === 'ltr' ? dir : 'auto'
}

function instant(time: string | null | undefined): string | null {
  const parsed = Date.parse(time ?? '')
  return Number.isNaN(parsed) ? null : new Date(parsed).toISOString()
}
