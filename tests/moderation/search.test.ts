import { afterAll, beforeAll, expect, test } from 'vitest'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { articlesToKeep, keepWords } from '../../server/search/index.ts'
import { origin, type Caller } from './caller.ts'
import { openDesk, type Desk } from './desk.ts'
import { password } from './stage.ts'

let desk: Desk
/** Moderates sport only. */
let spa: Caller
beforeAll(async () => {
  desk = await openDesk()
  const { db, demo } = desk.stage
  const id = await createAccount(db, { email: 'spa@demo.example', name: 'Spa', password })
  await setRole(db, demo.id, id, 'moderator', ['/sport/'])
  spa = await desk.stage.as('spa@demo.example')
})
afterAll(() => desk.stage.close())

async function find(who: Caller, q: string, site = 'demo') {
  const { db } = desk.stage
  for (const place of await articlesToKeep(db)) await keepWords(db, place)
  const { comments } = await who.ok('GET /v1/sites/:site/cases/search', { params: { site }, query: { q } })
  return comments
}
const marked = (comment: Awaited<ReturnType<typeof find>>[number] | undefined) =>
  comment?.excerpt.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')

test('moderators find what waits and what was rejected, and nothing that was withdrawn', async () => {
  const { id } = await desk.say(desk.ada, 'That wombat is a crook.')
  const waiting = await find(desk.mo, 'wombat')
  expect(waiting).toMatchObject([{ id, state: 'held', waits: true, author: { name: 'Ada' } }])
  expect(marked(waiting[0])).toBe('That [wombat] is a crook.')
  await desk.reject(desk.mo, await desk.caseOf(desk.mo, id), 'abuse')
  expect(await find(desk.mo, 'wombat')).toMatchObject([{ id, state: 'rejected', waits: false }])
  const byName = await find(desk.mo, 'ada')
  expect(byName.map((one) => one.id)).toContain(id)

  const withdrawn = await desk.say(desk.ada, 'A kinkajou.')
  expect(await find(desk.mo, 'kinkajou')).toHaveLength(1)
  const params = { site: 'demo', comment: withdrawn.id }
  await desk.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
  expect(await find(desk.mo, 'kinkajou')).toEqual([])
})

test('a moderator of sections finds nothing outside of them, neither by word nor by name', async () => {
  const { db, demo } = desk.stage
  const ids: string[] = []
  for (const path of ['/sport/final', '/politics/vote']) {
    const source = '# A title\n\nThe first paragraph.'
    const article = await saveArticle(db, demo, importArticle({ source, format: 'markdown' }), {
      url: origin + path,
    })
    const { comment } = await desk.bela.ok('POST /v1/sites/:site/articles/:article/threads', {
      params: { site: 'demo', article: article.id },
      body: { body: `A binturong in ${path}.`, anchor: null },
    })
    ids.push(comment.id)
  }
  for (const q of ['binturong', 'bela']) {
    const [theirs, all] = [await find(spa, q), await find(desk.mo, q)]
    expect(theirs.map(({ id }) => id)).toEqual([ids[0]])
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  }
})

test('nobody else may search so, and no site has another’s', async () => {
  await desk.say(desk.ada, 'A fossa.')
  expect(await find(desk.mo, 'fossa')).toHaveLength(1)
  const asked = { params: { site: 'demo' }, query: { q: 'fossa' } }
  await desk.ada.refused('GET /v1/sites/:site/cases/search', 403, asked)
  const otto = await desk.stage.as('otto@other.example')
  await otto.refused('GET /v1/sites/:site/cases/search', 403, asked)
  expect(await find(otto, 'fossa', 'other')).toEqual([])
})
