import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { BulkReversed } from '../../core/contract/bulk.ts'
import type { CasePage, CaseView, Claim, Decided } from '../../core/contract/moderation.ts'
import { comesTo, type Choice } from './choice.ts'
import { Claims } from './claims.ts'
import { chipsOf, isSame, type Wanted } from './filter.ts'
import type { BulkVerdict, Happening, Verdict } from './happening.ts'
import { endAfter, extend, merge, successor, type End, type Merged } from './merge.ts'
import type { Moderation } from './moderation.ts'

/** So many cases are in memory at the most; with so few left after the one in hand, the next page is read. */
const most = 10_000
const ahead = 20

/** The moderation queue of one site in one window: what waits, what is in hand, what was decided. */
export class Queue {
  /** Which of the site's queues is on screen, and what of it. */
  wanted = $state.raw<Wanted>({ queue: 'all', filter: {} })
  /** How much waits in each queue, and since when. */
  counts = $state.raw<CasePage['queues']>([])
  cases = $state.raw<readonly CaseView[]>([])
  /** The id of the case under the moderator's hands. */
  inHand = $state.raw<string | null>(null)
  phase = $state.raw<'loading' | 'ready' | 'failed'>('loading')
  /** Why the last reading failed. */
  failure = $state.raw<string | null>(null)
  /** What became of the case in hand while it stays on screen as it was. */
  meanwhile = $state.raw<Merged['meanwhile']>('same')
  /** The decisions that can be undone, the last one last. */
  verdicts = $state.raw<readonly (Verdict | BulkVerdict)[]>([])
  happening = $state.raw<Happening | null>(null)
  undoing = $state.raw(false)
  /** Cases that nobody has looked at in this window. */
  readonly arrived = new SvelteSet<string>()
  /** What the server said about cases that came back. */
  readonly notices = new SvelteMap<string, string>()
  /** What was typed about a case: kept until its decision is made. */
  readonly notes = new SvelteMap<string, string>()
  /** Answers to appeals being written, by case: kept until they are sent. */
  readonly answers = new SvelteMap<string, string>()

  readonly claims = new Claims()
  /** Whether a machine can be asked to translate a text. */
  translates = $state.raw(false)

  #beyond = $state.raw(0)
  readonly #settled = new SvelteMap<string, number>()
  readonly #moderation: Moderation
  #wanted = false
  #reading: Promise<void> | null = null
  #readingOn = false
  /** How far the queue was read: null to its end, undefined not yet. */
  #end: End | null | undefined
  /** Counts the queues that were on screen: what is read for an earlier one is dropped. */
  #era = 0

  constructor(moderation: Moderation, wanted: Wanted = { queue: 'all', filter: {} }) {
    this.#moderation = moderation
    this.wanted = wanted
  }

  get current(): CaseView | null {
    return this.cases.find((one) => one.id === this.inHand) ?? null
  }

  /** What is on screen of the queue, each part of its filter in words. */
  get chips(): ReturnType<typeof chipsOf> {
    return chipsOf(this.wanted.filter, this.current ?? this.cases[0])
  }

  /** The appeal in hand that has no answer yet: then nothing else is decided. */
  get appeal(): CaseView['appeal'] {
    const appeal = this.current?.appeal ?? null
    return appeal?.answer === null ? appeal : null
  }

  /** All that wait, with those that are not read yet. */
  get waiting(): number {
    return this.cases.length + this.#beyond
  }

  /** Reads the queue again. Calls during a reading give one more, so that nothing told meanwhile is missed. */
  async refresh(): Promise<void> {
    this.#wanted = true
    this.#reading ??= this.#read().finally(() => (this.#reading = null))
    await this.#reading
  }

  async #read(): Promise<void> {
    while (this.#wanted) {
      this.#wanted = false
      const era = this.#era
      try {
        const page = await this.#moderation.page(this.wanted, null)
        if (era !== this.#era) continue
        this.#show(page)
        this.failure = null
      } catch (error) {
        this.failure = this.#moderation.explain(error).text
        if (this.phase === 'loading') this.phase = 'failed'
      }
    }
  }

  #show(page: CasePage): void {
    const first = this.phase !== 'ready'
    const merged = merge(
      {
        cases: this.cases,
        inHand: this.inHand,
        returned: this.notices,
        settled: this.#settled,
        end: this.#end?.due ?? null,
      },
      page,
    )
    this.cases = merged.cases
    this.meanwhile = merged.meanwhile
    this.#count(page)
    this.#end = endAfter(page, this.#end, this.#beyond > 0)
    this.phase = 'ready'
    if (!first && merged.arrived.length > 0) {
      for (const id of merged.arrived) this.arrived.add(id)
      this.happening = { kind: 'arrived', count: merged.arrived.length }
    }
    if (this.current === null) this.#hold(successor(this.cases, 0))
    void this.#workAhead()
  }

  #count(page: CasePage): void {
    this.#hear(page)
    // What is on its way to the server is counted there still, and in the list no longer.
    const settling = page.cases.filter((one) => one.version <= (this.#settled.get(one.id) ?? 0)).length
    this.#beyond = Math.max(0, page.open - settling - this.cases.length)
  }

  #hear(page: CasePage): void {
    this.counts = page.queues
    this.translates = page.translates
    for (const { id, claim } of page.cases) this.claims.heard(id, claim)
  }

  /** Reads the next page, where there is one and room for it. */
  async more(): Promise<void> {
    const end = this.#end
    if (!end || this.#readingOn || this.cases.length >= most) return
    const era = this.#era
    this.#readingOn = true
    try {
      const page = await this.#moderation.page(this.wanted, end.cursor)
      if (era !== this.#era) return
      const before = this.cases.length
      this.cases = extend({ cases: this.cases, inHand: this.inHand, settled: this.#settled }, page)
      this.#end = endAfter(page, undefined, true)
      this.#beyond = this.#end ? Math.max(0, this.#beyond - (this.cases.length - before)) : 0
      this.#hear(page)
    } catch (error) {
      this.failure = this.#moderation.explain(error).text
      return
    } finally {
      this.#readingOn = false
    }
    await this.#workAhead()
  }

  /** Sees to it that the next cases are there before they are needed. */
  async #workAhead(): Promise<void> {
    const index = this.cases.findIndex((one) => one.id === this.inHand)
    if (this.cases.length - index - 1 < ahead) await this.more()
  }

  /** Puts another queue, or another part of it, on screen. */
  async show(wanted: Wanted): Promise<void> {
    if (!isSame(wanted, this.wanted)) await this.#open(wanted)
  }

  async #open(wanted: Wanted): Promise<void> {
    this.wanted = wanted
    // What is held or escalated is open, and in another queue's place.
    for (const [id, version] of this.#settled) if (version !== Infinity) this.#settled.delete(id)
    await this.#readAnew()
  }

  /** What the server answered to the claim of a case: whose it is, or null where there is nothing left to decide. */
  told(id: string, claim: Claim | null): void {
    this.claims.heard(id, claim)
    if (claim === null && id === this.inHand && !this.isClosed && this.meanwhile === 'same')
      this.meanwhile = 'gone'
  }

  /** Takes another case in hand. */
  take(id: string): void {
    if (id !== this.inHand) this.#leave()
    this.#hold(id)
    if (this.happening?.kind === 'refused' && this.happening.case.id === id) this.happening = null
  }

  /** Takes the next or the one before; a case that is closed or gone already goes when it is left. */
  move(step: 1 | -1): void {
    const index = this.cases.findIndex((one) => one.id === this.inHand)
    const next = this.cases[index + step]
    if (next) this.take(next.id)
    else if (this.isClosed || this.meanwhile === 'gone') {
      this.#leave()
      this.#hold(successor(this.cases, index))
    }
  }

  /** Whether the case in hand can no longer be decided. */
  get isClosed(): boolean {
    return this.current !== null && this.current.status !== 'open'
  }

  /** Whether a key may decide now: never on a case that is closed or others', nor while an undone one is on its way back. */
  get canDecide(): boolean {
    return this.current?.can.decide === true && !this.isClosed && !this.undoing
  }

  /** Whether the case in hand was decided by somebody, against whom more can be said. */
  get canObject(): boolean {
    return this.isClosed && this.current?.can.object === true && !this.undoing
  }

  /** Shows the case in hand as it is now, or lets go of it where it is gone. */
  catchUp(): void {
    const index = this.cases.findIndex((one) => one.id === this.inHand)
    const id = this.inHand
    this.#leave()
    this.#hold(this.cases.some((one) => one.id === id) ? id : successor(this.cases, index))
  }

  /** Decides the case in hand; the next one is in hand at once, the server answers later. */
  decide(choice: Choice): void {
    const one = this.current
    if (!one || (choice.action === 'object' ? !this.canObject : !this.canDecide)) return
    const index = this.cases.indexOf(one)
    const note = this.notes.get(one.id) ?? ''
    this.#settled.set(one.id, Infinity)
    this.notices.delete(one.id)
    this.cases = this.cases.filter((other) => other !== one)
    this.#hold(successor(this.cases, index))
    const answer = this.#send(one, choice, note, index)
    const verdict: Verdict = {
      case: one,
      choice,
      action: comesTo(choice, one),
      wanted: this.wanted,
      index,
      answer,
    }
    this.verdicts = [...this.verdicts, verdict]
    this.happening = { kind: 'decided', verdict }
    void answer.then((decided) => decided && this.#cameTo(verdict, decided.decision.action))
    void this.#workAhead()
  }

  async #send(one: CaseView, choice: Choice, note: string, index: number): Promise<Decided | null> {
    try {
      const decided = await this.#moderation.decide(one, choice, note)
      this.#settled.set(one.id, decided.case.version)
      this.notes.delete(one.id)
      this.answers.delete(one.id)
      return decided
    } catch (error) {
      const { text, latest } = this.#moderation.explain(error, one)
      const back = latest ?? one
      this.#settled.delete(one.id)
      this.verdicts = this.verdicts.filter((verdict) => 'bulk' in verdict || verdict.case.id !== one.id)
      this.notices.set(one.id, text)
      this.#putBack(back, index)
      if (this.current === null) this.#hold(one.id)
      this.happening = { kind: 'refused', case: back, text }
      return null
    }
  }

  /** Puts right what was said of a ban, where the rule about two people has changed since the case was read. */
  #cameTo(verdict: Verdict, action: Verdict['action']): void {
    if (verdict.action === action) return
    const told = { ...verdict, action }
    this.verdicts = this.verdicts.map((one) => (one === verdict ? told : one))
    this.happening = { kind: 'decided', verdict: told }
  }

  /** Takes note of a decision about many cases, and shows what waits after it. */
  async decidedMany(verdict: BulkVerdict): Promise<void> {
    this.verdicts = [...this.verdicts, verdict]
    this.happening = { kind: 'bulk decided', verdict }
    await this.#readAnew()
  }

  /** Reads what is on screen from the beginning: much of it may be gone. */
  async #readAnew(): Promise<void> {
    this.#era += 1
    this.cases = []
    this.arrived.clear()
    this.#hold(null)
    this.#end = undefined
    this.#beyond = 0
    this.phase = 'loading'
    await this.refresh()
  }

  /** Undoes the last decision; its case is in hand again, or all of them wait again. */
  async undo(): Promise<void> {
    const last = this.verdicts.at(-1)
    if (!last || this.undoing) return
    this.undoing = true
    if ('bulk' in last) await this.#undoMany(last).finally(() => (this.undoing = false))
    else await this.#undoOne(last)
  }

  async #undoMany(last: BulkVerdict): Promise<void> {
    let cursor: string | null = null
    let [reversed, kept] = [0, 0]
    try {
      do {
        const page: BulkReversed = await this.#moderation.reverseBulk(last.bulk, cursor)
        reversed += page.reversed.length
        kept += page.kept.length
        cursor = page.next
        this.happening = { kind: 'bulk undone', reversed, kept }
      } while (cursor !== null)
      this.verdicts = this.verdicts.filter((verdict) => verdict !== last)
    } catch (error) {
      const { text, final } = this.#moderation.explain(error)
      if (final) this.verdicts = this.verdicts.filter((verdict) => verdict !== last)
      this.happening = { kind: 'bulk not undone', text }
    }
    await this.#open(last.wanted)
  }

  async #undoOne(last: Verdict): Promise<void> {
    const forget = () => {
      this.verdicts = this.verdicts.filter((one) => 'bulk' in one || one.answer !== last.answer)
    }
    try {
      const decided = await last.answer
      if (!decided) return
      await this.show(last.wanted)
      const { case: back } = await this.#moderation.reverse(decided.decision.id)
      forget()
      this.#settled.set(back.id, back.version - 1)
      this.#leave()
      this.#putBack(back, last.index)
      this.#hold(back.id)
      this.happening = { kind: 'undone', case: back }
    } catch (error) {
      const { text, final } = this.#moderation.explain(error)
      if (final) forget()
      this.happening = { kind: 'not undone', case: last.case, text }
    } finally {
      this.undoing = false
    }
  }

  #hold(id: string | null): void {
    this.inHand = id
    this.meanwhile = 'same'
    if (id !== null) this.arrived.delete(id)
  }

  /** Brings the list up to date with what became of the case in hand, which is about to be put down. */
  #leave(): void {
    const one = this.current
    if (!one) return
    const latest = this.meanwhile
    if (one.status !== 'open' || latest === 'gone') {
      this.notices.delete(one.id)
      this.cases = this.cases.filter((other) => other !== one)
    } else if (latest !== 'same') {
      this.cases = this.cases.map((other) => (other === one ? latest : other))
    }
  }

  #putBack(one: CaseView, index: number): void {
    const others = this.cases.filter((other) => other.id !== one.id)
    this.cases = others.toSpliced(index, 0, one)
  }
}
