import type { CasePage, CaseView } from '../../core/contract/moderation.ts'

/** A queue as a moderator has it on screen, and what is known of the cases that this window has decided. */
export interface Shown {
  cases: readonly CaseView[]
  /** The case under the moderator's hands. */
  inHand: string | null
  /** The cases that came back with a message: they stay until they were looked at. */
  returned: { has(id: string): boolean }
  /** The version up to which a case was dealt with here; what the server read before that is old. */
  settled: { get(id: string): number | undefined }
  /** Up to when due the queue was read; null where it was read to its end. What is due later is not new here. */
  end: string | null
}

export interface Merged {
  cases: CaseView[]
  /** Those that were not on screen before. */
  arrived: string[]
  /** What became of the case in hand while it is shown as it was: nothing, gone from the queue, or changed. */
  meanwhile: 'same' | 'gone' | CaseView
}

/**
 * Takes a page of the queue into what is on screen: nothing on screen changes its place, the case in hand does not
 * change at all but in the numbers of its raid, what is no longer waiting goes, what is new comes below.
 * @param page the first page of the queue, the most urgent first
 */
export function merge(shown: Shown, page: CasePage): Merged {
  const fresh = page.cases.filter((one) => one.version > (shown.settled.get(one.id) ?? 0))
  const now = new Map(fresh.map((one) => [one.id, one]))
  const isGone = (one: CaseView) => !now.has(one.id) && (page.next === null || !isBeyond(page, one))

  const known = new Set(shown.cases.map((one) => one.id))
  /** What stands for a raid now, in the place of what stood for it. */
  const successors = new Map(
    shown.cases.flatMap((one) => {
      const next =
        one.raid === null || now.has(one.id) ? undefined : fresh.find((other) => isSameRaid(one, other))
      return next && !known.has(next.id) ? [[one.id, next]] : []
    }),
  )
  const latestOf = (one: CaseView) => now.get(one.id) ?? successors.get(one.id)
  const kept = shown.cases.flatMap((one) => {
    const latest = latestOf(one)
    if (one.id === shown.inHand) return [latest && isSame(one, latest) ? withRaidOf(one, latest) : one]
    if (!latest && isGone(one)) return shown.returned.has(one.id) ? [one] : []
    return [latest ?? one]
  })
  const replacing = new Set([...successors.values()])
  const added = fresh.filter((one) => !known.has(one.id) && !replacing.has(one))
  const hand = shown.cases.find((one) => one.id === shown.inHand)
  const arrived = added.filter(({ dueAt }) => shown.end === null || dueAt <= shown.end)
  return { cases: [...kept, ...added], arrived: arrived.map(({ id }) => id), meanwhile: fate(hand) }

  function fate(hand: CaseView | undefined): Merged['meanwhile'] {
    if (!hand) return 'same'
    const latest = latestOf(hand)
    if (!latest) return isGone(hand) ? 'gone' : 'same'
    return isSame(hand, latest) ? 'same' : latest
  }
}

/** Whether both stand for the same raid. */
const isSameRaid = (one: CaseView, other: CaseView): boolean =>
  one.raid !== null && one.raid.name === other.raid?.name && one.can.decide === other.can.decide

/** Whether a case is what it was: what is decided of it is the same, of itself or of a raid. */
const isSame = (one: CaseView, latest: CaseView): boolean =>
  latest.id === one.id &&
  latest.version === one.version &&
  latest.comment.revision === one.comment.revision &&
  (latest.raid === null) === (one.raid === null)

/** The same case with its raid as it is now: it may grow and shrink while it is in hand. */
const withRaidOf = (one: CaseView, { raid }: CaseView): CaseView =>
  JSON.stringify(raid) === JSON.stringify(one.raid) ? one : { ...one, raid }

/** Takes a later page of the queue in: what is known is brought up to date in its place, the rest comes below. */
export function extend(
  { cases, inHand, settled }: Pick<Shown, 'cases' | 'inHand' | 'settled'>,
  page: CasePage,
): CaseView[] {
  const fresh = page.cases.filter((one) => one.version > (settled.get(one.id) ?? 0))
  const now = new Map(fresh.map((one) => [one.id, one]))
  const known = new Set(cases.map((one) => one.id))
  return [
    ...cases.map((one) => (one.id === inHand ? one : (now.get(one.id) ?? one))),
    ...fresh.filter((one) => !known.has(one.id)),
  ]
}

/** How far the queue was read, and where the next page begins. */
export interface End {
  due: string
  cursor: string
}

/**
 * How far the queue was read once this page was, or null for to its end.
 * @param before how far it was read before, where that counts
 * @param isMore whether the server counts cases that are in no page so far
 */
export function endAfter(page: CasePage, before: End | null | undefined, isMore: boolean): End | null {
  const due = page.cases.at(-1)?.dueAt
  if (page.next === null || due === undefined || (before === null && !isMore)) return null
  return before && before.due > due ? before : { due, cursor: page.next }
}

/** Whether a case is due no sooner than the last of the page, so that its absence there says nothing. */
function isBeyond(page: CasePage, one: CaseView): boolean {
  const last = page.cases.at(-1)
  return last !== undefined && one.dueAt >= last.dueAt
}

/**
 * @returns the case to take in hand when the one at `index` leaves: the first from there that the viewer may decide,
 *   else the one that moves up, or the last
 */
export function successor(cases: readonly CaseView[], index: number): string | null {
  const mine = cases.find(({ can }, at) => at >= index && can.decide)
  return (mine ?? cases[index] ?? cases.at(-1))?.id ?? null
}
