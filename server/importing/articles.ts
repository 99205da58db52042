import { sql } from 'kysely'
import { prepare, type Prepared } from '../../core/anchoring/index.ts'
import { blockTexts, slugOf } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { instantOf } from './address.ts'
import { idOf } from './ids.ts'
import type { Group } from './spool.ts'

export interface ImportTarget {
  id: string
  revision: number
  carried: number
  /** Whether there was none at this address. */
  isNew: boolean
}

/** The article at an address, or at the same one with or without a slash at its end; made where there is none. */
export async function articleAt(tx: Database, siteId: string, group: Group): Promise<ImportTarget> {
  const known = await find(tx, siteId, group.address)
  if (known) return { ...known, isNew: false }
  const published = group.publishedAt === null ? null : instantOf(group.publishedAt)
  const id = idOf(published ?? group.first, siteId, group.address)
  const title = group.title ?? nameIn(group.address)
  const insert = async (slug: string) =>
    await tx
      .insertInto('article')
      .values({
        site_id: siteId,
        id,
        slug,
        url: group.address,
        title,
        published_at: published === null ? null : new Date(published),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'revision', 'carried'])
      .executeTakeFirst()
  const slug = slugOf(title)
  // Where an article elsewhere has the short name, the end of the id keeps them apart.
  const made =
    (await insert(slug)) ??
    (await insert(`${slug}-${id.slice(-6)}`)) ??
    (await find(tx, siteId, group.address))
  if (!made) throw new Error(`the article ${group.address} was not kept`)
  return { ...made, isNew: true }
}

async function find(tx: Database, siteId: string, address: string) {
  const other = address.endsWith('/') ? address.slice(0, -1) : `${address}/`
  return await tx
    .selectFrom('article')
    .select(['id', 'revision', 'carried'])
    .where('site_id', '=', siteId)
    .where('url', 'in', [address, other])
    .orderBy(sql`url = ${address}`, 'desc')
    .limit(1)
    // Not while its threads are carried to a new revision: those that are made now must be among them.
    .forKeyShare()
    .executeTakeFirst()
}

function nameIn(address: string): string {
  const { host, pathname } = new URL(address)
  return pathname === '/' ? host : pathname
}

/** Article's texts, ready to find quotes in; the last one asked for is kept. */
export class Texts {
  #key = ''
  #texts: Prepared | null = null

  /** @returns null where the server has no text of the article */
  async of(tx: Database, siteId: string, { id, revision }: ImportTarget): Promise<Prepared | null> {
    const key = `${id} ${revision}`
    if (this.#key === key) return this.#texts
    this.#texts = revision === 0 ? null : prepare(await blockTexts(tx, siteId, id, revision))
    this.#key = key
    return this.#texts
  }
}
