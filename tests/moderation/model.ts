import type { RevisionState } from '../../core/contract/moderation.ts'

/** The reference: what comments, cases and decisions do, in the words of docs/moderating.md, with nothing of the server. */

export type Staff = 'mo' | 'lea'
export type Person = 'author' | 'reader' | Staff
export const actions = ['approve', 'reject', 'warn', 'time_out', 'ban', 'hold', 'escalate'] as const
export type Deed = (typeof actions)[number]

interface Revision {
  /** The one word that stands in this text and in no other. */
  token: string
  state: RevisionState
  withdrawnFrom: RevisionState | null
}

/**
 * What a deed comes to; and what takes an appeal, kept with the case, since what was decided before an answer cannot be
 * undone.
 */
type Verdict = Deed | 'propose_ban' | 'uphold_appeal' | 'dismiss_appeal' | 'object'

interface Decision {
  id: string
  by: Staff
  deed: Verdict
  comment: Comment
  case: Case
  revision: number
  before: RevisionState
  undone: boolean
  /** By a verdict about an objection, while that stands. */
  replaced: boolean
  appealed: boolean
  /** Of a ban that somebody else proposed. */
  proposedBy: Staff | null
  /** The decision that it takes the place of, since somebody objected to it. */
  replaces: Decision | null
}

export interface Case {
  status: 'open' | 'decided' | 'withdrawn'
  version: number
  revision: number
  decisions: Decision[]
  /** The decision that an appeal which waits is about. */
  appeal: Decision | null
  /** The decision that somebody objected to, until there is a new one. */
  objectedTo: Decision | null
  /** Left to those who lead when that was decided. */
  inherited: boolean
}

export interface Comment {
  id: string
  threadId: string
  revisions: Revision[]
  cases: Case[]
  /** All that was ever decided about it, in that order. */
  said: Decision[]
  reports: Set<string>
}

const after: Record<Verdict, RevisionState | null> = {
  approve: 'APPROVED',
  reject: 'REJECTED',
  warn: 'REJECTED',
  time_out: 'REJECTED',
  ban: 'REJECTED',
  hold: 'HELD',
  escalate: null,
  uphold_appeal: 'APPROVED',
  dismiss_appeal: null,
  propose_ban: 'HELD',
  object: null,
}
const leavesOpen = new Set<Verdict>(['hold', 'escalate', 'propose_ban', 'object'])
const closes = (deed: Verdict) => !leavesOpen.has(deed)
const standing = (one: Case, deed: Verdict) =>
  one.decisions.filter((decision) => decision.deed === deed && !decision.undone)

export const newest = (comment: Comment): Revision => {
  const revision = comment.revisions.at(-1)
  if (!revision) throw new Error('a comment without a text')
  return revision
}
/** Withdrawn or erased: nothing is left for its author to do. */
const isGone = (comment: Comment) => ['WITHDRAWN', 'ERASED'].includes(newest(comment).state)
const openCase = (comment: Comment) => comment.cases.find(({ status }) => status === 'open')

/** The number of the text that readers see: the newest that does not wait, if nothing was said against it. */
export function shown(comment: Comment): number | null {
  const at = comment.revisions.findLastIndex(({ state }) => state !== 'HELD')
  const state = comment.revisions[at]?.state
  return state === 'LIVE' || state === 'APPROVED' ? at + 1 : null
}
/** The ban that is proposed in a case: for as long as the case is open, it waits for somebody else. */
export const proposal = (one: Case) => standing(one, 'propose_ban').at(-1) ?? null
export const isEscalated = (one: Case) =>
  one.inherited ||
  proposal(one) !== null ||
  standing(one, 'escalate').length + standing(one, 'object').length > 0
export const passedBy = (one: Case) => new Set(standing(one, 'hold').map(({ by }) => by))

/** One author's comments in one article, and what moderators do with them. Each deed answers the status it must have. */
export class Model {
  readonly comments: Comment[] = []
  readonly decisions: Decision[] = []
  /** Comments of the author's that stand elsewhere: without one, what they write is held. */
  readonly elsewhere: number
  /** By a rule of the site's, all that is written in the article is looked at first. */
  isSensitive = false
  /** By another one, nobody bans alone. */
  twoPeople = false

  constructor(elsewhere: number) {
    this.elsewhere = elsewhere
  }

  #sanctioned = (deed: 'ban' | 'time_out') =>
    this.decisions.some((decision) => decision.deed === deed && !decision.undone && !decision.replaced)

  #holds(word: boolean): boolean {
    const stood = this.elsewhere + this.comments.filter((comment) => shown(comment) !== null).length
    return word || this.isSensitive || this.#sanctioned('time_out') || stood === 0
  }

  post(token: string, word: boolean, parent: Comment | null, name: (comment: Comment) => void): number {
    if (this.#sanctioned('ban')) return 403
    if (parent && shown(parent) === null) return 409
    const state = this.#holds(word) ? 'HELD' : 'LIVE'
    const comment: Comment = {
      id: '',
      threadId: '',
      revisions: [{ token, state, withdrawnFrom: null }],
      cases: [],
      said: [],
      reports: new Set(),
    }
    if (state === 'HELD') this.#open(comment, 1)
    this.comments.push(comment)
    name(comment)
    return 201
  }

  edit(by: 'author' | Staff, comment: Comment, token: string, word: boolean, stale: boolean): number {
    if (by !== 'author' || this.#sanctioned('ban')) return 403
    if (stale || isGone(comment)) return 409
    const settled = comment.revisions.findLast(({ state }) => state !== 'HELD')
    const before = openCase(comment)
    const isHeld = before !== undefined && (passedBy(before).size > 0 || proposal(before) !== null)
    const looked = this.#holds(word) || settled?.state === 'REJECTED' || isHeld
    const state = looked ? 'HELD' : 'LIVE'
    comment.revisions.push({ token, state, withdrawnFrom: null })
    const open = openCase(comment)
    if (open) this.#move(open, comment.revisions.length)
    else if (state === 'HELD') this.#open(comment, comment.revisions.length)
    return 200
  }

  withdraw(by: 'author' | Staff, comment: Comment): number {
    if (by !== 'author') return 403
    const latest = newest(comment)
    if (isGone(comment)) return 409
    const open = openCase(comment)
    // An appeal waits on: a decision can mean something for its author beyond the comment.
    if (open && !open.appeal) Object.assign(open, { status: 'withdrawn', version: open.version + 1 })
    Object.assign(latest, { state: 'WITHDRAWN', withdrawnFrom: latest.state })
    return 204
  }

  restore(by: 'author' | Staff, comment: Comment): number {
    if (by !== 'author') return 403
    const latest = newest(comment)
    if (latest.state !== 'WITHDRAWN' || latest.withdrawnFrom === null) return 409
    const closed = comment.cases.find(({ status }) => status === 'withdrawn')
    if (closed) Object.assign(closed, { status: 'open', version: closed.version + 1 })
    Object.assign(latest, { state: latest.withdrawnFrom, withdrawnFrom: null })
    return 200
  }

  /** By who runs the server: all that the comment ever said, with the case and the appeal that wait. */
  erase(comment: Comment): boolean {
    if (newest(comment).state === 'ERASED') return false
    for (const revision of comment.revisions)
      Object.assign(revision, { state: 'ERASED', withdrawnFrom: null })
    const open = openCase(comment)
    if (open) Object.assign(open, { status: 'withdrawn', version: open.version + 1, appeal: null })
    return true
  }

  report(by: Person, comment: Comment): number {
    const revision = shown(comment)
    if (revision === null) return 404
    if (by === 'author') return 403
    const known = `${by} ${revision}`
    if (comment.reports.has(known)) return 204
    comment.reports.add(known)
    const open = openCase(comment)
    if (open) this.#move(open, Math.max(open.revision, revision))
    else this.#open(comment, revision)
    return 204
  }

  decide(
    by: 'author' | Staff,
    comment: Comment,
    one: Case,
    deed: Deed,
    stale: boolean,
    id: () => string,
  ): number {
    if (by === 'author') return 403
    if (one.status !== 'open' || stale) return 409
    if (by === 'mo' && isEscalated(one) && deed !== 'escalate') return 403
    const objected = one.objectedTo
    if (objected && (by === objected.by || by === objected.proposedBy)) return 403
    if (one.appeal && deed !== 'escalate') return 400
    const proposed = deed === 'ban' ? proposal(one) : null
    if (proposed?.by === by && this.twoPeople) return 403
    const verdict: Verdict = deed === 'ban' && this.twoPeople && !proposed ? 'propose_ban' : deed
    const revision = comment.revisions[one.revision - 1]
    if (!revision) throw new Error('a case about nothing')
    const decision = {
      by,
      deed: verdict,
      comment,
      case: one,
      revision: one.revision,
      before: revision.state,
      undone: false,
      replaced: false,
      appealed: false,
      proposedBy: proposed && proposed.by !== by ? proposed.by : null,
      replaces: closes(verdict) ? objected : null,
    }
    revision.state = after[verdict] ?? revision.state
    one.version += 1
    if (closes(verdict)) Object.assign(one, { status: 'decided', objectedTo: null })
    if (decision.replaces) decision.replaces.replaced = true
    this.#say({ ...decision, id: id() })
    return 201
  }

  /** To what others decided last about the comment, once in a case: it waits for who leads, and stays as it is. */
  object(by: 'author' | Staff, comment: Comment, one: Case, stale: boolean, id: () => string): number {
    if (by === 'author') return 403
    const last = comment.said.findLast(({ undone }) => !undone)
    const fits =
      last?.case === one &&
      after[last.deed] !== null &&
      closes(last.deed) &&
      last.deed !== 'uphold_appeal' &&
      standing(one, 'object').length === 0 &&
      one.revision === comment.revisions.length &&
      newest(comment).state === after[last.deed] &&
      !openCase(comment)
    if (!fits) return 409
    if (by === last.by || by === last.proposedBy) return 403
    if (stale) return 409
    Object.assign(one, { status: 'open', version: one.version + 1, objectedTo: last })
    const { state: before } = newest(comment)
    const made = { ...last, id: id(), by, deed: 'object' as const, before, appealed: false, proposedBy: null }
    this.#say({ ...made, replaced: false, replaces: null })
    return 201
  }

  #say(made: Decision): void {
    made.case.decisions.push(made)
    made.comment.said.push(made)
    if (made.id !== '') this.decisions.push(made)
  }

  /** Only one's own, only the last of its case, only while the comment is as the decision left it, and once. */
  reverse(by: 'author' | Staff, decision: Decision): number {
    if (by !== decision.by) return 403
    const { comment, case: one, deed } = decision
    const fits =
      !decision.undone &&
      decision.revision === comment.revisions.length &&
      newest(comment).state === (after[deed] ?? decision.before) &&
      one.status === (closes(deed) ? 'decided' : 'open') &&
      comment.cases.every((other) => other === one || other.status !== 'open') &&
      one.decisions.findLast(({ undone }) => !undone) === decision
    if (!fits) return 409
    decision.undone = true
    newest(comment).state = decision.before
    one.version += 1
    if (closes(deed)) Object.assign(one, { status: 'open', objectedTo: decision.replaces })
    if (decision.replaces) decision.replaces.replaced = false
    if (deed === 'object') Object.assign(one, { status: 'decided', objectedTo: null })
    return 201
  }

  /** Once for each rejection that stands, the last one. */
  appeal(by: 'author' | Staff, comment: Comment): number {
    if (by !== 'author') return 403
    if (isGone(comment)) return 409
    const last = this.decisions.findLast(
      ({ deed, ...decision }) =>
        decision.comment === comment && after[deed] === 'REJECTED' && !decision.undone && !decision.replaced,
    )
    if (!last || last.appealed) return 409
    last.appealed = true
    const open = openCase(comment)
    if (open) this.#move(open, Math.max(open.revision, last.revision))
    const one = open ?? this.#open(comment, last.revision)
    one.appeal = last
    one.inherited ||= isEscalated(last.case)
    return 201
  }

  /** By somebody else than who decided, or proposed it; a newer text goes on waiting. */
  answer(by: 'author' | Staff, comment: Comment, one: Case, upheld: boolean, stale: boolean): number {
    if (by === 'author') return 403
    if (one.status !== 'open' || stale) return 409
    const first = one.appeal
    if (!first) return 400
    if (by === 'mo' && isEscalated(one)) return 403
    if (by === first.by || by === first.proposedBy) return 403
    const text = comment.revisions[first.revision - 1]
    const waits = one.revision !== first.revision && comment.revisions[one.revision - 1]?.state === 'HELD'
    if (!text) throw new Error('an appeal about nothing')
    const deed = upheld ? ('uphold_appeal' as const) : ('dismiss_appeal' as const)
    this.#say({ ...first, id: '', by, deed, case: one, before: text.state, undone: false })
    Object.assign(one, {
      appeal: null,
      objectedTo: null,
      version: one.version + 1,
      ...(!waits && { status: 'decided' }),
    })
    if (!upheld) return 201
    first.undone = true
    if (text.state === 'REJECTED') text.state = 'APPROVED'
    if (text.withdrawnFrom === 'REJECTED') text.withdrawnFrom = 'APPROVED'
    return 201
  }

  #open(comment: Comment, revision: number): Case {
    const one: Case = {
      status: 'open',
      version: 1,
      revision,
      decisions: [],
      appeal: null,
      objectedTo: null,
      inherited: false,
    }
    comment.cases.push(one)
    return one
  }

  #move(one: Case, revision: number): void {
    one.version += 1
    // What was objected to was decided about the older text.
    if (revision > one.revision) one.objectedTo = null
    one.revision = revision
  }

  /** What everybody may read now. */
  public(): Set<string> {
    return new Set(
      this.comments.flatMap((comment) => comment.revisions[(shown(comment) ?? 0) - 1]?.token ?? []),
    )
  }

  /** What the author reads: of their own comments the newest text, unless they withdrew it. */
  own(): Set<string> {
    const there = this.comments.filter((comment) => !isGone(comment))
    return new Set(there.map((comment) => newest(comment).token))
  }

  /** What the history of a comment gives to everybody: texts that stood, of a comment that stands. */
  history(comment: Comment): Set<string> {
    if (shown(comment) === null) return new Set()
    const stood = comment.revisions.filter(({ state }) => state === 'LIVE' || state === 'APPROVED')
    return new Set(stood.map(({ token }) => token))
  }
}
