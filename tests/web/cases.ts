import type { CasePage, CaseView } from '../../core/contract/moderation.ts'

/** An open case with as much about it as the queue's order and version need; the number tells when it was opened. */
export function aCase(number: number, changes: Partial<CaseView> = {}): CaseView {
  const openedAt = new Date(Date.UTC(2026, 0, 1, 12, number)).toISOString()
  return {
    id: `case-${number}`,
    cause: 'held',
    status: 'open',
    version: 1,
    openedAt,
    dueAt: openedAt,
    weights: [],
    claim: null,
    escalated: false,
    can: { decide: true, ban: 'ban', object: false },
    article: { id: 'article', title: 'On margins', url: null, slug: 'on-margins' },
    passage: null,
    comment: {
      id: `comment-${number}`,
      revision: 1,
      state: 'HELD',
      author: {
        id: `author-${number}`,
        name: `Reader ${number}`,
        joinedAt: openedAt,
        shownComments: 0,
        approved: 0,
        rejected: 0,
        history: [],
        sanction: null,
      },
      body: [],
      language: 'en',
      previous: null,
      createdAt: openedAt,
    },
    before: [],
    replies: { count: 0, first: [] },
    signals: [],
    reports: [],
    appeal: null,
    proposal: null,
    objection: null,
    raid: null,
    decisions: [],
    ...changes,
  }
}

/** A page of the queue; `open` counts cases beyond it too. */
export function aPage(cases: CaseView[], open = cases.length): CasePage {
  const queues = [{ queue: 'all' as const, open, oldest: cases[0]?.openedAt ?? null }]
  return { cases, open, queues, next: open > cases.length ? 'next' : null, translates: false }
}
