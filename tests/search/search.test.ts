import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSite } from '../../server/sites/index.ts'
import { open, site } from '../server/stage.ts'
import { marked, openStage, type Stage } from './stage.ts'

let stage: Stage
let thread: string
beforeAll(async () => {
  stage = await openStage()
  const article = await stage.newArticle('Harbours')
  thread = (await open(stage.ada, article, 'Opening.')).thread.id
})
afterAll(() => stage.close())

describe('a comment is found', () => {
  test.each([
    [
      'en',
      'The lighthouses were burning brightly.',
      ['lighthouse', 'LIGHTHOUSES burn', '"burning brightly"'],
    ],
    ['de', 'Für die Häfen im Süden gilt das nicht.', ['hafen', 'für häfen', '"im sueden" or süden', 'Suden']],
    ['fr', 'Les élèves protestaient l’hiver.', ['eleve', 'protester hiver', 'l’hiver']],
    ['ru', 'Ёлки стояли в порту.', ['елка', 'порты', 'ЁЛКА']],
    ['es', 'Las canciones más bonitas.', ['cancion', 'CANCIÓN']],
    ['tr', 'İstanbul limanları büyüyor.', ['istanbul', 'İSTANBUL', 'limanlari']],
    ['ja', '報告書にはそう書かれていません。', ['報告', '書か', '告']],
    ['zh', '灯塔在港口旁边', ['港口', '灯塔 港口']],
    ['kk', 'Порттағы шамшырақ.', ['шамшырақ']],
    ['ar', 'المنارات القديمة في الميناء', ['الميناء']],
    ['en', 'See https://harbour.example/plan-b today.', ['harbour.example', '"plan b"', 'plan-b']],
  ])('in %s by what is left of its words: %j', async (language, text, queries) => {
    const id = await stage.say(stage.ada, thread, text, language)
    await stage.aMinutePasses()
    for (const query of queries) expect(await stage.found(stage.nobody, query), query).toContain(id)
  })

  test('with all of the words, in this order where they are quoted, and without those after a minus', async () => {
    const id = await stage.say(stage.ada, thread, 'A quiet walrus met a loud penguin.', 'en')
    await stage.aMinutePasses()
    for (const query of ['walrus penguin', 'penguin or giraffe', '"quiet walrus"', 'walrus -giraffe'])
      expect(await stage.found(stage.nobody, query), query).toEqual([id])
    for (const query of ['walrus giraffe', '"walrus quiet"', 'walrus -penguin', '告報', '!', '-'])
      expect(await stage.found(stage.nobody, query), query).toEqual([])
  })

  test('by its author’s name, also where it is only begun or spelt a little differently', async () => {
    const article = await stage.newArticle('Names')
    const { comment } = await open(stage.bela, article, 'Said by somebody.')
    for (const query of ['bela', 'BEL', 'Béla', 'belaa'])
      expect(await stage.found(stage.nobody, query, article), query).toEqual([comment.id])
    expect(await stage.found(stage.nobody, 'chris', article)).toEqual([])
  })

  test('with the places that were found, its thread and its article', async () => {
    const article = await stage.newArticle('On <b>tides</b>')
    const { thread } = await open(stage.ada, article, 'Opening.')
    const id = await stage.say(stage.bela, thread.id, 'High **tides**, _low_ tide & the “Tidal” <i>.', 'en')
    await stage.aMinutePasses()
    const { comments, next } = await stage.search(stage.nobody, 'tide', { article })
    expect(comments.map((one) => marked(one.excerpt))).toEqual([
      'High [tides], low [tide] & the “Tidal” <i>.',
    ])
    expect(comments).toMatchObject([
      { comment: { id, own: null }, thread: { id: thread.id }, article: { title: 'On <b>tides</b>' } },
    ])
    expect(next).toBeNull()
  })

  test('by the words of its edit, and no longer by those before', async () => {
    const id = await stage.say(stage.ada, thread, 'An ocelot.', 'en')
    await stage.aMinutePasses()
    await stage.ada.ok('PATCH /v1/sites/:site/comments/:comment', {
      params: { site, comment: id },
      body: { body: 'A capybara.', revision: 1 },
    })
    expect(await stage.found(stage.nobody, 'ocelot')).toEqual([])
    await stage.aMinutePasses()
    expect(await stage.found(stage.nobody, 'ocelot')).toEqual([])
    expect(await stage.found(stage.nobody, 'capybara')).toEqual([id])
    const kept = await stage.db
      .selectFrom('search_text')
      .select('revision')
      .where('comment_id', '=', id)
      .execute()
    expect(kept).toEqual([{ revision: 2 }])
  })
})

test('a passage is found by its words, with the thread about it, once readers see something there', async () => {
  const anchor = await stage.onWords('margin')
  const { thread, comment } = await open(stage.ada, stage.article, 'What a crook.', anchor)
  await stage.aMinutePasses()
  const passages = async () => {
    const page = await stage.search(stage.nobody, 'margins', { article: stage.article })
    return page.passages.filter((one) => one.thread.id === thread.id)
  }
  expect(comment.state).toBe('held')
  expect(await passages()).toEqual([])
  await stage.say(stage.bela, thread.id, 'Who?')
  expect((await passages()).map(({ excerpt }) => marked(excerpt))).toEqual(['[margin]'])
})

describe('nobody finds what they may not see:', () => {
  test('what is held, but its author', async () => {
    const id = await stage.say(stage.ada, thread, 'That gazelle is a crook.', 'en')
    await stage.aMinutePasses()
    for (const other of [stage.nobody, stage.bela, stage.mo])
      expect(await stage.found(other, 'gazelle')).toEqual([])
    expect(await stage.found(stage.ada, 'gazelle')).toEqual([id])
    const [own] = (await stage.search(stage.ada, 'gazelle')).comments
    expect(own?.comment).toMatchObject({ state: 'held', own: { heldFor: ['word_list'] } })
    for (const other of [stage.nobody, stage.bela]) {
      const byName = (await stage.search(other, 'ada')).comments
      expect(byName.map(({ comment }) => comment.id)).not.toContain(id)
    }
  })

  test('an edit that is held: others find what stands, its author what waits', async () => {
    const id = await stage.say(stage.ada, thread, 'A meek tapir.', 'en')
    await stage.ada.ok('PATCH /v1/sites/:site/comments/:comment', {
      params: { site, comment: id },
      body: { body: 'An okapi, the crook.', revision: 1 },
    })
    await stage.aMinutePasses()
    expect(await stage.found(stage.bela, 'tapir')).toEqual([id])
    expect(await stage.found(stage.bela, 'okapi')).toEqual([])
    expect(await stage.found(stage.ada, 'okapi')).toEqual([id])
    expect(await stage.found(stage.ada, 'tapir')).toEqual([])
  })

  test('what was rejected, at once', async () => {
    const id = await stage.say(stage.ada, thread, 'A lemur, that crook.', 'en')
    await stage.aMinutePasses()
    expect(await stage.found(stage.ada, 'lemur')).toEqual([id])
    const { cases } = await stage.mo.ok('GET /v1/sites/:site/cases', { params: { site } })
    const about = cases.find(({ comment }) => comment.id === id)
    await stage.mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
      params: { site, case: about?.id ?? '' },
      body: { action: 'reject', reason: 'abuse', revision: 1, version: about?.version ?? 0 },
    })
    for (const who of [stage.nobody, stage.ada, stage.mo]) expect(await stage.found(who, 'lemur')).toEqual([])
  })

  test('what was withdrawn, at once; and it is found again when that is undone', async () => {
    const id = await stage.say(stage.ada, thread, 'A pangolin.', 'en')
    await stage.say(stage.bela, thread, 'Where?')
    await stage.aMinutePasses()
    const about = { params: { site, comment: id } }
    await stage.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', about)
    for (const who of [stage.nobody, stage.ada]) expect(await stage.found(who, 'pangolin')).toEqual([])
    await stage.aMinutePasses()
    await stage.ada.ok('DELETE /v1/sites/:site/comments/:comment/withdrawal', about)
    await stage.aMinutePasses()
    expect(await stage.found(stage.nobody, 'pangolin')).toEqual([id])
  })

  test('what is on another site, or another article', async () => {
    await createSite(stage.db, { slug: 'other', name: 'Other', origins: [stage.origin] })
    const elsewhere = await stage.newArticle('Elsewhere')
    const id = await stage.say(stage.ada, thread, 'A narwhal.', 'en')
    await stage.aMinutePasses()
    expect(await stage.found(stage.nobody, 'narwhal')).toEqual([id])
    expect(await stage.found(stage.nobody, 'narwhal', elsewhere)).toEqual([])
    for (const q of ['narwhal', 'ada'])
      expect(
        await stage.nobody.ok('GET /v1/sites/:site/search', { params: { site: 'other' }, query: { q } }),
      ).toEqual({ passages: [], comments: [], next: null })
    await stage.nobody.refused('GET /v1/sites/:site/search', 404, {
      params: { site: 'other' },
      query: { q: 'narwhal', article: stage.article },
    })
  })
})

test('pages hold each comment once, the newest first, by words and by name at once', async () => {
  const article = await stage.newArticle('Many')
  const { thread } = await open(stage.bela, article, 'A first dodo.')
  for (let nth = 0; nth < 44; nth += 1)
    await stage.say(nth % 2 ? stage.ada : stage.mo, thread.id, `Dodo ${nth}.`)
  await stage.aMinutePasses()
  for (const [query, count] of [
    ['dodo', 45],
    ['mo', 22],
    ['dodo or mo', 45],
  ] as const) {
    const ids: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const more = { article, ...(cursor !== undefined && { cursor }) }
      const page = await stage.search(stage.nobody, query, more)
      expect(page.comments.length).toBeLessThanOrEqual(20)
      ids.push(...page.comments.map(({ comment }) => comment.id))
      cursor = page.next
    }
    expect(ids, query).toHaveLength(count)
    expect(ids, query).toEqual([...new Set(ids)].sort().reverse())
  }
})

test.each([
  ['', 'nothing'],
  ['x'.repeat(201), 'too much'],
])('what is no search is refused: %#', async (q) => {
  const problem = await stage.nobody.refused('GET /v1/sites/:site/search', 400, {
    params: { site },
    query: { q },
  })
  expect(problem.errors).toMatchObject([{ field: 'q' }])
})

test.each(["'", '\u0000', '\\', '"', '%', "a' & b | !c:*", '\ud83d\ude00', '<script>'])(
  'signs are no commands: %j',
  async (q) => {
    expect((await stage.search(stage.nobody, q)).passages).toEqual([])
  },
)
