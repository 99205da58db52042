import { expect } from 'vitest'
import type { CaseState, CaseView, Decided, RejectReason, Reversed } from '../../core/contract/moderation.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import type { LightMyRequestResponse } from 'fastify'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import type { Config } from '../../server/config.ts'
import { Caller } from './caller.ts'
import { openStage, type Stage } from './stage.ts'

/** A stage with two readers and two moderators, and what they do, each in one line. */
export interface Desk {
  stage: Stage
  ada: Caller
  bela: Caller
  mo: Caller
  pia: Caller
  /** A comment of Ada's that waits for a word in it, as the moderator has it before them. */
  held(): Promise<CaseView>
  say(who: Caller, body: string, parentId?: string): Promise<CommentView>
  edit(who: Caller, comment: CommentView, body: string): Promise<CommentView>
  report(who: Caller, commentId: string): Promise<void>
  /** All open cases, read in pages of this size. */
  queue(who: Caller, limit?: number): Promise<CaseView[]>
  /** The open case about a comment. */
  caseOf(who: Caller, commentId: string): Promise<CaseView>
  decide(who: Caller, about: CaseState, reason?: RejectReason): Promise<LightMyRequestResponse>
  approve(who: Caller, about: CaseState): Promise<Decided>
  reject(who: Caller, about: CaseState, reason: RejectReason): Promise<Decided>
  undo(who: Caller, decisionId: string): Promise<Reversed>
  /** A comment as somebody sees it in its thread; null when nothing of it is to be seen. */
  seen(commentId: string, who?: Caller): Promise<CommentView | null>
  /** What the log has to say about a comment. */
  events(commentId: string): Promise<string[]>
  /** What must be so whatever was done: logs without gaps, right counts, a whole audit chain. */
  expectWhole(): Promise<void>
}

const site = 'demo'
const decisions = 'POST /v1/sites/:site/cases/:case/decisions'

export async function openDesk(changes: Partial<Config> = {}): Promise<Desk> {
  const stage = await openStage(changes)
  const decision = (about: CaseState, reason?: RejectReason) => ({
    params: { site, case: about.id },
    body: {
      ...(reason ? { action: 'reject' as const, reason } : { action: 'approve' as const }),
      revision: about.comment.revision,
      version: about.version,
    },
  })
  const desk: Desk = {
    stage,
    ada: await stage.as('ada@demo.example'),
    bela: await stage.as('bela@demo.example'),
    mo: await stage.as('mo@demo.example'),
    pia: await stage.as('pia@demo.example'),
    async held() {
      const comment = await desk.say(desk.ada, 'What a crook.')
      expect(comment.state).toBe('held')
      return await desk.caseOf(desk.mo, comment.id)
    },
    async say(who, body, parentId) {
      const { comment } = await who.ok('POST /v1/sites/:site/threads/:thread/comments', {
        params: { site, thread: stage.thread },
        body: { body, ...(parentId !== undefined && { parentId }) },
      })
      return comment
    },
    edit: (who, { id, revision }, body) =>
      who.ok('PATCH /v1/sites/:site/comments/:comment', {
        params: { site, comment: id },
        body: { body, revision },
      }),
    async report(who, comment) {
      const params = { site, comment }
      await who.ok('POST /v1/sites/:site/comments/:comment/reports', { params, body: { category: 'abuse' } })
    },
    async queue(who, limit = 100) {
      const cases: CaseView[] = []
      let cursor: string | null | undefined
      while (cursor !== null) {
        const query = { limit, ...(cursor !== undefined && { cursor }) }
        const page = await who.ok('GET /v1/sites/:site/cases', { params: { site }, query })
        cases.push(...page.cases)
        cursor = page.next
      }
      return cases
    },
    async caseOf(who, commentId) {
      const found = (await desk.queue(who)).find(({ comment }) => comment.id === commentId)
      if (!found) throw new Error(`there is no open case about ${commentId}`)
      return found
    },
    decide: (who, about, reason) => who.request(decisions, decision(about, reason)),
    approve: (who, about) => who.ok(decisions, decision(about)),
    reject: (who, about, reason) => who.ok(decisions, decision(about, reason)),
    undo: (who, id) =>
      who.ok('POST /v1/sites/:site/decisions/:decision/reversal', { params: { site, decision: id } }),
    async seen(commentId, who = new Caller(stage.app)) {
      const { comments, next } = await who.ok('GET /v1/sites/:site/threads/:thread/comments', {
        params: { site, thread: stage.thread },
        query: { limit: 100 },
      })
      if (next !== null) throw new Error('the thread has outgrown this')
      return comments.find(({ id }) => id === commentId) ?? null
    },
    async events(commentId) {
      const rows = await stage.db
        .selectFrom('event')
        .select('kind')
        .where('comment_id', '=', commentId)
        .orderBy('seq')
        .execute()
      return rows.map(({ kind }) => kind)
    },
    async expectWhole() {
      expect((await verifyLog(stage.db, stage.demo.id)).faults).toEqual([])
      expect((await verifyAudit(stage.db, stage.demo.id)).broken).toBeNull()
    },
  }
  return desk
}
