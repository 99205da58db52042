import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeBlock } from '../../core/anchoring/index.ts'
import type { CaseView } from '../../core/contract/moderation.ts'
import { saveArticle, importArticle, toSection } from '../../server/articles/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { carryArticle } from '../../server/anchoring/index.ts'
import { origin, type Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'
import { password } from './stage.ts'

/** A site with a section each, where Spa moderates sport, and cases wait in both. */
let desk: Desk
let spa: Caller
let spaId: string
let sport: Subject
let politics: Subject

interface Subject {
  article: string
  thread: string
  open: CaseView
}

beforeAll(async () => {
  desk = await openDesk()
  const { db, demo } = desk.stage
  spaId = await createAccount(db, { email: 'spa@demo.example', name: 'Spa', password })
  await setRole(db, demo.id, spaId, 'moderator', ['/sport/'])
  spa = await desk.stage.as('spa@demo.example')
  sport = await subject('/sport/final')
  politics = await subject('/politics/sport/vote')
})
afterAll(() => desk.stage.close())

const passage = 'The very last paragraph of it, with some words in it.'
const text = (words: string) => `# A title\n\nThe first paragraph, which stays as it was.\n\n${words}\n`

async function save(path: string, words: string): Promise<string> {
  const { db, demo } = desk.stage
  const { id } = await saveArticle(db, demo, importArticle({ source: text(words), format: 'markdown' }), {
    url: origin + path,
  })
  return id
}

/** An article of its own at this path, with a thread on a passage, and a comment in it that is held. */
async function subject(path: string): Promise<Subject> {
  const article = await save(path, passage)
  const { comment, thread } = await desk.bela.ok('POST /v1/sites/:site/articles/:article/threads', {
    params: { site: 'demo', article },
    body: {
      body: `About ${path}.`,
      anchor: describeBlock(['A title', 'The first paragraph, which stays as it was.', passage], 2),
    },
  })
  expect(comment.state).toBe('live')
  const held = await desk.ada.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { site: 'demo', thread: thread.id },
    body: { body: `What a crook, in ${path}.` },
  })
  return { article, thread: thread.id, open: await desk.caseOf(desk.pia, held.comment.id) }
}

const at = ({ open }: Subject) => ({ params: { site: 'demo', case: open.id } })
const approval = ({ open }: Subject) => ({
  action: 'approve' as const,
  revision: open.comment.revision,
  version: open.version,
})

test('a section is the beginning of a path, up to a slash', () => {
  expect(['/sport', '/sport/', '/a/b//'].map(toSection)).toEqual(['/sport/', '/sport/', '/a/b/'])
  expect(['sport', '', '/a b', '/a?b', '/a#b'].map(toSection)).toEqual([null, null, null, null, null])
})

describe('of a case in another section, a moderator of one', () => {
  test('gets neither the case nor its number, in any queue and by any filter', async () => {
    const page = await spa.ok('GET /v1/sites/:site/cases', { params: { site: 'demo' } })
    expect(page.cases.map(({ id }) => id)).toEqual([sport.open.id])
    expect(page.open).toBe(1)
    expect(page.queues.find(({ queue }) => queue === 'held')?.open).toBe(1)
    for (const query of [{ section: '/politics/' }, { article: politics.article }]) {
      const { cases, open } = await spa.ok('GET /v1/sites/:site/cases', { params: { site: 'demo' }, query })
      expect({ cases, open }).toEqual({ cases: [], open: 0 })
    }
    const { cases } = await spa.ok('GET /v1/sites/:site/cases/selection', { params: { site: 'demo' } })
    expect(cases.map((one) => one.case)).toEqual([sport.open.id])
  })

  test('can by its id neither take it in hand nor decide, nor take a copy', async () => {
    await spa.refused('PUT /v1/sites/:site/cases/:case/claim', 404, at(politics))
    await spa.refused('GET /v1/sites/:site/cases/:case/export', 404, at(politics))
    const name = 'POST /v1/sites/:site/cases/:case/decisions'
    await spa.refused(name, 404, { ...at(politics), body: approval(politics) })
    // A stale one, too, whose answer would show the case.
    await spa.refused(name, 404, { ...at(politics), body: { ...approval(politics), version: 99 } })
    await spa.refused(name, 404, {
      ...at(politics),
      body: { ...approval(politics), action: 'dismiss_appeal', answer: 'No.' },
    })
    const bulk = await spa.ok('POST /v1/sites/:site/bulks/:bulk/decisions', {
      params: { site: 'demo', bulk: '01890000-0000-7000-8000-00000000b01c' },
      body: { action: 'approve', cases: [{ ...approvalSeen(politics), case: politics.open.id }] },
    })
    expect(bulk).toEqual({ decided: [], changed: [politics.open.id], refused: [] })
    expect((await desk.caseOf(desk.pia, politics.open.comment.id)).version).toBe(politics.open.version)
  })

  test('neither marks its thread nor puts its passage right', async () => {
    const params = { site: 'demo', thread: politics.thread }
    await spa.refused('PUT /v1/sites/:site/threads/:thread/mark', 403, { params, body: { mark: 'answered' } })
    await spa.refused('POST /v1/sites/:site/threads/:thread/passage', 403, {
      params,
      body: { anchor: describeBlock([passage], 0), revision: 1 },
    })
    await spa.refused('DELETE /v1/sites/:site/threads/:thread/passage', 403, { params })
    const { threads } = await spa.ok('GET /v1/sites/:site/articles/:article/threads', {
      params: { site: 'demo', article: politics.article },
    })
    expect(threads.map(({ can }) => can)).toEqual([{ reattach: false, mark: false }])
  })

  test('does not see its lost passages', async () => {
    const { db, demo } = desk.stage
    const lost = await subject('/politics/lost')
    const own = await subject('/sport/lost')
    for (const [path, article] of [
      ['/politics/lost', lost.article],
      ['/sport/lost', own.article],
    ] as const) {
      await save(path, 'Something else has been written over there instead, by somebody.')
      await carryArticle(db, demo.id, article)
    }
    const orphans = async (who: Caller) => {
      const page = await who.ok('GET /v1/sites/:site/orphans', { params: { site: 'demo' } })
      return page.orphans.map(({ threadId }) => threadId)
    }
    expect((await orphans(desk.mo)).sort()).toEqual([lost.thread, own.thread].sort())
    expect(await orphans(spa)).toEqual([own.thread])
    for (const { open } of [lost, own]) await desk.approve(desk.pia, open)
  })
})

const approvalSeen = ({ open }: Subject) => ({ revision: open.comment.revision, version: open.version })

test('in the own section all goes as for others, and undoing ends with the section', async () => {
  const { db, demo } = desk.stage
  await spa.ok('PUT /v1/sites/:site/cases/:case/claim', at(sport))
  const { decision } = await spa.ok('POST /v1/sites/:site/cases/:case/decisions', {
    ...at(sport),
    body: approval(sport),
  })
  await spa.ok('GET /v1/sites/:site/cases/:case/export', at(sport))
  const { account } = await spa.ok('GET /v1/session')
  expect(account?.sites).toMatchObject([{ role: 'moderator', sections: ['/sport/'] }])
  await setRole(db, demo.id, spaId, 'moderator', ['/politics/'])
  const undo = 'POST /v1/sites/:site/decisions/:decision/reversal'
  const params = { site: 'demo', decision: decision.id }
  await spa.refused(undo, 404, { params })
  await setRole(db, demo.id, spaId, 'moderator', ['/culture/', '/sport/'])
  await spa.ok(undo, { params })
})

test('those who lead are never limited: the database keeps no sections for them', async () => {
  const { db, demo } = desk.stage
  await expect(setRole(db, demo.id, spaId, 'lead', ['/sport/'])).rejects.toThrow('membership_sections_check')
  await setRole(db, demo.id, spaId, 'lead')
  const { open } = await spa.ok('GET /v1/sites/:site/cases', { params: { site: 'demo' } })
  expect(open).toBe(2)
})
