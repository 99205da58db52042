import { beforeAll, describe, expect, test, vi } from 'vitest'
import type {
  CasePage,
  CaseView,
  Decided,
  Decision,
  QueueName,
  Reversed,
} from '../../core/contract/moderation.ts'
import type { Moderation } from '../../web/console/moderation.ts'
import type { Queue as QueueType } from '../../web/console/queue.svelte.ts'
import { aCase } from './cases.ts'

let Queue: typeof QueueType

// Without a compiler a rune is the value it holds: enough for what the queue does, apart from how it is shown.
beforeAll(async () => {
  vi.stubGlobal('$state', { raw: (value: unknown) => value })
  ;({ Queue } = await import('../../web/console/queue.svelte.ts'))
})

const verdict = (one: CaseView, action: Decision['action'], by = 'Mo'): Reversed => {
  const decision = { id: `${action}-${one.id}`, action, reason: null, note: '', by, at: one.openedAt }
  const status = action === 'reverse' ? 'open' : 'decided'
  return { decision, case: { ...one, version: one.version + 1, status, decisions: [decision] } }
}

class Refused extends Error {
  readonly latest: CaseView | null
  constructor(text: string, latest: CaseView | null) {
    super(text)
    this.latest = latest
  }
}

const pageSize = 100
/** A page as the server gives it: in the order of what is due, with a cursor where more waits. */
function pageOf(
  server: { cases: CaseView[]; read: string[] },
  queue: QueueName,
  cursor: string | null,
): CasePage {
  server.read.push(`${queue} ${cursor ?? 'first'}`)
  const open = server.cases
    .filter(({ escalated }) => queue !== 'escalated' || escalated)
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
  const rest = open.filter(({ dueAt }) => cursor === null || dueAt > cursor)
  const cases = rest.slice(0, pageSize)
  const next = rest.length > pageSize ? (cases.at(-1)?.dueAt ?? null) : null
  const queues = [{ queue, open: open.length, oldest: open[0]?.openedAt ?? null }]
  return { cases, open: open.length, queues, next, translates: false }
}

/** A server with these cases, which answers only when it is told to. */
function aServer(cases: CaseView[]) {
  const waiting: { one: CaseView; answer: PromiseWithResolvers<Decided> }[] = []
  const server = {
    cases,
    reversed: [] as string[],
    /** The pages that were read, each by its queue and where it began. */
    read: [] as string[],
    approve: () => {
      const asked = waiting.shift()
      if (!asked) throw new Error('nothing was decided')
      server.cases = server.cases.filter(({ id }) => id !== asked.one.id)
      asked.answer.resolve(verdict(asked.one, 'approve'))
    },
    refuse: (error: Error) => waiting.shift()?.answer.reject(error),
  }
  const moderation: Moderation = {
    page: ({ queue }, cursor) => Promise.resolve(pageOf(server, queue, cursor)),
    decide: (one) => {
      const answer = Promise.withResolvers<Decided>()
      waiting.push({ one, answer })
      return answer.promise
    },
    reverse: (decision) => {
      server.reversed.push(decision)
      const one = aCase(Number(decision.split('-').at(-1)), { version: 2 })
      server.cases = [...server.cases, verdict(one, 'reverse').case]
      return Promise.resolve(verdict(one, 'reverse'))
    },
    reverseBulk: () => Promise.reject(new Error('no bulk was made')),
    explain: (error) => ({
      text: error instanceof Error ? error.message : '',
      latest: error instanceof Refused ? error.latest : null,
      final: error instanceof Refused,
    }),
  }
  return { server, moderation }
}

async function openQueue(count: number) {
  const { server, moderation } = aServer(Array.from({ length: count }, (_, index) => aCase(index + 1)))
  const queue = new Queue(moderation)
  await queue.refresh()
  return { queue, server }
}

const approve = { action: 'approve' } as const
const shown = (queue: QueueType) => queue.cases.map(({ id }) => id)
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a moderator decides', () => {
  test('the next case is in hand before the server has answered', async () => {
    const { queue, server } = await openQueue(3)
    queue.decide(approve)
    expect(queue.inHand).toBe('case-2')
    await queue.refresh()
    expect(shown(queue)).toEqual(['case-2', 'case-3'])
    server.approve()
    await queue.refresh()
    expect(shown(queue)).toEqual(['case-2', 'case-3'])
    expect(queue.verdicts).toHaveLength(1)
  })

  test('who was not fast enough gets the case back with a message, and the one in hand stays in hand', async () => {
    const { queue, server } = await openQueue(2)
    queue.decide(approve)
    const theirs = verdict(aCase(1), 'approve', 'Aida').case
    server.refuse(new Refused('Aida approved this while you were reading.', theirs))
    await settled()
    expect(queue.inHand).toBe('case-2')
    expect(shown(queue)).toEqual(['case-1', 'case-2'])
    expect(queue.happening).toMatchObject({
      kind: 'refused',
      text: 'Aida approved this while you were reading.',
    })
    expect(queue.verdicts).toEqual([])

    queue.take('case-1')
    expect(queue.isClosed).toBe(true)
    queue.decide(approve)
    expect(queue.inHand).toBe('case-1')
    queue.move(1)
    expect(shown(queue)).toEqual(['case-2'])
  })

  test('what does not reach the server comes back with the note that was typed', async () => {
    const { queue, server } = await openQueue(1)
    queue.notes.set('case-1', 'third time this week')
    queue.decide(approve)
    expect(queue.inHand).toBeNull()
    server.refuse(new Error('The server does not answer.'))
    await settled()
    expect(queue.inHand).toBe('case-1')
    expect(queue.notices.get('case-1')).toBe('The server does not answer.')
    expect(queue.notes.get('case-1')).toBe('third time this week')
  })
})

describe('a moderator undoes', () => {
  test('at once: the decision is reversed as soon as it is known, and its case is in hand', async () => {
    const { queue, server } = await openQueue(3)
    queue.move(1)
    queue.decide(approve)
    const undone = queue.undo()
    queue.decide(approve)
    expect(queue.inHand).toBe('case-3')
    server.approve()
    await undone
    expect(server.reversed).toEqual(['approve-case-2'])
    expect(queue.inHand).toBe('case-2')
    expect(shown(queue)).toEqual(['case-1', 'case-2', 'case-3'])
    await queue.refresh()
    expect(shown(queue)).toEqual(['case-1', 'case-2', 'case-3'])
    expect(queue.meanwhile).toBe('same')
  })

  test('several, the last one first', async () => {
    const { queue, server } = await openQueue(2)
    queue.decide(approve)
    queue.decide(approve)
    server.approve()
    server.approve()
    await queue.undo()
    await queue.undo()
    await queue.undo()
    expect(server.reversed).toEqual(['approve-case-2', 'approve-case-1'])
    expect(shown(queue)).toEqual(['case-1', 'case-2'])
  })
})

describe('others work in the same queue', () => {
  test('a change told during a reading is read too', async () => {
    const { queue, server } = await openQueue(1)
    const reading = queue.refresh()
    server.cases = [...server.cases, aCase(2)]
    await queue.refresh()
    await reading
    expect(shown(queue)).toEqual(['case-1', 'case-2'])
    expect(queue.happening).toEqual({ kind: 'arrived', count: 1 })
  })

  test('the case in hand that somebody decided stays until the moderator goes on', async () => {
    const { queue, server } = await openQueue(2)
    server.cases = server.cases.slice(1)
    await queue.refresh()
    expect(queue.current?.id).toBe('case-1')
    expect(queue.meanwhile).toBe('gone')
    queue.catchUp()
    expect(queue.inHand).toBe('case-2')
    expect(shown(queue)).toEqual(['case-2'])
  })
})

describe('a queue longer than a page', () => {
  test('the next page is read before the list in memory runs out', async () => {
    const { queue, server } = await openQueue(250)
    expect(queue.cases).toHaveLength(100)
    expect(queue.waiting).toBe(250)
    queue.take('case-80')
    queue.decide(approve)
    await settled()
    expect(queue.cases).toHaveLength(199)
    expect(queue.waiting).toBe(249)
    expect(queue.inHand).toBe('case-81')
    expect(server.read).toHaveLength(2)
    expect([...queue.arrived]).toEqual([])
  })

  test('a list read to its end is asked on no more, until more waits than it has', async () => {
    const { queue, server } = await openQueue(150)
    await queue.more()
    expect(queue.cases).toHaveLength(150)
    await queue.refresh()
    await queue.more()
    expect(server.read).toEqual(['all first', expect.stringContaining('all 2026'), 'all first'])
    server.cases = [...server.cases, aCase(151)]
    await queue.refresh()
    expect(queue.waiting).toBe(151)
    await queue.more()
    expect(queue.cases).toHaveLength(151)
  })

  test('no more than ten thousand are kept, and the rest is counted', async () => {
    const { queue } = await openQueue(10_300)
    for (let page = 0; page < 110; page += 1) await queue.more()
    expect(queue.cases).toHaveLength(10_000)
    expect(queue.waiting).toBe(10_300)
    expect(new Set(shown(queue)).size).toBe(10_000)
  })

  test('what a reading brings up from behind is not called new; what came in is', async () => {
    const { queue, server } = await openQueue(150)
    server.cases = [...server.cases.slice(10), aCase(0)]
    await queue.refresh()
    expect([...queue.arrived]).toEqual(['case-0'])
  })
})

describe('the queues', () => {
  test('another one is shown with its own cases, and undoing leads back to where it was decided', async () => {
    const { queue, server } = await openQueue(3)
    server.cases = [
      ...server.cases,
      aCase(4, { escalated: true, can: { decide: false, ban: 'ban', object: false } }),
    ]
    queue.decide(approve)
    server.approve()
    await settled()
    await queue.show({ queue: 'escalated', filter: {} })
    expect(shown(queue)).toEqual(['case-4'])
    expect(queue.canDecide).toBe(false)
    queue.decide(approve)
    expect(queue.inHand).toBe('case-4')
    await queue.undo()
    expect(queue.wanted.queue).toBe('all')
    expect(queue.inHand).toBe('case-1')
    expect(shown(queue)).toEqual(['case-1', 'case-2', 'case-3', 'case-4'])
  })

  test('after a decision the next one that can be decided is in hand', async () => {
    const { queue, server } = await openQueue(3)
    server.cases = server.cases.map((one) =>
      one.id === 'case-2' ? { ...one, can: { decide: false, ban: 'ban', object: false } } : one,
    )
    await queue.refresh()
    queue.decide(approve)
    expect(queue.inHand).toBe('case-3')
  })
})

describe('who has a case in hand', () => {
  test('is told of others only, until the lease is over', async () => {
    const { queue, server } = await openQueue(2)
    const until = '2026-01-01T13:00:00.000Z'
    const [first, second] = server.cases
    if (!first || !second) throw new Error('no cases')
    server.cases = [
      { ...first, claim: { by: 'Bela', mine: false, until } },
      { ...second, claim: { by: 'Mo', mine: true, until } },
    ]
    await queue.refresh()
    const at = (time: string) => Date.parse(`2026-01-01T${time}Z`)
    expect(queue.claims.colleagueAt('case-1', at('12:59:59'))).toBe('Bela')
    expect(queue.claims.colleagueAt('case-1', at('13:00:00'))).toBeNull()
    expect(queue.claims.colleagueAt('case-2', at('12:59:59'))).toBeNull()
    // The card in hand stays the very same.
    expect(queue.current).toBe(first)
  })

  test('a case that a claim finds closed is said to be gone', async () => {
    const { queue } = await openQueue(2)
    queue.told('case-2', null)
    expect(queue.meanwhile).toBe('same')
    queue.told('case-1', null)
    expect(queue.meanwhile).toBe('gone')
  })
})
