import { expect, test } from 'vitest'
import { judge } from '../../server/webhooks/retry.ts'

const failure = (status: number | null, retryAfter: string | null = null) => ({
  status,
  problem: 'It answers badly.',
  retryAfter,
})
const waits = (status: number | null, random: number) =>
  Array.from({ length: 10 }, (_, nth) => judge(nth + 1, failure(status), random).wait)

test('it is tried for three days, and then given up; by a tenth later at the most', () => {
  const hours = (count: number) => count * 3_600
  const planned = [5, 300, 1_800, ...[2, 5, 10, 14, 20, 24].map(hours), null]
  expect(waits(null, 0)).toEqual(planned)
  for (const [nth, wait] of waits(500, 1).entries()) expect(wait).toBe((planned[nth] ?? 0) * 1.1 || null)
})

test('who answers with an error lets others go first after three attempts; who is away or overloaded never', () => {
  for (const status of [400, 404, 410, 422, 500, 301])
    expect([1, 2, 3, 9].map((nth) => judge(nth, failure(status)).stepsAside)).toEqual([
      false,
      false,
      true,
      true,
    ])
  for (const status of [null, 429, 502, 503, 504])
    expect([1, 3, 9, 10].map((nth) => judge(nth, failure(status)).stepsAside)).toEqual([
      false,
      false,
      false,
      false,
    ])
})

test('patience that is asked for is had, for a day at the most', () => {
  const wait = (status: number, retryAfter: string) => judge(1, failure(status, retryAfter), 0).wait
  expect(wait(503, '120')).toBe(120)
  expect(wait(429, '2')).toBe(5)
  expect(wait(429, '999999')).toBe(86_400)
  expect(wait(429, '99999999999')).toBe(5)
  expect(wait(429, 'Fri, 31 Dec 1999 23:59:59 GMT')).toBe(5)
  expect(wait(500, '120')).toBe(5)
})
