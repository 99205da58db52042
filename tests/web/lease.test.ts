import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Claim } from '../../core/contract/moderation.ts'
import type { Lease as LeaseType } from '../../web/console/lease.svelte.ts'

let Lease: typeof LeaseType
let said: string[]
let told: [string, Claim | null][]
let closed: Set<string>
let holder: Claim | null
const mine: Claim = { by: 'Mo', mine: true, until: '2026-01-01T12:00:00.000Z' }

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('$state', { raw: (value: unknown) => value })
  vi.stubGlobal('document', { visibilityState: 'visible' })
  ;({ Lease } = await import('../../web/console/lease.svelte.ts'))
  said = []
  told = []
  closed = new Set()
  holder = mine
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const openLease = () =>
  new Lease(
    {
      claim(id) {
        said.push(`claim ${id}`)
        return Promise.resolve({ claim: holder })
      },
      unclaim(id) {
        said.push(`unclaim ${id}`)
        return Promise.resolve(null)
      },
    },
    { told: (id, claim) => told.push([id, claim]), isOpen: (id) => !closed.has(id) },
  )

test('who only passes by claims nothing; who stays for a second does, and lets go when leaving', async () => {
  const lease = openLease()
  lease.hold('one')
  await vi.advanceTimersByTimeAsync(900)
  lease.hold('two')
  await vi.advanceTimersByTimeAsync(1000)
  lease.hold('three')
  expect(said).toEqual(['claim two', 'unclaim two'])
  expect(told).toEqual([['two', mine]])
})

test('a decided case is not let go of: the decision did that', async () => {
  const lease = openLease()
  lease.hold('one')
  await vi.advanceTimersByTimeAsync(1000)
  closed.add('one')
  lease.hold('two')
  expect(said).toEqual(['claim one'])
})

test('activity renews it every thirty seconds at the most, and not in a hidden page', async () => {
  const lease = openLease()
  lease.hold('one')
  await vi.advanceTimersByTimeAsync(1000)
  await vi.advanceTimersByTimeAsync(29_000)
  lease.active()
  expect(said).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1000)
  lease.active()
  lease.active()
  expect(said).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(30_000)
  vi.stubGlobal('document', { visibilityState: 'hidden' })
  lease.active()
  expect(said).toHaveLength(2)
})

test('without activity it lapses, and says so until somebody is there again', async () => {
  const lease = openLease()
  lease.hold('one')
  await vi.advanceTimersByTimeAsync(1000)
  await vi.advanceTimersByTimeAsync(89_000)
  expect(lease.lapsed).toBe(false)
  await vi.advanceTimersByTimeAsync(1000)
  expect(lease.lapsed).toBe(true)
  lease.active()
  expect(lease.lapsed).toBe(false)
  expect(said).toEqual(['claim one', 'claim one'])
})

test('a colleague’s lease does not lapse here', async () => {
  holder = { ...mine, by: 'Bela', mine: false }
  const lease = openLease()
  lease.hold('one')
  await vi.advanceTimersByTimeAsync(200_000)
  expect(lease.lapsed).toBe(false)
  expect(told).toEqual([['one', holder]])
})
