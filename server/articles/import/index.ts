import { fromHtml } from './html.ts'
import { fromMarkdown } from './markdown.ts'
import { fromText } from './text.ts'
import { ImportError, type ImportedArticle } from './types.ts'

export { ImportError, type ImportedArticle } from './types.ts'
export type ImportFormat = 'text' | 'markdown' | 'html'

const sizeLimit = 10 * 1024 * 1024

/**
 * Reads an article out of a file or page: its text as blocks, and what is known about it. Nothing is fetched.
 * @param input.url where the page stands; its relative links are completed with it
 * @throws ImportError where there is no article to be found in it, with the reason
 */
export function importArticle(input: {
  source: string
  format: ImportFormat
  url?: string
}): ImportedArticle {
  if (input.source.length > sizeLimit)
    throw new ImportError('The page is larger than 10 MB. Import the article alone.')
  const source = input.source.replaceAll('\0', '').toWellFormed()
  const article = { text: fromText, markdown: fromMarkdown, html: fromHtml }[input.format](source, input.url)
  if (article.blocks.length === 0)
    throw new ImportError('No article was found: there are no paragraphs in it.')
  return article
}

/** What a file is, by its name and, where that does not say, by how it begins. */
export function formatOf(name: string, source: string): ImportFormat {
  if (/\.x?html?$/i.test(name)) return 'html'
  if (/\.(?:md|markdown)$/i.test(name)) return 'markdown'
  if (/\.te?xt$/i.test(name)) return 'text'
  return /^\s*<(?:!doctype|html|head|body|article|p|div)\b/i.test(source) ? 'html' : 'text'
}
