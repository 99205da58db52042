import type { Database } from '../../database/connect.ts'
import type { Learnt } from './judge.ts'
import { weightsOf } from './model.ts'
import { loadModel } from './store.ts'

/** What a model must have learnt from before it is used: so many decisions, and so many of each kind. */
export const needed = { decisions: 200, ofEach: 30 }

export const isReady = ({ stands, falls }: { stands: number; falls: number }): boolean =>
  stands + falls >= needed.decisions && Math.min(stands, falls) >= needed.ofEach

type Model = Omit<Learnt, 'holdAt'>

/** Half a megabyte each. */
const mostInMemory = 50

/** The model of each site as it is used. A version never changes. The one used last stands last. */
const inMemory = new Map<string, { version: number; model: Promise<Model> }>()

/** The model of a site that learns, as the database has it now. */
export interface Learning {
  version: number
  /** Percent; null: it only orders. */
  holdAt: number | null
  stands: number
  falls: number
}

/**
 * What was learnt on a site, to judge comments by; null where that is turned off, or too little was decided. A new version's weights
 * are read once.
 */
export async function learntFrom(
  db: Database,
  siteId: string,
  learning: Learning | null,
): Promise<Learnt | null> {
  if (!learning || !isReady(learning)) return null
  const model = await remembered(db, siteId, learning.version)
  // It may have been forgotten between the two queries.
  return isReady(model) ? { ...model, holdAt: learning.holdAt === null ? null : learning.holdAt / 100 } : null
}

async function remembered(db: Database, siteId: string, version: number): Promise<Model> {
  const known = inMemory.get(siteId)
  const one = known?.version === version ? known : { version, model: read(db, siteId, version) }
  inMemory.delete(siteId)
  inMemory.set(siteId, one)
  const [oldest] = inMemory.keys()
  if (inMemory.size > mostInMemory && oldest !== undefined) inMemory.delete(oldest)
  try {
    return await one.model
  } catch (error) {
    inMemory.delete(siteId)
    throw error
  }
}

async function read(db: Database, siteId: string, version: number): Promise<Model> {
  const { model, words, recent } = await loadModel(db, siteId, version)
  return { weights: weightsOf(model), stands: model.stands, falls: model.falls, words, recent }
}
