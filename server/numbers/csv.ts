import type { ArticleNumbers, SiteNumbers } from '../../core/contract/numbers.ts'

type Value = string | number | null

/** The articles of a site as CSV (RFC 4180). */
export const siteCsv = ({ articles }: SiteNumbers): string =>
  toCsv([
    ['article', 'title', 'url', 'threads', 'comments', 'readers', 'followers', 'medianMinutes', 'lastAt'],
    ...articles.map(({ article, threads, comments, readers, followers, medianMinutes, lastAt }) => [
      article.id,
      article.title,
      article.url,
      threads,
      comments,
      readers,
      followers,
      medianMinutes,
      lastAt,
    ]),
  ])

/** The passages of an article as CSV, after a line for all of it. */
export const articleCsv = ({ totals, passages }: ArticleNumbers): string =>
  toCsv([
    ['place', 'block', 'quote', 'thread', 'threads', 'comments', 'readers', 'followers', 'medianMinutes'],
    [
      'all',
      null,
      null,
      null,
      totals.threads,
      totals.comments,
      totals.readers,
      totals.followers,
      totals.medianMinutes,
    ],
    ...passages.map(
      ({ place, block, quote, thread, threads, comments, readers, followers, medianMinutes }) => [
        place,
        block,
        quote,
        thread,
        threads,
        comments,
        readers,
        followers,
        medianMinutes,
      ],
    ),
  ])

const toCsv = (rows: Value[][]): string =>
  rows.map((row) => `${row.map((value) => toField(value)).join(',')}\r\n`).join('')

/**
 * A text goes between quotation marks where it has to. What a spreadsheet would reckon as a formula gets an apostrophe before it:
 * titles and quotes are of people's writing.
 */
function toField(value: Value): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
