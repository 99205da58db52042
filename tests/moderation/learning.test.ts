import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { setRole } from '../../server/people/index.ts'
import { learnFromDecisions, sitesToLearn } from '../../server/moderation/index.ts'
import type { Caller } from './caller.ts'
import { bad, decideMany, good, remarks } from './decisions.ts'
import { openDesk, type Desk } from './desk.ts'

const site = { site: 'demo' }
const get = 'GET /v1/sites/:site/learning'
const put = 'PUT /v1/sites/:site/learning'
const forget = 'DELETE /v1/sites/:site/learning'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.stage.close())
beforeEach(async () => {
  await desk.stage.db.deleteFrom('learning').execute()
  await desk.stage.db.deleteFrom('decision').execute()
})

/** As the job does, when all that was decided until now has settled. */
const learnNow = () => learnFromDecisions(desk.stage.db, desk.stage.demo.id, Date.now() + 60_000)

const decided = (count: number, action: 'approve' | 'reject', text: (n: number) => string) =>
  decideMany(desk.stage.db, count, action, text)

async function learnMany() {
  await decided(150, 'approve', good)
  await decided(60, 'reject', bad)
  await learnNow()
}

const look = (who: Caller = desk.pia) => who.ok(get, { params: site })

/** The signals of a comment as it is kept. */
async function signalsOf(commentId: string) {
  const { signals } = await desk.stage.db
    .selectFrom('comment_revision')
    .select('signals')
    .where('comment_id', '=', commentId)
    .executeTakeFirstOrThrow()
  return signals
}

test('what was decided and undone teaches nothing', async () => {
  const about = await desk.held()
  const { decision } = await desk.reject(desk.mo, about, 'abuse')
  await desk.undo(desk.mo, decision.id)
  await learnNow()
  expect(await look()).toMatchObject({ approved: 0, rejected: 0, ready: false, measured: null })
})

test('a decision is learnt when it has settled, and the clock finds the site until then', async () => {
  const { db, demo } = desk.stage
  const now = Date.now()
  await decideMany(db, 3, 'approve', good, { when: now - 10_000 })
  expect(await sitesToLearn(db, now)).toEqual([])
  await learnFromDecisions(db, demo.id, now)
  expect(await look()).toMatchObject({ approved: 0, version: 0 })

  expect(await sitesToLearn(db, now + 25_000)).toEqual([demo.id])
  await learnFromDecisions(db, demo.id, now + 25_000)
  expect(await look()).toMatchObject({ approved: 3, version: 1 })
  expect(await sitesToLearn(db, now + 25_000)).toEqual([])
})

test('an appeal that is upheld teaches that the comment stands', async () => {
  const about = await desk.held()
  await desk.reject(desk.mo, about, 'abuse')
  await learnNow()
  expect(await look()).toMatchObject({ approved: 0, rejected: 1 })
  const comment = about.comment.id
  await desk.ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
    params: { ...site, comment },
    body: { text: 'It is a quotation.' },
  })
  const { id, version } = await desk.caseOf(desk.pia, comment)
  await desk.pia.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { ...site, case: id },
    body: { action: 'uphold_appeal', answer: 'It is one.', revision: about.comment.revision, version },
  })
  await learnNow()
  expect(await look()).toMatchObject({ approved: 1, rejected: 0 })
})

test('a site learns from its own decisions, and says how well it guesses and by which words', async () => {
  await learnMany()
  const learning = await look()
  expect(learning).toMatchObject({
    on: true,
    holdAt: null,
    ready: true,
    approved: 150,
    rejected: 60,
    version: 1,
  })
  expect(learning.measured).toMatchObject({ decisions: 210, rejected: 60 })
  expect(learning.words.against.map(({ word }) => word)).toContain('casino')
  expect(learning.words.against).toContainEqual({ word: 'pills', approved: 0, rejected: 60 })
  expect(learning.words.for.map(({ word }) => word)).toContain('harvest')
})

test('decisions of a site with several languages are guessed well before they are learnt', async () => {
  const { db } = desk.stage
  const all = remarks(600)
  const texts = (fell: boolean) => all.filter((one) => one.fell === fell).map(({ text }) => text)
  // In an order that tells nothing: for each stretch the approved, then the rejected.
  const [stand, fall] = [texts(false), texts(true)]
  const when = Date.now()
  for (let part = 0; part < 10; part += 1) {
    const of = (list: string[]) => list.slice((part * list.length) / 10, ((part + 1) * list.length) / 10)
    await decideMany(db, of(stand).length, 'approve', (n) => of(stand)[n] ?? '', { when: when + 2 * part })
    await decideMany(db, of(fall).length, 'reject', (n) => of(fall)[n] ?? '', { when: when + 2 * part + 1 })
  }
  await learnNow()
  const { measured } = await look()
  expect(measured?.decisions).toBe(500)
  expect(measured?.auc).toBeGreaterThan(0.9)
})

test('only what is new is learnt, as a new version, and five versions are kept', async () => {
  const { db } = desk.stage
  await learnMany()
  await learnNow()
  expect((await look()).version).toBe(1)
  for (let version = 2; version <= 7; version += 1) {
    await decided(1, 'reject', bad)
    await learnNow()
    expect(await look()).toMatchObject({ version, rejected: 59 + version })
  }
  const versions = await db.selectFrom('model').select('version').orderBy('version').execute()
  expect(versions.map(({ version }) => version)).toEqual([3, 4, 5, 6, 7])
})

test('a decision that was learnt and then undone is unlearnt', async () => {
  const about = await desk.held()
  const { decision } = await desk.reject(desk.mo, about, 'abuse')
  await decided(5, 'approve', good)
  await learnNow()
  expect(await look()).toMatchObject({ approved: 5, rejected: 1 })
  await desk.undo(desk.mo, decision.id)
  await learnNow()
  expect(await look()).toMatchObject({ approved: 5, rejected: 0, version: 2 })
})

/** All that is kept of a site's model, as somebody could read it. */
async function readable(): Promise<string> {
  const { rows } = await sql<{ all: string }>`
    select string_agg(jsonb_build_array(words, recent)::text || encode(weights, 'escape'), ' ') as all from model
  `.execute(desk.stage.db)
  return rows[0]?.all ?? ''
}

test('of what was learnt, only words can be read that three people have used: no text outlives its erasure', async () => {
  const { db } = desk.stage
  const name = () => 'Zacharias Ypsilanti, zy@example.org, writes that the harvest was good.'
  await decideMany(db, 9, 'approve', name, { authors: ['ada@demo.example'] })
  await decideMany(db, 3, 'approve', () => 'The harvest was not so bad.')
  await learnNow()
  // It is known by a hash, and adds up.
  const { words } = await db.selectFrom('model').select('words').executeTakeFirstOrThrow()
  expect(words.filter(([, stands, , known]) => typeof known !== 'string' && stands === 9)).not.toEqual([])
  expect(await readable()).toContain('harvest')
  expect(await readable()).not.toMatch(/zacharias|ypsilanti|writes|example/)
  await decideMany(db, 3, 'approve', () => 'As Ypsilanti says.')
  await learnNow()
  expect(await readable()).toMatch(/ 12, 0, "ypsilanti"\]/)
  expect(await readable()).not.toMatch(/zacharias|example/)
})

test('a text that was withdrawn or erased is not read', async () => {
  const { db } = desk.stage
  await decided(3, 'approve', good)
  await decided(2, 'reject', bad)
  await db
    .updateTable('comment_revision')
    .set({ state: 'ERASED', source: null, body: null })
    .where('source', '=', bad(0))
    .execute()
  await db.updateTable('comment_revision').set({ state: 'WITHDRAWN' }).where('source', '=', good(1)).execute()
  await learnNow()
  expect(await look()).toMatchObject({ approved: 2, rejected: 1 })
})

describe('a comment like rejected ones', () => {
  beforeEach(learnMany)

  test('is shown, and comes earlier when it is reported, where learning only orders', async () => {
    const comment = await desk.say(desk.bela, 'Casino bonus, cheap pills and free money.')
    expect(comment.state).toBe('live')
    expect(await signalsOf(comment.id)).toMatchObject([{ kind: 'learned', holds: false }])
    await desk.report(desk.ada, comment.id)
    const { weights, signals } = await desk.caseOf(desk.mo, comment.id)
    expect(weights.map(({ cause }) => cause)).toContain('learned')
    const [signal] = signals
    expect(signal).toMatchObject({ kind: 'learned', similar: { approved: 0 } })
    expect(signal?.kind === 'learned' && signal.similar.rejected).toBeGreaterThan(10)
    expect(signal?.kind === 'learned' && signal.words).toContainEqual({
      word: 'casino',
      approved: 0,
      rejected: 60,
    })
  })

  test('waits where the site says so, and its author is told why; another one does not', async () => {
    await desk.pia.ok(put, { params: site, body: { on: true, holdAt: 60 } })
    const comment = await desk.say(desk.bela, 'Casino bonus, cheap pills and free money.')
    expect(comment).toMatchObject({ state: 'held', own: { heldFor: ['learned'] } })
    expect((await desk.caseOf(desk.mo, comment.id)).signals).toMatchObject([{ kind: 'learned', holds: true }])
    // However sure it is, it waits, and nothing was decided about it.
    expect((await desk.queue(desk.mo)).at(-1)?.decisions).toEqual([])
    const plain = await desk.say(desk.bela, 'The harvest figures are in the appendix.')
    expect(plain.state).toBe('live')
    expect(await signalsOf(plain.id)).toEqual([])
  })

  test('that waits for something else is not said to wait for this, to its author or in numbers', async () => {
    const comment = await desk.say(desk.bela, 'What a crook. Casino bonus, cheap pills and free money.')
    expect(comment).toMatchObject({ state: 'held', own: { heldFor: ['word_list'] } })
    const kinds = (await signalsOf(comment.id)).map(({ kind }) => kind)
    expect(kinds).toEqual(['word_list', 'learned'])
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const { ownInitiative } = await desk.pia.ok('GET /v1/sites/:site/transparency', {
      params: site,
      query: { from: day(-1), to: day(2) },
    })
    const counted = new Map(ownInitiative.bySignal.map(({ signal, count }) => [signal, count]))
    const { rows } = await sql<{ held: number }>`
      select count(*)::int as held from comment_revision
      where signals @? '$[*] ? (@.kind == "learned" && @.holds == true)'
    `.execute(desk.stage.db)
    expect(counted.get('word_list')).toBeGreaterThan(0)
    expect(counted.get('learned') ?? 0).toBe(rows[0]?.held)
  })

  test('is like any other where learning is off, and all is forgotten on demand', async () => {
    await desk.pia.ok(put, { params: site, body: { on: false, holdAt: 60 } })
    const first = await desk.say(desk.bela, 'Casino bonus, cheap pills and free money.')
    expect(first.state).toBe('live')
    expect(await signalsOf(first.id)).toEqual([])
    await decided(1, 'reject', bad)
    await learnNow()
    expect(await look()).toMatchObject({ on: false, rejected: 60 })

    await desk.pia.ok(put, { params: site, body: { on: true, holdAt: 60 } })
    const forgotten = await desk.pia.ok(forget, { params: site })
    expect(forgotten).toMatchObject({ on: true, holdAt: 60, approved: 0, rejected: 0, measured: null })
    await learnNow()
    expect(await look()).toMatchObject({ approved: 0, rejected: 0 })
    expect((await desk.say(desk.bela, 'Casino bonus, cheap pills, free money.')).state).toBe('live')
    await desk.expectWhole()
  })
})

test('only those who lead the moderation of this very site see and change it', async () => {
  const { stage, ada, mo, pia } = desk
  const otto = await stage.as('otto@other.example')
  for (const who of [ada, mo, otto]) {
    await who.refused(get, 403, { params: site })
    await who.refused(put, 403, { params: site, body: { on: false, holdAt: null } })
    await who.refused(forget, 403, { params: site })
  }
  const { id } = await stage.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', 'otto@other.example')
    .executeTakeFirstOrThrow()
  await setRole(stage.db, stage.demo.id, id, 'lead')
  expect((await look(otto)).on).toBe(true)
  await pia.refused(put, 400, { params: site, body: { on: true, holdAt: 20 } })
})
