import MarkdownIt from 'markdown-it'
import { parseHTML } from 'linkedom'
import { fromHtml } from './html.ts'
import { ImportError, type ImportedArticle } from './types.ts'

const markdown = new MarkdownIt('commonmark', { html: false })

/**
 * An article written in Markdown (CommonMark). A block of `key: value` lines between `---` at its top, as most
 * site generators use it, may give title, author (or byline), date, lang and dir.
 * @throws ImportError
 */
export function fromMarkdown(source: string, url?: string): ImportedArticle {
  const matter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(source)
  const given = new Map(
    (matter?.[1] ?? '').split(/\r?\n/).flatMap((line): [string, string][] => {
      const pair = /^(\w+):\s*(.+)$/.exec(line)
      return pair?.[1] && pair[2]
        ? [[pair[1].toLowerCase(), pair[2].replace(/^(["'])(.*)\1\s*$/, '$2').trim()]]
        : []
    }),
  )
  const body = markdown.render(source.slice(matter?.[0].length ?? 0))
  const { document } = parseHTML(`<!doctype html><html><body><article>${body}</article></body></html>`)
  const heading = document.querySelector('h1')
  const title = given.get('title') ?? heading?.textContent.trim() ?? ''
  if (title === '') throw new ImportError('The article has no title. Begin it with a line "# Title".')
  const page = `<!doctype html><html${attribute('lang', given.get('lang'))}${attribute('dir', given.get('dir'))}>
    <head><title>${escape(title)}</title></head><body><article>${body}</article></body></html>`
  const article = fromHtml(page, url)
  const date = Date.parse(given.get('date') ?? '')
  return {
    ...article,
    title,
    byline: given.get('author') ?? given.get('byline') ?? article.byline,
    publishedAt: Number.isNaN(date) ? article.publishedAt : new Date(date).toISOString(),
    blocks: article.blocks.filter(
      (block, index) => !(index === 0 && block.kind === 'heading' && block.text === title),
    ),
  }
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const attribute = (name: string, value: string | undefined) =>
  value === undefined ? '' : ` ${name}="${escape(value)}"`
