import { v7 as uuid } from 'uuid'
import type { Learning, LearningSettings } from '../../../core/contract/learning.ts'
import { appendAudit } from '../../audit/index.ts'
import type { Database } from '../../database/connect.ts'
import type { Actor } from '../../people/index.ts'
import { telling } from './judge.ts'
import { aucOf, heldAt } from './measure.ts'
import { weightsOf } from './model.ts'
import { loadModel, settingsOf } from './store.ts'
import { isReady, needed } from './use.ts'

/** From how many percent on the console offers to hold; one set otherwise is shown beside them. */
const offered = [60, 70, 80, 90, 95]
/** So many words for rejecting are shown, and for approving. */
const shownWords = 12

/** What a site's model has learnt, how well it guesses, and how it is used. */
export async function viewLearning(db: Database, siteId: string): Promise<Learning> {
  const { isOn, holdAt, version } = await settingsOf(db, siteId)
  const { model, words, recent, learntAt } = await loadModel(db, siteId, version)
  const percents = [...new Set([...offered, ...(holdAt === null ? [] : [holdAt])])].toSorted((a, b) => a - b)
  return {
    on: isOn,
    holdAt,
    offered: percents,
    ready: isReady(model),
    needed,
    approved: model.stands,
    rejected: model.falls,
    version,
    learntAt: learntAt && learntAt.toISOString(),
    measured:
      recent.length === 0
        ? null
        : {
            decisions: recent.length,
            rejected: recent.filter(([, fell]) => fell === 1).length,
            auc: aucOf(recent),
            at: percents.map((percent) => ({ percent, ...heldAt(recent, percent / 100) })),
          },
    words: telling({ weights: weightsOf(model), words }, shownWords),
  }
}

/** Turns learning on or off, and says when it holds; both stand in the audit log. */
export async function changeLearning(
  db: Database,
  siteId: string,
  actor: Actor,
  { on, holdAt }: LearningSettings,
): Promise<void> {
  const values = { is_on: on, hold_at: holdAt }
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('learning')
      .values({ site_id: siteId, ...values })
      .onConflict((conflict) => conflict.column('site_id').doUpdateSet(values))
      .execute()
    const subject = { on: on ? 1 : 0, holdAt }
    await appendAudit(tx, { siteId, actorId: actor.id, action: 'change learning', subject })
  })
}

/** Forgets all that was learnt, and what was decided until now. */
export async function forgetLearnt(db: Database, siteId: string, actor: Actor): Promise<void> {
  // In the order of the decisions' ids, as one made now.
  const forgotten = uuid()
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('learning')
      .values({ site_id: siteId, forgotten, version: 1 })
      .onConflict((conflict) =>
        conflict
          .column('site_id')
          .doUpdateSet((eb) => ({ forgotten, version: eb('learning.version', '+', 1) })),
      )
      .execute()
    await tx.deleteFrom('model').where('site_id', '=', siteId).execute()
    await appendAudit(tx, { siteId, actorId: actor.id, action: 'forget learning', subject: { forgotten } })
  })
}
