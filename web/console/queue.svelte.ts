import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { CasePage, CaseView, Decided, RejectReason } from '../../core/contract/moderation.ts'
import { merge, successor, type Merged } from './merge.ts'

/** What a moderator chooses for a case. */
export type Choice = { action: 'approve' } | { action: 'reject'; reason: RejectReason }

/** The server as the queue knows it. Each call throws where it fails. */
export interface Moderation {
  page(): Promise<CasePage>
  decide(one: CaseView, choice: Choice, note: string): Promise<Decided>
  reverse(decision: string): Promise<Decided>
  /** Says in words why a call failed, with the case as it is now where the server told. */
  explain(error: unknown): { text: string; latest: CaseView | null; final: boolean }
}

/** A decision made in this window; `answer` is null where the server refused it. */
export interface Verdict {
  case: CaseView
  choice: Choice
  index: number
  answer: Promise<Decided | null>
}

/** Something that happened, for the live region and the line at the foot of the page. */
export type Happening =
  | { kind: 'decided'; verdict: Verdict }
  | { kind: 'undone'; case: CaseView }
  | { kind: 'refused' | 'not undone'; case: CaseView; text: string }
  | { kind: 'arrived'; count: number }

/** The moderation queue of one site in one window: what waits, what is in hand, what was decided. */
export class Queue {
  cases = $state.raw<readonly CaseView[]>([])
  /** The id of the case under the moderator's hands. */
  inHand = $state.raw<string | null>(null)
  phase = $state.raw<'loading' | 'ready' | 'failed'>('loading')
  /** Why the last reading failed. */
  failure = $state.raw<string | null>(null)
  /** What became of the case in hand while it stays on screen as it was. */
  meanwhile = $state.raw<Merged['meanwhile']>('same')
  /** The decisions that can be undone, the last one last. */
  verdicts = $state.raw<readonly Verdict[]>([])
  happening = $state.raw<Happening | null>(null)
  undoing = $state.raw(false)
  /** Cases that nobody has looked at in this window. */
  readonly arrived = new SvelteSet<string>()
  /** What the server said about cases that came back. */
  readonly notices = new SvelteMap<string, string>()
  /** What was typed about a case: kept until its decision is made. */
  readonly notes = new SvelteMap<string, string>()

  #beyond = $state.raw(0)
  readonly #settled = new SvelteMap<string, number>()
  readonly #moderation: Moderation
  #wanted = false
  #reading = false

  constructor(moderation: Moderation) {
    this.#moderation = moderation
  }

  get current(): CaseView | null {
    return this.cases.find((one) => one.id === this.inHand) ?? null
  }

  /** All that wait, with those that are not read yet. */
  get waiting(): number {
    return this.cases.length + this.#beyond
  }

  /** Reads the queue again. Calls during a reading give one more, so that nothing told meanwhile is missed. */
  async refresh(): Promise<void> {
    this.#wanted = true
    if (this.#reading) return
    this.#reading = true
    while (this.#wanted) {
      this.#wanted = false
      try {
        this.#show(await this.#moderation.page())
        this.failure = null
      } catch (error) {
        this.failure = this.#moderation.explain(error).text
        if (this.phase === 'loading') this.phase = 'failed'
      }
    }
    this.#reading = false
  }

  #show(page: CasePage): void {
    const first = this.phase !== 'ready'
    const merged = merge(
      { cases: this.cases, inHand: this.inHand, returned: this.notices, settled: this.#settled },
      page,
    )
    this.cases = merged.cases
    this.meanwhile = merged.meanwhile
    this.#beyond = Math.max(
      0,
      (page.queues.find(({ queue }) => queue === 'all')?.open ?? 0) - page.cases.length,
    )
    this.phase = 'ready'
    if (!first && merged.arrived.length > 0) {
      for (const id of merged.arrived) this.arrived.add(id)
      this.happening = { kind: 'arrived', count: merged.arrived.length }
    }
    if (this.current === null) this.#hold(successor(this.cases, 0))
  }

  /** Takes another case in hand. */
  take(id: string): void {
    if (id !== this.inHand) this.#leave()
    this.#hold(id)
    if (this.happening?.kind === 'refused' && this.happening.case.id === id) this.happening = null
  }

  /** Takes the next or the one before; a case that is closed already goes when it is left. */
  move(step: 1 | -1): void {
    const index = this.cases.findIndex((one) => one.id === this.inHand)
    const next = this.cases[index + step]
    if (next) this.take(next.id)
    else if (this.isClosed) {
      this.#leave()
      this.#hold(successor(this.cases, index))
    }
  }

  /** Whether the case in hand can no longer be decided. */
  get isClosed(): boolean {
    return this.current !== null && this.current.status !== 'open'
  }

  /** Whether a key may decide now: never on a case that is closed, nor while an undone one is on its way back. */
  get canDecide(): boolean {
    return this.current !== null && !this.isClosed && !this.undoing
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
    if (!one || !this.canDecide) return
    const index = this.cases.indexOf(one)
    const note = this.notes.get(one.id) ?? ''
    this.#settled.set(one.id, Infinity)
    this.notices.delete(one.id)
    this.notices.delete(one.id)
    this.cases = this.cases.filter((other) => other !== one)
    this.#hold(successor(this.cases, index))
    const verdict: Verdict = { case: one, choice, index, answer: this.#send(one, choice, note, index) }
    this.verdicts = [...this.verdicts, verdict]
    this.happening = { kind: 'decided', verdict }
  }

  async #send(one: CaseView, choice: Choice, note: string, index: number): Promise<Decided | null> {
    try {
      const decided = await this.#moderation.decide(one, choice, note)
      this.#settled.set(one.id, decided.case.version)
      this.notes.delete(one.id)
      return decided
    } catch (error) {
      const { text, latest } = this.#moderation.explain(error)
      const back = latest ?? one
      this.#settled.delete(one.id)
      this.verdicts = this.verdicts.filter((verdict) => verdict.case.id !== one.id)
      this.notices.set(one.id, text)
      this.#putBack(back, index)
      if (this.current === null) this.#hold(one.id)
      this.happening = { kind: 'refused', case: back, text }
      return null
    }
  }

  /** Undoes the last decision; its case is in hand again. */
  async undo(): Promise<void> {
    const last = this.verdicts.at(-1)
    if (!last || this.undoing) return
    this.undoing = true
    try {
      const decided = await last.answer
      if (!decided) return
      const { case: back } = await this.#moderation.reverse(decided.decision.id)
      this.verdicts = this.verdicts.filter((verdict) => verdict !== last)
      this.#settled.set(back.id, back.version - 1)
      this.#leave()
      this.#putBack(back, last.index)
      this.#hold(back.id)
      this.happening = { kind: 'undone', case: back }
    } catch (error) {
      const { text, final } = this.#moderation.explain(error)
      if (final) this.verdicts = this.verdicts.filter((verdict) => verdict !== last)
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
