import MarkdownIt from 'markdown-it'
import { parse } from './dom.ts'
import { blocksIn, direction } from './html.ts'
import { ImportError, type ImportedArticle, type ReportLine } from './types.ts'

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
  const { body } = parse(markdown.render(source.slice(matter?.[0].length ?? 0)))
  const title = given.get('title') ?? body.querySelector('h1')?.textContent.trim() ?? ''
  if (title === '') throw new ImportError('The article has no title. Begin it with a line "# Title".')
  const date = Date.parse(given.get('date') ?? '')
  const report: ReportLine[] = []
  const blocks = blocksIn(body, title, report, url)
  return {
    title,
    byline: given.get('author') ?? given.get('byline') ?? null,
    publishedAt: Number.isNaN(date) ? null : new Date(date).toISOString(),
    language: given.get('lang') ?? null,
    direction: direction(given.get('dir')),
    excerpt: blocks.find(({ kind }) => kind === 'paragraph')?.text ?? null,
    blocks,
    report,
  }
}
