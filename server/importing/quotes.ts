import { describe, locate, passageAt, type Prepared } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { Inline, TextBlock } from '../../core/contract/text.ts'

/** Fewer letters could stand in any text. */
const enough = 30
/** As long as a quote may be in an anchor. */
const most = 2000
/** So many quotes of one comment are looked for. */
const mostQuotes = 10

/**
 * The passage that a comment quotes: in a block quote, or between quotation marks, and found in the article.
 * @returns its anchor; null where it quotes nothing of the article
 */
export function quoted(article: Prepared, body: TextBlock[]): Anchor | null {
  for (const exact of quotesIn(body).slice(0, mostQuotes)) {
    const verbatim = onlyPlace(article, exact)
    if (verbatim) return verbatim
    const found = locate(article, {
      quote: { exact, prefix: '', suffix: '' },
      position: { start: 0, end: exact.length },
    })
    if (found) return describe(article, found)
  }
  return null
}

/** The very letters, where they stand but once; a closer look would take a quoted part of a paragraph for all of it. */
function onlyPlace(article: Prepared, exact: string): Anchor | null {
  const at = article.joined.indexOf(exact)
  if (at < 0 || article.joined.includes(exact, at + 1)) return null
  return describe(article, passageAt(article, at, at + exact.length))
}

const between = /“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|»([^«]+)«|"([^"]+)"|「([^」]+)」/g

function quotesIn(body: TextBlock[]): string[] {
  const quotes = body.flatMap((block) => (block.type === 'quote' ? [wordsOf(block.children)] : []))
  for (const block of body) {
    if (block.type !== 'paragraph') continue
    for (const [, ...found] of wordsOf([block]).matchAll(between))
      // The other kinds of marks have found nothing.
      quotes.push(...found.filter(Boolean))
  }
  return quotes
    .map((one) =>
      one
        .trim()
        .replace(/^[.…\s]+|(?:\s*(?:…|\.{3}))+$/g, '')
        .slice(0, most),
    )
    .filter((one) => (one.match(/\p{L}/gu) ?? []).length >= enough)
}

function wordsOf(blocks: TextBlock[]): string {
  return blocks
    .map((block) => {
      if (block.type === 'paragraph') return block.children.map(wordsIn).join('')
      if (block.type === 'quote') return wordsOf(block.children)
      return block.type === 'list' ? block.items.map(wordsOf).join('\n') : block.text
    })
    .join('\n')
}

function wordsIn(node: Inline): string {
  if (node.type === 'break') return ' '
  if (node.type === 'mention') return node.name
  return 'text' in node ? node.text : node.children.map(wordsIn).join('')
}
