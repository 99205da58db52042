import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Database } from '../../database/connect.ts'
import type { Guess } from '../../database/schema.ts'
import { slotCount } from './features.ts'
import { newModel, type Model } from './model.ts'
import { rowsOf, wordsIn, type CountedWords } from './words.ts'

const pack = promisify(deflateRaw)
const unpack = promisify(inflateRaw)

/** How many models of a site are kept: the last one is in use, the others are to look back at. */
const keptModels = 5

/** A site's settings of learning. */
export interface Settings {
  isOn: boolean
  /** From how many percent on a comment is held; null: never. */
  holdAt: number | null
  /** Decisions up to this one were forgotten. */
  forgotten: string | null
  version: number
}

/** All that training goes on from. */
export interface Progress {
  model: Model
  words: CountedWords
  /** The last guesses, oldest first. */
  recent: Guess[]
  lastDecision: string | null
  learntAt: Date | null
}

export async function settingsOf(db: Database, siteId: string): Promise<Settings> {
  const row = await db
    .selectFrom('learning')
    .select(['is_on', 'hold_at', 'forgotten', 'version'])
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  return {
    isOn: row?.is_on ?? true,
    holdAt: row?.hold_at ?? null,
    forgotten: row?.forgotten ?? null,
    version: row?.version ?? 0,
  }
}

/** What learning begins with. */
export const nothing = (): Progress => ({
  model: newModel(),
  words: new Map(),
  recent: [],
  lastDecision: null,
  learntAt: null,
})

/** Reads one of a site's models; what learning begins with where it is not there. */
export async function loadModel(db: Database, siteId: string, version: number): Promise<Progress> {
  const row = await db
    .selectFrom('model')
    .select(['weights', 'stands', 'falls', 'last_decision', 'recent', 'words', 'created_at'])
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) return nothing()
  const { z, n } = await unpacked(row.weights)
  return {
    model: { z, n, stands: row.stands, falls: row.falls },
    words: wordsIn(row.words),
    recent: row.recent,
    lastDecision: row.last_decision,
    learntAt: row.created_at,
  }
}

/**
 * Keeps a new version and puts it to use, unless the site's models were forgotten, or another was kept, meanwhile.
 * @param from the version that training went on from
 */
export async function keepModel(
  db: Database,
  siteId: string,
  from: number,
  { model, words, recent }: Progress,
  lastDecision: string,
): Promise<void> {
  const weights = await packed(model)
  await db.transaction().execute(async (tx) => {
    const version = from + 1
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('learning')
      .values({ site_id: siteId, version })
      .onConflict((conflict) =>
        conflict.column('site_id').doUpdateSet({ version }).where('learning.version', '=', from),
      )
      .executeTakeFirst()
    if (!numInsertedOrUpdatedRows) return
    await tx
      .insertInto('model')
      .values({
        site_id: siteId,
        version,
        weights,
        stands: model.stands,
        falls: model.falls,
        last_decision: lastDecision,
        recent: JSON.stringify(recent),
        words: JSON.stringify(rowsOf(words)),
      })
      .execute()
    await tx
      .deleteFrom('model')
      .where('site_id', '=', siteId)
      .where('version', '<=', version - keptModels)
      .execute()
  })
}

// As the machine has its numbers: all that Node runs on have the low byte first.
const packed = ({ z, n }: Model): Promise<Buffer> =>
  pack(Buffer.concat([Buffer.from(z.buffer), Buffer.from(n.buffer)]))

async function unpacked(weights: Buffer): Promise<{ z: Float32Array; n: Float32Array }> {
  const bytes = await unpack(weights)
  const numbers = new Float32Array(new Uint8Array(bytes).buffer)
  if (numbers.length !== 2 * slotCount) throw new Error('a model of another size is kept')
  return { z: numbers.slice(0, slotCount), n: numbers.slice(slotCount) }
}
