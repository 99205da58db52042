import type { Row } from './rows.ts'

const titles = ['budget', 'limit', 'bare', 'ours', 'ratio', 'pass']

/** Rows for a terminal, in columns. */
export function printRows(rows: readonly Row[]): string {
  const lines = [titles, ...rows.map(cells)]
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0, column === 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const pad = (cell: string, width: number, left: boolean) => (left ? cell.padEnd(width) : cell.padStart(width))

/** Rows as a table of Markdown. */
export const markdownRows = (rows: readonly Row[]): string => markdownTable(titles, rows.map(cells))

/** @param lines the cells of each row; those after the first stand to the right */
export function markdownTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map((_, nth) => (nth === 0 ? '---' : '---:'))), ...lines.map(line)].join('\n')
}

function cells({ budget, unit, limit, bare, ours, ratio, passes, spread }: Row): string[] {
  return [
    budget,
    limit === null ? '–' : `${limit.is} ${said(limit.value)}${limit.of === 'bare' ? ' × bare' : ` ${unit}`}`,
    bare === null ? '–' : `${said(bare)} ${unit}`,
    `${said(ours)} ${unit}${spread === undefined ? '' : ` ±${Math.round(spread * 50)} %`}`,
    ratio === null ? '–' : said(ratio),
    passes === null ? '–' : passes ? 'yes' : 'NO',
  ]
}

const said = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 3 })
