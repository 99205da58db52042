import type { Member, NewStanding, Standing } from '../../core/contract/staff.ts'
import { toSection } from '../articles/index.ts'
import { appendAudit } from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import { fromCursor, toCursor } from '../http/page.ts'
import { fieldProblem, ProblemError } from '../http/problem.ts'
import { setRole, type Actor } from '../people/index.ts'
import { may } from '../permissions.ts'

/** A page of those who work for a site, in the order in which their accounts were made. */
export async function readMembers(
  db: Database,
  siteId: string,
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ members: Member[]; next: string | null }> {
  const after = fromCursor(cursor)
  const rows = await members(db, siteId)
    .where('role', '<>', 'reader')
    .$if(after !== undefined, (query) => query.where('membership.account_id', '>', after ?? ''))
    .orderBy('membership.account_id')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return {
    members: page.map((row) => view(row, actor)),
    next: rows.length > limit ? toCursor(page.at(-1)?.id ?? null) : null,
  }
}

const members = (db: Database, siteId: string) =>
  db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select(['account.id', 'account.name', 'account.email', 'membership.role', 'membership.sections'])
    .where('membership.site_id', '=', siteId)

const view = (row: Omit<Member, 'can'>, actor: Actor): Member => ({
  ...row,
  can: { change: may.appoint(actor, { from: row.role, to: row.role }) },
})

/**
 * Gives somebody who works for a site, or has, another role or other sections. As a reader they work for it no more.
 * @returns them as they are now
 * @throws ProblemError `not-found` for who never did; `not-allowed`; `invalid-field` naming the section that is none;
 *   `conflict`, with them as they are, where somebody was faster, or where nobody else could do what they do
 */
export async function changeStanding(
  db: Database,
  siteId: string,
  actor: Actor,
  accountId: string,
  wanted: NewStanding,
): Promise<Member> {
  const sections = sectionsFor(wanted)
  return await db.transaction().execute(async (tx) => {
    const staff = await lockMembers(tx, siteId, accountId)
    const now = staff.find(({ id }) => id === accountId)
    if (!now) throw new ProblemError('not-found', 'This account has never had a role here. Invite its owner.')
    if (!areSame(now, wanted.was))
      throw new ProblemError('conflict', 'Somebody else has changed this meanwhile. Yours is not saved.', {
        member: view(now, actor),
      })
    requireMay(actor, now, wanted.role, staff)
    if (areSame(now, { role: wanted.role, sections })) return view(now, actor)
    await setRole(tx, siteId, accountId, wanted.role, sections)
    await appendAudit(tx, {
      siteId,
      actorId: actor.id,
      action: 'set_role',
      subject: {
        account: accountId,
        role: wanted.role,
        before: now.role,
        sections: sections?.length ?? null,
      },
    })
    return view({ ...now, role: wanted.role, sections }, actor)
  })
}

const areSame = (one: Standing, other: Standing) =>
  one.role === other.role && JSON.stringify(one.sections) === JSON.stringify(other.sections)

/** All who work for a site, and one more: locked, so that of the last two who publish, the second to leave is still there. */
const lockMembers = (tx: Database, siteId: string, accountId: string) =>
  members(tx, siteId)
    .where((eb) => eb.or([eb('role', '<>', 'reader'), eb('membership.account_id', '=', accountId)]))
    // In one order with the erasure of accounts.
    .orderBy('membership.account_id')
    .forUpdate('membership')
    .execute()

/** @throws ProblemError `not-allowed`, `conflict` */
function requireMay(
  actor: Actor,
  { id, role: from }: Omit<Member, 'can'>,
  to: NewStanding['role'],
  staff: Omit<Member, 'can'>[],
): void {
  if (!may.appoint(actor, { from, to }))
    throw new ProblemError('not-allowed', 'Operators are made and changed on the command line.')
  const others = staff.filter((one) => one.id !== id).map(({ role }) => role)
  if (!may.leave(from, [to, ...others]))
    throw new ProblemError(
      'conflict',
      'Nobody else could publish this site, or lead its moderation. Give somebody else the role first.',
    )
}

/**
 * The sections of a role as they are kept.
 * @throws ProblemError `invalid-field` naming the one that is none
 */
export function sectionsFor({ role, sections }: Standing): string[] | null {
  if (role !== 'moderator' || sections === null) return null
  return sections.map((path, nth) => {
    const section = toSection(path)
    if (section === null)
      throw fieldProblem(`sections.${nth}`, `"${path}" is no beginning of a path, like /sport`)
    return section
  })
}
