import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { CaseView, Decided, Decision } from '../../core/contract/moderation.ts'
import type { Moderation, Queue as QueueType } from '../../web/console/queue.svelte.ts'
import { aCase, aPage } from './cases.ts'

let Queue: typeof QueueType

// Without a compiler a rune is the value it holds: enough for what the queue does, apart from how it is shown.
beforeAll(async () => {
  vi.stubGlobal('$state', { raw: (value: unknown) => value })
  ;({ Queue } = await import('../../web/console/queue.svelte.ts'))
})

const verdict = (one: CaseView, action: Decision['action'], by = 'Mo'): Decided => {
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

/** A server with these cases, which answers only when it is told to. */
function aServer(cases: CaseView[]) {
  const waiting: { one: CaseView; answer: PromiseWithResolvers<Decided> }[] = []
  const server = {
    cases,
    reversed: [] as string[],
    approve: () => {
      const asked = waiting.shift()
      if (!asked) throw new Error('nothing was decided')
      server.cases = server.cases.filter(({ id }) => id !== asked.one.id)
      asked.answer.resolve(verdict(asked.one, 'approve'))
    },
    refuse: (error: Error) => waiting.shift()?.answer.reject(error),
  }
  const moderation: Moderation = {
    page: () => Promise.resolve(aPage(server.cases)),
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
