import { sql } from 'kysely'
import type { Database } from '../../database/connect.ts'
import { hashOf, mix } from '../hash.ts'
import { wordsOf } from '../screen/words.ts'

const bands = 12
const rows = 2
/** Texts that share so many bands are taken for copies: 99 % of those that are 85 % alike, 16 % of those half so. */
const shared = 5
const shingle = 3
/** What is shorter is said by many, and by nobody from another. */
const fewestWords = 8
/** Of each band as many of the newest are looked at: a count needs no more. */
const mostLooked = 200

/**
 * A text's bands: alike texts share some of them. MinHash (Broder 1997, "On the resemblance and containment of
 * documents") over the sets of three folded words that follow each other, in twelve bands of two (locality-sensitive
 * hashing); two texts of resemblance s share a band with a probability of s².
 * @returns numbers below 2⁵³; none for a text too short to be somebody's
 */
export function sketchOf(text: string): number[] {
  const words = wordsOf(text).map(({ folded }) => folded)
  if (words.length < fewestWords) return []
  const least = new Uint32Array(bands * rows).fill(0xffffffff)
  for (let at = 0; at + shingle <= words.length; at++) {
    const hash = hashOf(words.slice(at, at + shingle).join(' '))
    for (let i = 0; i < least.length; i++) {
      const value = mix(hash ^ Math.imul(i + 1, 0x9e3779b9))
      if (value < (least[i] ?? 0)) least[i] = value
    }
  }
  return Array.from({ length: bands }, (_, band) => {
    const some = least.subarray(band * rows, (band + 1) * rows)
    const join = (seed: number) => some.reduce((hash, value) => mix(hash ^ value), seed + band)
    return (join(0x51ed270b) & 0x1fffff) * 2 ** 32 + join(0x2545f491)
  })
}

/** What is kept of a comment, so that copies of it are found. */
export interface Sketch {
  bands: number[]
  /** Which comments it belongs to, see {@link findCopies}. */
  raid: number
}

/**
 * Keeps a comment's sketch in place of an older one; null takes that away. A case about the comment reads from it which raid
 * it belongs to, so this comes first.
 */
export async function keepSketch(
  tx: Database,
  siteId: string,
  commentId: string,
  sketch: Sketch | null,
): Promise<void> {
  await tx.deleteFrom('sketch').where('site_id', '=', siteId).where('comment_id', '=', commentId).execute()
  if (!sketch) return
  const { bands: all, raid } = sketch
  await tx
    .insertInto('sketch')
    .values([...new Set(all)].map((band) => ({ site_id: siteId, band, comment_id: commentId, raid })))
    .execute()
}

/** The raid of a comment, to be selected beside it; null where no sketch of it is kept. */
export const raidOf = (siteId: string, commentId: string) =>
  sql<
    number | null
  >`(select raid from sketch where site_id = ${siteId} and comment_id = ${commentId} limit 1)`

/** Whether two texts say nearly the same, by their sketches. */
export const areAlike = (one: number[], other: number[]): boolean =>
  one.filter((band, at) => other[at] === band).length >= shared

/**
 * How many other comments of the last hours say nearly the same, wherever on the site and whoever wrote them, and the raid
 * that they are. Looks at the 200 newest of each band.
 *
 * A raid has the name of its oldest comment found; one that finds none takes its own least band for a name. Copies that come at
 * the same moment, none of which sees the others yet, so mostly have one name too, and nothing needs to be renamed or locked.
 */
export async function findCopies(
  db: Database,
  siteId: string,
  about: { bands: number[]; hours: number; exceptId: string | null },
): Promise<{ copies: number; raid: number }> {
  const since = new Date(Date.now() - about.hours * 3600_000)
  const { rows: found } = await sql<{ copies: number; raid: number | null }>`
    select count(*)::int as copies, (array_agg(raid order by comment_id))[1] as raid from (
      select near.comment_id, min(near.raid) as raid
      from unnest(${about.bands}::bigint[]) as wanted (band)
      cross join lateral (
        select comment_id, raid, created_at from sketch
        where sketch.site_id = ${siteId} and sketch.band = wanted.band
        order by comment_id desc limit ${mostLooked}
      ) as near
      where near.created_at > ${since} and near.comment_id is distinct from ${about.exceptId}::uuid
      group by near.comment_id having count(*) >= ${shared}
    ) as alike
  `.execute(db)
  const { copies, raid } = found[0] ?? { copies: 0, raid: null }
  return { copies, raid: raid ?? ownRaid(about.bands) }
}

/** The name of a raid that a text is the first of. */
export const ownRaid = (bands: number[]): number => Math.min(...bands)

/** Deleted in one transaction, so that none takes long. */
const batch = 5000

/** Deletes the sketches that no rule looks at any more: those older than three days. */
export async function deleteOldSketches(db: Database): Promise<void> {
  for (let deleted = batch; deleted === batch;) {
    const { numAffectedRows } = await sql`
      delete from sketch where (site_id, band, comment_id) in (
        select site_id, band, comment_id from sketch
        where created_at < now() - interval '72 hours' limit ${batch} for update skip locked
      )
    `.execute(db)
    deleted = Number(numAffectedRows ?? 0)
  }
}
