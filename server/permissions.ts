import type { BanWay } from '../core/contract/moderation.ts'
import type { CommentRow } from './database/schema.ts'
import type { Actor } from './people/index.ts'

/**
 * Who may do what. Routes, socket and views ask here and nowhere else. An actor is null when nobody is signed in;
 * what that person could do after signing in is answered with yes where a screen should offer it.
 */
type Comment = Pick<CommentRow, 'author_id'> & { shown: boolean; withdrawn: boolean }
/**
 * A case to be decided. `decidedBy`: who took the decision that is looked at again, and who proposed it, where there was an
 * appeal or an objection.
 */
export interface Subject {
  author_id: string
  escalated: boolean
  decidedBy?: readonly (string | null)[]
}
type Withdrawn = Comment & { withdrawnAt: Date | null }

const staff = new Set<Actor['role']>(['moderator', 'lead', 'publisher', 'operator'])
/** The roles of those who lead the moderation of a site. */
export const leadRoles = ['lead', 'publisher', 'operator'] as const satisfies readonly Actor['role'][]
const leads = new Set<Actor['role']>(leadRoles)
const isAuthor = (actor: Actor | Pick<Actor, 'id'> | null, comment: Comment) =>
  actor?.id === comment.author_id

const undoWindow = 10 * 60_000

/** Until when the withdrawal of a comment can be undone; null for one that is not withdrawn. */
export const restorableUntil = ({ withdrawnAt }: { withdrawnAt: Date | null }): Date | null =>
  withdrawnAt && new Date(withdrawnAt.getTime() + undoWindow)

export const may = {
  /*                     who                                        on what */
  reply: (comment: Comment) => comment.shown,
  report: (actor: Pick<Actor, 'id'> | null, comment: Comment) => comment.shown && !isAuthor(actor, comment),
  edit: (actor: Pick<Actor, 'id'> | null, comment: Comment) => isAuthor(actor, comment) && !comment.withdrawn,
  withdraw: (actor: Pick<Actor, 'id'> | null, comment: Comment) =>
    isAuthor(actor, comment) && !comment.withdrawn,
  restore: (actor: Pick<Actor, 'id'> | null, comment: Withdrawn, now: Date) =>
    isAuthor(actor, comment) && now < (restorableUntil(comment) ?? now),
  readOwn: (actor: Pick<Actor, 'id'> | null, comment: Comment) => isAuthor(actor, comment),
  moderate: (actor: Actor | null) => actor !== null && staff.has(actor.role),
  /** The sections that somebody's moderating is limited to; null: none, which those who lead never are. */
  moderateOnly: (actor: Pick<Actor, 'role' | 'sections'>) =>
    actor.role === 'moderator' ? actor.sections : null,
  /** What was left to those who lead is theirs; nobody judges their own words, or again what they decided themselves. */
  decide: (actor: Actor, one: Subject) =>
    actor.id !== one.author_id &&
    !one.decidedBy?.includes(actor.id) &&
    (!one.escalated || leads.has(actor.role)),
  /** To a decision of others: somebody who leads judges it then. */
  object: (actor: Actor, one: Omit<Subject, 'escalated'>) => may.decide(actor, { ...one, escalated: false }),
  /** What a ban of the actor's comes to: where it wants two people, nobody confirms what they proposed. */
  ban: (actor: Actor, one: { twoPeople: boolean; proposedBy: string | null }): BanWay | null => {
    if (one.proposedBy === null) return one.twoPeople ? 'propose' : 'ban'
    if (one.proposedBy !== actor.id) return 'confirm'
    return one.twoPeople ? null : 'ban'
  },
  /** Those who moderate a site are not sanctioned by each other. */
  beSanctioned: (role: Actor['role']) => !staff.has(role),
  /** Sees and changes what the site asks of comments. */
  lead: (actor: Actor | null) => actor !== null && leads.has(actor.role),
  /** Where a change of the rules wants two people, nobody confirms their own; who made it may take it back. */
  confirmRules: (actor: Actor, change: { made_by: string | null }) =>
    may.lead(actor) && actor.id !== change.made_by,
  dropRules: (actor: Actor) => may.lead(actor),
  postUnscreened: (actor: Pick<Actor, 'role'>) => staff.has(actor.role),
  /** A guest, for as long as the site takes guests. */
  write: (actor: Pick<Actor, 'role'>, site: { takesGuests: boolean }) =>
    actor.role !== 'guest' || site.takesGuests,
  /** What a guest writes waits for a moderator; a count, or where a thread stands, would not. */
  react: (actor: Pick<Actor, 'role'>) => actor.role !== 'guest',
  /** By who opened the thread, but a guest; by moderators, in the sections that are theirs. */
  reattach: (actor: Actor | null, thread: { created_by: string }, isTheirs: boolean) =>
    actor !== null &&
    ((actor.id === thread.created_by && actor.role !== 'guest') || may.mark(actor, isTheirs)),
  mark: (actor: Actor | null, isTheirs: boolean) => actor !== null && staff.has(actor.role) && isTheirs,
  follow: (actor: Pick<Actor, 'id'>, thread: { created_by: string; shown: boolean }) =>
    thread.shown || actor.id === thread.created_by,
  publish: (actor: Pick<Actor, 'role'> | null) => actor?.role === 'publisher' || actor?.role === 'operator',
  /** Gives somebody on the site a role in place of another. Operators are made, and changed, on the command line. */
  appoint: (actor: Pick<Actor, 'role'>, { from, to }: Record<'from' | 'to', Actor['role']>) =>
    may.publish(actor) && from !== 'operator' && to !== 'operator',
  /** No site is left without anybody who leads it, or who publishes: by the roles of those who stay. */
  leave: (role: Actor['role'], others: Actor['role'][]) =>
    (!leads.has(role) || others.some((other) => leads.has(other))) &&
    (!may.publish({ role }) || others.some((other) => may.publish({ role: other }))),
  reverse: (actor: Actor, decision: { decided_by: string }) => decision.decided_by === actor.id,
}
