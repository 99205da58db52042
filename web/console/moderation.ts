import type {
  BulkDecided,
  BulkDecision,
  BulkReversed,
  NewSavedFilter,
  SavedFilter,
  Selection,
} from '../../core/contract/bulk.ts'
import type {
  CasePage,
  CaseView,
  Claimed,
  Decided,
  NewDecision,
  Reversed,
} from '../../core/contract/moderation.ts'
import type { Translation } from '../../core/contract/translation.ts'
import { ApiProblem, call } from '../shared/api.ts'
import { consoleText as say } from '../shared/messages/console.ts'
import type { Choice } from './choice.ts'
import { theirsUnder } from './theirs.ts'
import type { Wanted } from './filter.ts'

/** The server as the queue knows it. Each call throws where it fails. */
export interface Moderation {
  /** @param cursor where the page begins; the most urgent where it is null */
  page(wanted: Wanted, cursor: string | null): Promise<CasePage>
  decide(one: CaseView, choice: Choice, note: string): Promise<Decided>
  reverse(decision: string): Promise<Reversed>
  /** Undoes a part of a bulk; `next` says where to go on. */
  reverseBulk(bulk: string, cursor: string | null): Promise<BulkReversed>
  /**
   * Says in words why a call failed, with the case as it is now where the server told.
   * @param seen the case as it was when the call was made
   */
  explain(error: unknown, seen?: CaseView): { text: string; latest: CaseView | null; final: boolean }
}

/** The server as the lease on the case in hand knows it. */
export interface Claiming {
  claim(id: string): Promise<Claimed>
  unclaim(id: string): Promise<unknown>
}

/** The server as who reads another language knows it. */
export interface Translating {
  translate(one: CaseView, target: string): Promise<Translation>
}

/** The server as filters and decisions about many cases know it. */
export interface Bulking {
  select(wanted: Wanted): Promise<Selection>
  decideMany(bulk: string, decision: BulkDecision): Promise<BulkDecided>
  filters(): Promise<SavedFilter[]>
  saveFilter(filter: NewSavedFilter): Promise<SavedFilter>
  deleteFilter(id: string): Promise<unknown>
}

/** The moderation routes of one site. */
export function moderationOf(site: string): Moderation & Claiming & Translating & Bulking {
  return {
    page: ({ queue, filter }, cursor) =>
      call('GET /v1/sites/:site/cases', {
        params: { site },
        query: { limit: 100, queue, ...filter, ...(cursor !== null && { cursor }) },
      }),
    select: ({ queue, filter }) =>
      call('GET /v1/sites/:site/cases/selection', { params: { site }, query: { queue, ...filter } }),
    decideMany: (bulk, body) =>
      call('POST /v1/sites/:site/bulks/:bulk/decisions', { params: { site, bulk }, body }),
    reverseBulk: (bulk, cursor) =>
      call('POST /v1/sites/:site/bulks/:bulk/reversal', {
        params: { site, bulk },
        query: cursor === null ? {} : { cursor },
      }),
    filters: async () => (await call('GET /v1/sites/:site/filters', { params: { site } })).filters,
    saveFilter: (body) => call('POST /v1/sites/:site/filters', { params: { site }, body }),
    deleteFilter: (filter) => call('DELETE /v1/sites/:site/filters/:filter', { params: { site, filter } }),
    decide: (one, choice, note) =>
      call('POST /v1/sites/:site/cases/:case/decisions', {
        params: { site, case: one.id },
        body: chosen(choice, { revision: one.comment.revision, version: one.version }, note.trim()),
      }),
    reverse: (decision) =>
      call('POST /v1/sites/:site/decisions/:decision/reversal', { params: { site, decision } }),
    claim: (id) => call('PUT /v1/sites/:site/cases/:case/claim', { params: { site, case: id } }),
    unclaim: (id) =>
      call('DELETE /v1/sites/:site/cases/:case/claim', { params: { site, case: id }, keepalive: true }),
    translate: (one, target) =>
      call('POST /v1/sites/:site/cases/:case/translation', {
        params: { site, case: one.id },
        body: { revision: one.comment.revision, target },
      }),
    explain,
  }
}

function chosen(choice: Choice, seen: { revision: number; version: number }, note: string): NewDecision {
  if (choice.action === 'object') return { ...choice, ...seen, note }
  return { ...choice, ...seen, ...(note !== '' && { note }) }
}

/** See {@link Moderation.explain}. */
export function explain(error: unknown, seen?: CaseView): ReturnType<Moderation['explain']> {
  if (!(error instanceof ApiProblem)) return { text: say.unreachable, latest: null, final: false }
  const { problem } = error
  const text = problem.detail ?? problem.title
  if (problem.status === 401) return { text: say.signedOut, latest: null, final: false }
  const latest = theirsUnder<CaseView>(problem, 'case', 'comment')
  const final = problem.status < 500 && problem.status !== 429
  return { text: latest ? whatHappened(latest, seen) : text, latest, final }
}

function whatHappened(latest: CaseView, seen: CaseView | undefined): string {
  const last = latest.decisions.at(-1)
  if (latest.status === 'withdrawn') return say.withdrawn
  if (last && latest.status === 'decided')
    return latest.can.object ? say.keepOrObject(last, Date.now()) : say.faster(last, Date.now())
  // Held or escalated by somebody else: it is still open.
  if (last && seen && last.id !== seen.decisions.at(-1)?.id) return say.fasterOpen(last, Date.now())
  return say.changed
}
