import { fingerprint } from '../../../core/anchoring/index.ts'
import { joinDropCaps } from './drop-caps.ts'
import { isBody, withoutRepeat } from './repeats.ts'
import type { ImportedArticle, ImportedBlock, ReportLine } from './types.ts'

/**
 * An article out of plain text, as people paste it and extractors leave it: paragraphs between empty lines, with
 * page furniture around and in between. What is left out is reported, word for word.
 */
export function fromText(source: string): ImportedArticle {
  const report: ReportLine[] = []
  const paragraphs = source
    // A drop cap in a line of its own is one in a paragraph of its own.
    .replace(/(^|\n[ \t\r]*\n)(\p{Lu}\p{M}*)[ \t]*\r?\n(?=\p{Ll})/gu, '$1$2\n\n')
    .split(/\r?\n[^\S\u00a0]*\r?\n/)
    .map(unwrapped)
    .filter((text) => text !== '')
  const joined = joinDropCaps(paragraphs.map(paragraph), report)
  const once = withoutRepeat(joined, report)
  const { kept, byline, date } = withoutFurniture(once, report)
  const start = bodyStart(kept)
  const { title, excerpt, rest } = titleOf(kept.slice(0, start), kept.slice(start))
  if (excerpt) report.push({ kind: 'metadata', detail: `the standfirst: ${excerpt}` })
  const body = asHeadings(rest)
  return {
    title: title ?? (body[0]?.text.slice(0, 120) || 'Untitled'),
    byline: byline ?? bylineIn(excerpt),
    publishedAt: date,
    language: null,
    direction: /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(body[0]?.text ?? '') ? 'rtl' : 'auto',
    excerpt,
    blocks: body,
    report,
  }
}

/** Where the body begins; in a text of short paragraphs, after a first line that is no sentence. */
function bodyStart(blocks: ImportedBlock[]): number {
  const start = blocks.findIndex(isBody)
  if (start >= 0) return start
  return blocks.length > 1 && isNoSentence(blocks[0]?.text ?? '') ? 1 : 0
}

const isNoSentence = (text: string) => text.length <= 100 && !/[.!?,;:…]["'”’»)]*$/.test(text)

/** Lines of one paragraph as one; a line of signs alone says nothing. */
function unwrapped(lines: string): string {
  const said = lines
    .split(/\r?\n/)
    .filter((line) => /[\p{L}\p{N}]|^[^\S\u00a0]*[:–—-][^\S\u00a0]*$/u.test(line))
  return said
    .join(' ')
    .replace(/[ \t\r\n]+/g, ' ')
    .replace(/^ | $/g, '')
}

const paragraph = (text: string): ImportedBlock => ({ kind: 'paragraph', text, html: null })

/** Lines that belong to the page and not to the article, by what such lines say everywhere. */
const furniture: RegExp[] = [
  /^(?:https?:\/\/|www\.)\S+$/i,
  /\b(?:photos?|image|picture|illustration) (?:by|credit|courtesy)\b/i,
  /^(?:©|copyright\b|all rights reserved)/i,
  /^(?:share|tweet|subscribe|sign up|read more|related|advertisement)\b.{0,40}$/i,
  /\bviews? (?:presented|expressed)\b.{0,200}\b(?:author|own)\b/i,
]

function withoutFurniture(blocks: ImportedBlock[], report: ReportLine[]) {
  const found: { byline: string | null; date: string | null } = { byline: null, date: null }
  const seen = new Set<string>()
  const kept = blocks.filter((block) => {
    const drop = (why: string) => {
      report.push({ kind: 'dropped', detail: `${why}: ${block.text}` })
      return false
    }
    const author =
      /^About (.{2,60}?) : /.exec(block.text)?.[1] ??
      /^By ((?:\p{Lu}[\p{L}.'’-]+ ?){2,5})$/u.exec(block.text)?.[1]
    if (author) {
      found.byline ??= author.trim()
      return drop('about the author')
    }
    const when = dateIn(block.text)
    if (when) {
      found.date ??= when
      report.push({ kind: 'metadata', detail: `the date: ${block.text}` })
      return false
    }
    if (furniture.some((pattern) => pattern.test(block.text))) return drop('boilerplate')
    const name = fingerprint(block.text)
    if (isBody(block) && seen.has(name)) return drop('said twice')
    seen.add(name)
    return true
  })
  return { kept: withoutSiteName(kept, report), ...found }
}

/** Before the body, a line in small letters that is no sentence is the site's name or motto. */
function withoutSiteName(blocks: ImportedBlock[], report: ReportLine[]): ImportedBlock[] {
  const firstOfBody = blocks.findIndex(isBody)
  return blocks.filter((block, index) => {
    const isName = index < firstOfBody && /^\p{Ll}/u.test(block.text) && !/[.!?]$/.test(block.text)
    if (isName) report.push({ kind: 'dropped', detail: `boilerplate: ${block.text}` })
    return !isName
  })
}

/** A line that is a date and nothing else. */
function dateIn(line: string): string | null {
  if (
    !/^(?:(?:published|updated|posted)(?: on)?:? )?(?:\p{L}+,? )?(?:\p{L}+\.? \d{1,2},? \d{4}|\d{1,2}\.? \p{L}+ \d{4}|\d{4}-\d{2}-\d{2})$/iu.test(
      line,
    )
  )
    return null
  const day = Date.parse(`${line.replace(/^(?:published|updated|posted)(?: on)?:? /i, '')} UTC`)
  return Number.isNaN(day) ? null : new Date(day).toISOString()
}

/** The first short line of the head is the title; a sentence after it, or the body's first where it sums up, the standfirst. */
function titleOf(
  head: ImportedBlock[],
  body: ImportedBlock[],
): { title: string | null; excerpt: string | null; rest: ImportedBlock[] } {
  const [title, ...after] = head
  const named = bylineIn(body[0]?.text ?? null) !== null
  const excerpt =
    after.find((block) => /[.!?…]$/.test(block.text))?.text ?? (named ? (body[0]?.text ?? null) : null)
  return {
    title: title?.text ?? null,
    excerpt,
    rest: [...after.filter((block) => block.text !== excerpt), ...(named ? body.slice(1) : body)],
  }
}

/** The author as a standfirst names one: “…, writes Jane Doe.” */
function bylineIn(text: string | null): string | null {
  return (
    /,? (?:writes|argues|reports|says) ((?:\p{Lu}[\p{L}.'’-]+ ?){2,4}?)\.$/u.exec(text ?? '')?.[1] ?? null
  )
}

/** A short line that is no sentence and has a paragraph after it heads that. */
function asHeadings(blocks: ImportedBlock[]): ImportedBlock[] {
  return blocks.map((block, index) =>
    isNoSentence(block.text) && isBody(blocks[index + 1]) ? { ...block, kind: 'heading', level: 2 } : block,
  )
}
