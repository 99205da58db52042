import type { CaseView } from '../../core/contract/moderation.ts'
import type { Database } from '../database/connect.ts'
import type { CaseRow } from '../database/schema.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import { verdictOf } from './actions.ts'
import type { Made } from './decisions.ts'
import { countInRecords } from './record.ts'
import { lift, reimpose } from './sanctions.ts'

/** A decision as it is judged again. */
export async function decisionOf(tx: Database, siteId: string, decisionId: string) {
  return await tx
    .selectFrom('decision')
    .select(['id', 'action', 'decided_by', 'proposed_by'])
    .where('site_id', '=', siteId)
    .where('id', '=', decisionId)
    .executeTakeFirstOrThrow()
}

type Objected = Awaited<ReturnType<typeof decisionOf>>
type About = Parameters<typeof countInRecords>[1]

/** Takes back what a decision meant, since another one takes its place. */
export async function replace(tx: Database, about: About, { id, action }: Objected): Promise<void> {
  await countInRecords(tx, about, action, -1)
  await lift(tx, about.siteId, id)
}

/** Gives a decision its meaning back, since the one that took its place was undone: it is objected to as before. */
export async function reinstate(tx: Database, about: About, replacedId: string, by: string): Promise<void> {
  // Only one decision takes another one back, and the next one about the objection will.
  await tx
    .updateTable('decision')
    .set({ reverses: null })
    .where('site_id', '=', about.siteId)
    .where('id', '=', by)
    .execute()
  const { action } = await decisionOf(tx, about.siteId, replacedId)
  await countInRecords(tx, about, action, 1)
  await reimpose(tx, about.siteId, replacedId)
}

type Decided = Pick<Made, 'id' | 'case_id' | 'action' | 'reverses'>

/**
 * The decision that closed a case, if it is one that can be objected to: the last about its comment, no answer to an appeal,
 * and the first time.
 * @param decisions all about the comment, the first one first
 */
export function objectionable<T extends Decided>(decisions: T[], caseId: string): T | null {
  const undone = new Set(decisions.flatMap(({ action, reverses }) => (action === 'reverse' ? reverses : [])))
  const standing = decisions.filter(({ id, action }) => action !== 'reverse' && !undone.has(id))
  const last = standing.at(-1)
  if (last?.case_id !== caseId || verdictOf(last.action) === null || last.action === 'uphold_appeal')
    return null
  const isFirst = !standing.some(({ action, case_id }) => action === 'object' && case_id === caseId)
  return isFirst ? last : null
}

/** @returns who took a decision, and who proposed it: they do not judge it again */
export const takenBy = (one: Pick<Objected, 'decided_by' | 'proposed_by'> | null | undefined) =>
  one ? [one.decided_by, one.proposed_by] : []

/**
 * What a moderator sees of the objection in a case, and whether they can object to what closed it.
 * @param about all decisions about its comment, the first one first
 */
export function viewObjection(
  one: Pick<CaseRow, 'id' | 'status' | 'objected_to'> & { author_id: string },
  about: Made[],
  viewer: Actor,
): { objection: CaseView['objection']; canObject: boolean; decidedBy: (string | null)[] } {
  const to = about.find(({ id }) => id === one.objected_to)
  const by = about.findLast(({ action, case_id }) => action === 'object' && case_id === one.id)
  const last = one.status === 'decided' ? objectionable(about, one.id) : null
  const subject = { author_id: one.author_id, decidedBy: takenBy(last) }
  return {
    objection: to && by ? view(by, to) : null,
    canObject: last !== null && may.object(viewer, subject),
    decidedBy: takenBy(to),
  }
}

const view = (by: Made, to: Made): NonNullable<CaseView['objection']> => ({
  ...{ decisionId: by.id, by: by.name, note: by.note, at: by.created_at.toISOString() },
  to: { action: to.action, reason: to.reason, by: to.name },
})
