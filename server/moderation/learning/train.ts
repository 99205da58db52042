import { sql } from 'kysely'
import type { Action } from '../../../core/contract/moderation.ts'
import type { Signal } from '../../../core/contract/signal.ts'
import type { TextBlock } from '../../../core/contract/text.ts'
import type { Database } from '../../database/connect.ts'
import { firstIdAt } from '../../database/ids.ts'
import { toPlainText } from '../../text/index.ts'
import { verdictOf } from '../actions.ts'
import { factsOf, featuresOf } from './features.ts'
import { learn } from './model.ts'
import { keepModel, loadModel, nothing, settingsOf, type Progress } from './store.ts'
import { countWords } from './words.ts'

/** So many guesses are kept to judge a model by. */
const measured = 500
/** Learnt in one go: some milliseconds, then requests have their turn. */
const batch = 50
/** A model that begins anew learns from so many decisions at the most, the last ones. */
const mostDecisions = 20_000

/** Milliseconds until a decision is learnt: most of what is undone is undone until then, and all is committed. */
const settling = 30_000
/** So many sites at once; the others come a minute later. */
const mostSites = 500

/** Sites where something was decided that their models do not know, and that learn: one look at an index for each. */
export async function sitesToLearn(db: Database, now = Date.now()): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select site.id from site
    left join learning on learning.site_id = site.id
    left join model on model.site_id = site.id and model.version = learning.version
    cross join lateral (
      select from decision
      where decision.site_id = site.id and decision.id < ${firstIdAt(now - settling)}
        and decision.id > coalesce(model.last_decision, learning.forgotten, ${firstIdAt(0)})
      order by decision.id limit 1
    ) as unknown
    where learning.is_on is distinct from false
    limit ${mostSites}
  `.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Learns from what was decided on a site since it last did, and keeps the result as a new version: broken off at any time,
 * it does the same again. What was undone, and texts that were withdrawn or erased, are left out. Where a decision was
 * undone that is learnt already, a model begins anew, since no step of it can be taken back.
 */
export async function learnFromDecisions(db: Database, siteId: string, now = Date.now()): Promise<void> {
  const settings = await settingsOf(db, siteId)
  const until = await lastDecision(db, siteId, firstIdAt(now - settling))
  if (!settings.isOn || until === null) return
  const kept = await loadModel(db, siteId, settings.version)
  const goesOn = kept.lastDecision !== null && !(await isUndone(db, siteId, kept.lastDecision, until))
  const from = goesOn ? kept.lastDecision : await beginning(db, siteId, settings.forgotten)
  if (from !== null && until <= from) return
  const progress = goesOn ? kept : nothing()
  await learnBetween(db, siteId, progress, from ?? firstIdAt(0), until)
  await keepModel(db, siteId, settings.version, progress, until)
}

async function learnBetween(
  db: Database,
  siteId: string,
  progress: Progress,
  from: string,
  until: string,
): Promise<void> {
  for (let after = from; ;) {
    const lessons = await readLessons(db, siteId, after, until)
    for (const lesson of lessons) learnOne(progress, lesson)
    const last = lessons.at(-1)
    if (!last || lessons.length < batch) return
    after = last.id
  }
}

/** The decisions that say of a comment that it stands or falls. */
const teaching: Action[] = ['approve', 'reject', 'warn', 'time_out', 'ban', 'uphold_appeal']

/** What a decision teaches: a text, what was known beside it, and what was decided. */
interface Lesson {
  body: TextBlock[]
  author: string
  signals: Signal[]
  fell: boolean
}

function learnOne(progress: Progress, { body, author, signals, fell }: Lesson): void {
  const features = featuresOf(toPlainText(body), factsOf(signals))
  const guess = learn(progress.model, features, fell)
  countWords(progress.words, features, { author, fell })
  progress.recent = [
    ...progress.recent.slice(1 - measured),
    [Math.round(guess * 10_000) / 10_000, fell ? 1 : 0],
  ]
}

async function readLessons(
  db: Database,
  siteId: string,
  after: string,
  until: string,
): Promise<(Lesson & { id: string })[]> {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('comment_revision as revision', (join) =>
      join
        .onRef('revision.site_id', '=', 'decision.site_id')
        .onRef('revision.comment_id', '=', 'decision.comment_id')
        .onRef('revision.number', '=', 'decision.revision'),
    )
    .innerJoin('comment', (join) =>
      join.onRef('comment.site_id', '=', 'decision.site_id').onRef('comment.id', '=', 'decision.comment_id'),
    )
    .select(['decision.id', 'decision.action', 'revision.body', 'revision.signals', 'comment.author_id'])
    .where('decision.site_id', '=', siteId)
    .where('decision.id', '>', after)
    .where('decision.id', '<=', until)
    .where('decision.action', 'in', teaching)
    .where('revision.state', 'not in', ['WITHDRAWN', 'ERASED'])
    .where('revision.body', 'is not', null)
    .where(
      sql<boolean>`not exists (
        select from decision as back where back.site_id = decision.site_id and back.reverses = decision.id
          -- Said twice, so that of the index over what was undone only this stretch is read.
          and back.reverses > ${after} and back.reverses <= ${until}
      )`,
    )
    .orderBy('decision.id')
    .limit(batch)
    .execute()
  return rows.map(({ id, action, body, signals, author_id }) => ({
    id,
    author: author_id,
    body: body ?? [],
    signals,
    fell: verdictOf(action) === 'falls',
  }))
}

async function lastDecision(db: Database, siteId: string, before: string): Promise<string | null> {
  const row = await db
    .selectFrom('decision')
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Whether one of the decisions up to `learnt` was undone after it. */
async function isUndone(db: Database, siteId: string, learnt: string, until: string): Promise<boolean> {
  const undone = await db
    .selectFrom('decision')
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', '>', learnt)
    .where('id', '<=', until)
    .where('reverses', '<=', learnt)
    .limit(1)
    .executeTakeFirst()
  return undone !== undefined
}

/** After which decision a new model begins. */
async function beginning(db: Database, siteId: string, forgotten: string | null): Promise<string | null> {
  const row = await db
    .selectFrom('decision')
    .select('id')
    .where('site_id', '=', siteId)
    .orderBy('id', 'desc')
    .offset(mostDecisions)
    .limit(1)
    .executeTakeFirst()
  const far = row?.id ?? null
  // Ids are in the order of time, and all of one form.
  return far === null || forgotten === null ? (far ?? forgotten) : far > forgotten ? far : forgotten
}
