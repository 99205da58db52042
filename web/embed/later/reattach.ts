import type { Anchor } from '../../../core/contract/anchor.ts'
import type { Discussion } from '../discussion.svelte.ts'
import type { Thread } from '../threads.ts'

/**
 * Puts a thread's passage right.
 * @throws ApiProblem or Unreachable
 */
export async function reattach(discussion: Discussion, thread: Thread, anchor: Anchor): Promise<void> {
  const answer = await discussion.call('POST /v1/sites/:site/threads/:thread/passage', {
    params: { site: discussion.site, thread: thread.id },
    body: { anchor, revision: thread.placement?.revision ?? 1 },
  })
  const { writing } = discussion
  writing.reattached = new Set(writing.reattached).add(thread.id)
  discussion.told({ threadId: thread.id, thread: answer.thread })
}

/**
 * Takes the last re-attachment of a thread back.
 * @throws ApiProblem or Unreachable
 */
export async function undoReattachment(discussion: Discussion, thread: Thread): Promise<void> {
  const { thread: head } = await discussion.call('DELETE /v1/sites/:site/threads/:thread/passage', {
    params: { site: discussion.site, thread: thread.id },
  })
  const { writing } = discussion
  const left = new Set(writing.reattached)
  left.delete(thread.id)
  writing.reattached = left
  discussion.told({ threadId: thread.id, thread: head })
}
