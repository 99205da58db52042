import MarkdownIt, { type Token } from 'markdown-it'
import { checkLink, shownAddress } from './link.ts'

// CommonMark by a parser that stays fast on hostile input, cut down to what a comment may hold: what is switched
// off, and a link that is refused, stays in the text as typed. Entities are off because a reader who types "&lt;"
// means these four characters; images, because a comment loads nothing from elsewhere.
const markdown = new MarkdownIt('commonmark', { html: false, linkify: true, maxNesting: 20 })
  .enable('linkify')
  .disable(['code', 'entity', 'html_block', 'html_inline', 'image', 'lheading', 'reference'])
markdown.normalizeLink = (typed) => checkLink(typed) ?? ''
markdown.validateLink = (href) => href !== ''
markdown.normalizeLinkText = shownAddress
// Only addresses with http: or https: in front: "e.g.so" and "a@b" in running text are rarely meant as links.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
for (const schema of ['ftp:', 'mailto:', '//']) markdown.linkify.add(schema, null)

/** A comment's Markdown as markdown-it's flat list of openings, contents and closings. */
export function tokensOf(source: string): Token[] {
  return markdown.parse(source, {})
}

/**
 * How many quotes and lists stand in one another at the deepest place. Counts no further than ten, where the parser
 * itself stops reading.
 * @example nesting('> - so') // 2
 */
export function nesting(source: string): number {
  const tokens: Token[] = []
  markdown.block.parse(source, markdown, {}, tokens)
  let depth = 0
  let deepest = 0
  for (const token of tokens) {
    if (!/^(?:blockquote|bullet_list|ordered_list)_/.test(token.type)) continue
    depth += token.nesting
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
