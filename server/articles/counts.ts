import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { ArticleCount } from '../../core/contract/articles.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import { canonical } from './read.ts'

/** Milliseconds for which a count is told again: front pages ask for the same articles all the time. */
const keptFor = 10_000
/** Articles whose counts are kept, of all sites. */
const mostKept = 20_000

type Count = Omit<ArticleCount, 'url'>
const nothing: Count = { article: null, threads: 0, comments: 0 }

/**
 * What counts comments for front pages, and remembers them for ten seconds.
 * @returns the counts at the addresses, in their order: of what readers see; nothing at an address that is not known
 */
export function counter(db: Database): (site: Site, urls: string[]) => Promise<ArticleCount[]> {
  const kept = new LRUCache<string, Count>({ max: mostKept, ttl: keptFor })
  return async (site, urls) => {
    const addresses = urls.map((url) => canonical(url) ?? url)
    const keyOf = (address: string) => `${site.id} ${address}`
    const counts = new Map<string, Count>()
    for (const address of addresses) counts.set(address, kept.get(keyOf(address)) ?? nothing)
    const missing = [...counts.keys()].filter((address) => !kept.has(keyOf(address)))
    if (missing.length > 0)
      for (const [address, count] of await countComments(db, site.id, missing)) counts.set(address, count)
    for (const address of missing) kept.set(keyOf(address), counts.get(address) ?? nothing)
    return urls.map((url, nth) => ({ url, ...(counts.get(addresses[nth] ?? url) ?? nothing) }))
  }
}

/** One query, over the articles by address and their threads by article. */
async function countComments(db: Database, siteId: string, addresses: string[]): Promise<Map<string, Count>> {
  const { rows } = await sql<{ url: string; article: string; threads: number; comments: number }>`
    select article.url, article.id as article, count(thread.id)::int as threads,
      coalesce(sum(thread.comment_count), 0)::int as comments
    from article
    left join thread on thread.site_id = article.site_id and thread.article_id = article.id and thread.comment_count > 0
    where article.site_id = ${siteId} and article.url = any(${addresses}::text[])
    group by article.id, article.url
  `.execute(db)
  return new Map(rows.map(({ url, ...count }) => [url, count]))
}
