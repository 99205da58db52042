import type { CaseView } from '../../core/contract/moderation.ts'
import { ApiProblem, call } from '../shared/api.ts'
import { consoleText as say } from '../shared/messages/console.ts'
import type { Moderation } from './queue.svelte.ts'

/** The moderation routes of one site. */
export function moderationOf(site: string): Moderation {
  return {
    page: () => call('GET /v1/sites/:site/cases', { params: { site }, query: { limit: 100 } }),
    decide: (one, choice, note) =>
      call('POST /v1/sites/:site/cases/:case/decisions', {
        params: { site, case: one.id },
        body: {
          ...choice,
          revision: one.comment.revision,
          version: one.version,
          ...(note.trim() !== '' && { note: note.trim() }),
        },
      }),
    reverse: (decision) =>
      call('POST /v1/sites/:site/decisions/:decision/reversal', { params: { site, decision } }),
    explain,
  }
}

/** Says in words why a call failed, with the case as it is now where the server told. */
export function explain(error: unknown): ReturnType<Moderation['explain']> {
  if (!(error instanceof ApiProblem)) return { text: say.unreachable, latest: null, final: false }
  const { problem } = error
  const text = problem.detail ?? problem.title
  if (problem.status === 401) return { text: say.signedOut, latest: null, final: false }
  const latest = caseIn(problem)
  const final = problem.status < 500 && problem.status !== 429
  return { text: latest ? whatHappened(latest) : text, latest, final }
}

function whatHappened(latest: CaseView): string {
  const last = latest.decisions.at(-1)
  if (latest.status === 'withdrawn') return say.withdrawn
  return latest.status === 'decided' && last ? say.faster(last) : say.changed
}

function caseIn(problem: ApiProblem['problem']): CaseView | null {
  const found: unknown = Reflect.get(problem, 'case')
  return isCase(found) ? found : null
}

// Our own server's answer to our own contract: its mark is enough to tell it from other extensions.
function isCase(found: unknown): found is CaseView {
  return typeof found === 'object' && found !== null && 'version' in found && 'comment' in found
}
