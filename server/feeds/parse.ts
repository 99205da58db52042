import { setImmediate } from 'node:timers/promises'
import { SaxesParser } from 'saxes'

/** A page that a feed lists, or a sitemap that an index of sitemaps lists. */
export interface Entry {
  url: string
  /** Null where the feed does not say. */
  changedAt: Date | null
}

export interface Feed {
  kind: 'RSS' | 'Atom' | 'sitemap' | 'sitemap index'
  entries: Entry[]
}

/** As many as one sitemap may have (sitemaps.org, protocol 0.9). */
const mostEntries = 50_000
/** Characters that are read at a time. */
const piece = 64 * 1024

/** One that begins no reference, behind which the parser would wait for its end; or a section in which it is a sign like others. */
const bareAmpersand = /<!\[CDATA\[[^]*?\]\]>|&(?!(?:#\d+|#x[\da-f]+|[\w.-]+);)/gi

const kinds: Partial<Record<string, Feed['kind']>> = {
  rss: 'RSS',
  RDF: 'RSS',
  feed: 'Atom',
  urlset: 'sitemap',
  sitemapindex: 'sitemap index',
}
const isEntry = new Set(['item', 'entry', 'url', 'sitemap'])
const isDate = new Set(['pubDate', 'date', 'updated', 'published', 'lastmod', 'publication_date', 'modified'])

/** What is known so far of the entry that is being read. */
interface Draft {
  depth: number
  link: string | null
  /** An address, where the feed says that it is one. */
  guid: string | null
  dates: number[]
}

/**
 * Reads RSS 0.9 to 2.0, Atom (RFC 4287), a sitemap or an index of sitemaps, as far as it is well-formed. Entities of a DTD are
 * never expanded, and nothing is fetched. Of several dates, the last one counts.
 * @param base the feed's own address, for addresses that are relative to it
 * @returns null where it is none of these
 */
export async function parseFeed(source: string, base: string): Promise<Feed | null> {
  const parser = new SaxesParser({ xmlns: false })
  const entries: Entry[] = []
  const path: string[] = []
  const root: { kind: Feed['kind'] | null } = { kind: null }
  let draft: Draft | null = null
  let text = ''
  let isLink = false
  // What follows a mistake may still be right: feeds are written by templates.
  parser.on('error', () => undefined)
  parser.on('opentag', ({ name: qualified, attributes }) => {
    const name = local(qualified)
    if (path.length === 0) root.kind = kinds[name] ?? null
    path.push(name)
    text = ''
    if (draft === null && isEntry.has(name)) draft = { depth: path.length, link: null, guid: null, dates: [] }
    if (draft === null || path.length !== draft.depth + 1) return
    // Of a prefixed `atom:link` in RSS, only Atom's own rule holds: without `rel`, it is the page.
    const href = name === 'link' ? attributes['href'] : undefined
    if (href !== undefined && ['alternate', undefined].includes(attributes['rel'])) draft.link ??= href
    isLink = name === 'guid' && attributes['isPermaLink'] !== 'false'
  })
  const add = (more: string) => {
    if (text.length < 4_000) text += more
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const name = path.at(-1) ?? ''
    if (draft && path.length === draft.depth) {
      const entry = finish(draft, base)
      if (entry && entries.length < mostEntries) entries.push(entry)
      draft = null
    } else if (draft)
      note(draft, { name, text: text.trim(), isDirect: path.length === draft.depth + 1, isLink })
    path.pop()
    text = ''
  })
  const mended = source.replace(bareAmpersand, (found) => (found === '&' ? '&amp;' : found))
  for (let at = 0; at < mended.length; at += piece) {
    parser.write(mended.slice(at, at + piece))
    // Five megabytes take half a second, in which others want answers.
    await setImmediate()
  }
  parser.close()
  return root.kind && { kind: root.kind, entries }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

function note(
  draft: Draft,
  { name, text, isDirect, isLink }: { name: string; text: string; isDirect: boolean; isLink: boolean },
): void {
  if (text === '') return
  // A date of Google News stands one deeper.
  if (isDate.has(name) && (isDirect || name === 'publication_date')) {
    const at = Date.parse(text)
    if (!Number.isNaN(at)) draft.dates.push(at)
  }
  if (!isDirect) return
  if (name === 'loc' || name === 'link') draft.link ??= text
  if (isLink) draft.guid = text
}

function finish({ link, guid, dates }: Draft, base: string): Entry | null {
  const url = URL.parse(link ?? guid ?? '', base)
  if (!url || (link ?? guid) === null) return null
  return { url: url.href, changedAt: dates.length > 0 ? new Date(Math.max(...dates)) : null }
}
