import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { actions, type Deed, type Person } from './model.ts'
import { expectOutward, expectSame } from './compare.ts'
import { setRules, take, type Step } from './steps.ts'
import { begin, end, openGround, type Ground } from './world.ts'

/** Another one each time. To see a failure again: MODEL_SEED=…; to have it made shorter: MODEL_SHRINK=1. */
const seed = Number(process.env['MODEL_SEED'] ?? randomInt(2 ** 31))
const runs = Number(process.env['MODEL_RUNS'] ?? 12)

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground.server.close())

const actor = fc.constantFrom('author', 'mo', 'lea')
const mostlyAuthor = fc.oneof({ weight: 6, arbitrary: fc.constant('author' as const) }, actor)
const staff = fc.oneof({ weight: 8, arbitrary: fc.constantFrom('mo', 'lea') }, actor)
/** Mostly the newest one: its cases are open more often than not. */
const which = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(30))
const rarely = fc.integer({ min: 0, max: 9 }).map((nth) => nth === 9)
const word = fc.integer({ min: 0, max: 2 }).map((nth) => nth === 2)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('post'), under: fc.option(which), word }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('edit'), by: mostlyAuthor, which, word, stale: rarely }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('withdraw'), by: mostlyAuthor, which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('erase'), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restore'), by: mostlyAuthor, which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('report'),
      by: fc.constantFrom<Person>('reader', 'reader', 'reader', 'mo', 'author'),
      which,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      act: fc.constant('decide'),
      by: staff,
      which,
      deed: fc.constantFrom(...actions),
      stale: rarely,
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('object'), by: staff, which, stale: rarely }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('appeal'), by: mostlyAuthor, which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('answer'),
      by: staff,
      which,
      upheld: fc.boolean(),
      stale: rarely,
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('reverse'), by: fc.option(actor), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('rule'),
      rule: fc.constantFrom('isSensitive', 'twoPeople'),
      on: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('deliver') }) },
)

/** How an appeal comes about, which chance alone seldom gets to: a comment that waits, is perhaps escalated, and is rejected. */
const appealed: fc.Arbitrary<Step[]> = fc
  .record({
    isEscalated: fc.boolean(),
    deed: fc.constantFrom<Deed>('reject', 'warn', 'time_out', 'ban'),
    by: fc.constantFrom('mo', 'lea'),
  })
  .map(({ isEscalated, deed, by }) => {
    const decide = (who: 'mo' | 'lea', what: Deed): Step => ({
      act: 'decide',
      by: who,
      which: 0,
      deed: what,
      stale: false,
    })
    return [
      { act: 'post', under: null, word: true },
      ...(isEscalated ? [decide('mo', 'escalate'), decide('lea', deed)] : [decide(by, deed)]),
      { act: 'appeal', by: 'author', which: 0 },
    ]
  })

/** How a ban by two comes about: one of them proposes it, the other one, perhaps of another mind, decides. */
const proposed: fc.Arbitrary<Step[]> = fc
  .record({
    first: fc.constantFrom('mo', 'lea'),
    second: fc.constantFrom('mo', 'lea'),
    deed: fc.constantFrom<Deed>('ban', 'ban', 'reject', 'hold'),
  })
  .map(({ first, second, deed }) => [
    { act: 'rule', rule: 'twoPeople', on: true },
    { act: 'post', under: null, word: true },
    { act: 'decide', by: first, which: 0, deed: 'ban', stale: false },
    { act: 'decide', by: second, which: 0, deed, stale: false },
  ])

/** How an objection comes about: one of them decides, the other one objects, and somebody decides anew. */
const objected: fc.Arbitrary<Step[]> = fc
  .record({
    by: fc.constantFrom('mo', 'lea'),
    first: fc.constantFrom<Deed>('approve', 'reject', 'warn', 'ban'),
    second: fc.constantFrom<Deed>('approve', 'reject', 'time_out', 'hold'),
    isUndone: fc.boolean(),
  })
  .map(({ by, first, second, isUndone }) => [
    { act: 'post', under: null, word: true },
    { act: 'decide', by, which: 0, deed: first, stale: false },
    { act: 'object', by: by === 'mo' ? 'lea' : 'mo', which: 0, stale: false },
    { act: 'decide', by: 'lea', which: 0, deed: second, stale: false },
    ...(isUndone ? [{ act: 'reverse' as const, by: null, which: 0 }] : []),
  ])

/** Anything may be done twice: a second click, or a request sent again. */
const some = fc
  .array(fc.record({ one: step, twice: fc.integer({ min: 0, max: 4 }) }), {
    minLength: 6,
    maxLength: 24,
    size: 'max',
  })
  .map((all) => all.flatMap(({ one, twice }) => (twice === 4 ? [one, one] : [one])))
const steps = fc
  .tuple(fc.oneof(fc.constant([]), appealed, proposed, objected), some)
  .map(([before, all]): Step[] => [...before, ...all])

test(
  'whatever an author, a moderator and a lead do, the states are the model’s, and nothing hidden goes out',
  { timeout: 600_000 },
  async () => {
    console.log(`MODEL_SEED=${seed}`)
    await fc.assert(
      fc.asyncProperty(fc.boolean(), steps, async (known, all) => {
        const world = await begin(ground, known)
        // The rules are the site's: what another world left in them is not this one's.
        await setRules(world)
        for (const one of [...all, { act: 'deliver' as const }]) {
          const comment = await take(world, one)
          if (comment) await expectSame(world, comment)
          await expectOutward(world, comment)
        }
        end(world)
      }),
      { seed, numRuns: runs, endOnFailure: process.env['MODEL_SHRINK'] === undefined },
    )
    const { db, siteId } = ground.server
    expect((await verifyLog(db, siteId)).faults).toEqual([])
    expect((await verifyAudit(db, siteId)).broken).toBeNull()
  },
)
