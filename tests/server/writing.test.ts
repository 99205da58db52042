import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Posted } from '../../core/contract/threads.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { createSite } from '../../server/sites/index.ts'
import { mentioned } from '../../server/text/index.ts'
import type { Client } from './client.ts'
import { open, openServer, reply, site, type Server } from './stage.ts'

let server: Server
let ada: Client
let bela: Client
let chris: Client
let mo: Client
beforeAll(async () => {
  server = await openServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
  chris = await server.signedIn('chris@demo.example')
  mo = await server.signedIn('mo@demo.example')
  await createSite(server.db, { slug: 'other', name: 'Other', origins: [server.origin] })
})
afterAll(() => server.close())

const previews = 'POST /v1/sites/:site/preview'
const people = 'GET /v1/sites/:site/articles/:article/participants'
const history = 'GET /v1/sites/:site/comments/:comment/revisions'
const edits = 'PATCH /v1/sites/:site/comments/:comment'

const one = ({ comment }: Posted) => ({ site, comment: comment.id })
const edit = (who: Client, posted: Posted, body: string, revision: number) =>
  who.ok(edits, { params: one(posted), body: { body, revision } })

/** Somebody new of this name; a moderator, so that nothing of theirs is held. */
async function called(name: string): Promise<Client> {
  const email = `${randomUUID()}@demo.example`
  const id = await createAccount(server.db, { email, name, password: 'margin-notes' })
  await setRole(server.db, server.siteId, id, 'moderator')
  return await server.signedIn(email)
}

/** The names that a comment's text has as mentions. */
function namesOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  if ('type' in node && node.type === 'mention' && 'name' in node) return [String(node.name)]
  return Object.values(node).flatMap(namesOf)
}

const listed = async (who: Client, article: string, q?: string) => {
  const { participants } = await who.ok(people, {
    params: { site, article },
    query: q === undefined ? {} : { q },
  })
  return participants.map(({ name }) => name)
}

describe('a preview', () => {
  test('looks like the post, and keeps nothing', async () => {
    const count = () =>
      server.db
        .selectFrom('comment_revision')
        .select((eb) => eb.fn.countAll<number>().as('all'))
        .executeTakeFirstOrThrow()
    const before = await count()
    const source = '> Is *it*, @bela?\n\n1. `@bela`\n2. <script>'
    const { body } = await ada.ok(previews, {
      params: { site },
      body: { body: source, article: server.article },
    })
    expect(await count()).toEqual(before)
    const posted = await open(ada, server.article, source)
    expect(body).toEqual(posted.comment.body)
    expect(namesOf(body)).toEqual(['Bela'])
  })

  test('names nobody where it is for no article, or one of another site', async () => {
    const said = { body: 'Is it, @Bela?' }
    const nowhere = await ada.ok(previews, { params: { site }, body: said })
    const foreign = await ada.ok(previews, {
      params: { site: 'other' },
      body: { ...said, article: server.article },
    })
    expect([namesOf(nowhere.body), namesOf(foreign.body)]).toEqual([[], []])
  })

  test('is refused like a post', async () => {
    for (const body of [' ', 'a'.repeat(10_001), `${'> '.repeat(9)}a`]) {
      const problem = await ada.refused(previews, 400, { params: { site }, body: { body } })
      expect(problem.errors?.[0]?.field).toBe('body')
    }
    await server.nobody.refused(previews, 401, { params: { site }, body: { body: 'Well.' } })
  })
})

describe('an @ in a comment', () => {
  test('names who has a comment to be seen in this article, at the post and at an edit', async () => {
    const article = await server.newArticle('Names')
    const first = await open(ada, article, 'I begin. @Bela? @Ada')
    expect(namesOf(first.comment.body)).toEqual([])
    const answer = await reply(bela, first.thread.id, 'So, @ada, go on.', first.comment.id)
    expect(namesOf(answer.comment.body)).toEqual(['Ada'])
    expect(mentioned(answer.comment.body ?? [])).toEqual([first.comment.author?.id])
    const edited = await edit(ada, first, 'Thanks, @BELA.', 1)
    expect(namesOf(edited.body)).toEqual(['Bela'])
    expect(edited.own?.source).toBe('Thanks, @BELA.')
    const elsewhere = await open(ada, await server.newArticle('Elsewhere'), 'Is @Bela here?')
    expect(namesOf(elsewhere.comment.body)).toEqual([])
  })

  test('does not tell of somebody whose comment is held, or was withdrawn', async () => {
    const article = await server.newArticle('Hidden names')
    const held = await open(chris, article, 'My first.')
    expect(held.comment.state).toBe('held')
    const gone = await open(bela, article, 'Forget it.')
    await bela.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params: one(gone) })
    const asked = await open(ada, article, '@Chris? @Bela?')
    expect(namesOf(asked.comment.body)).toEqual([])
    expect(await listed(ada, article)).toEqual(['Ada'])
  })

  test('names the longest, in any script, and nobody where two have the name', async () => {
    const article = await server.newArticle('Many names')
    for (const name of ['Élodie', 'Élodie Ωmega', '田中', 'Sam', 'Sam', 'Sam Sung'])
      await open(await called(name), article, 'Here.')
    const text = '@ÉLODIE ωmega, @élodie, ああ@田中さん, @Sam, @sam sung'
    expect(namesOf((await open(mo, article, text)).comment.body)).toEqual([
      'Élodie Ωmega',
      'Élodie',
      '田中',
      'Sam Sung',
    ])
  })

  test('is on the pages without script', async () => {
    const { comment } = await open(ada, server.article, 'As @Bela says.')
    expect(namesOf(comment.body)).toEqual(['Bela'])
    const page = await (await fetch(`${server.origin}/c/${comment.id}`)).text()
    expect(page).toContain('As <bdi>@Bela</bdi> says.')
  })
})

describe('the participants', () => {
  test('are those whose name begins so, who wrote last first', async () => {
    const article = await server.newArticle('People')
    const writers = await Promise.all(['Anna', 'Änne', 'anselm', 'An%', 'Boris'].map(called))
    for (const writer of writers) await open(writer, article, 'Here.')
    const [anna] = writers
    if (anna) await open(anna, article, 'Still here.')
    expect(await listed(ada, article)).toEqual(['Anna', 'Boris', 'An%', 'anselm', 'Änne'])
    expect(await listed(ada, article, 'AN')).toEqual(['Anna', 'An%', 'anselm'])
    expect(await listed(ada, article, 'änn')).toEqual(['Änne'])
    expect(await listed(ada, article, 'a\u0308n')).toEqual(['Änne'])
    for (const q of ['%', '_', 'An_', '\\', "'", 'Anna ']) expect(await listed(ada, article, q)).toEqual([])
    expect(await listed(ada, article, 'An%')).toEqual(['An%'])
  })

  test('are eight at the most', async () => {
    const article = await server.newArticle('Crowd')
    for (let nth = 0; nth < 10; nth += 1) await open(await called(`Crowd ${nth}`), article, 'Here.')
    expect(await listed(ada, article, 'crowd')).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((nth) => `Crowd ${nth}`))
  })

  test('are not for who is not signed in, nor to be had from another site', async () => {
    const { article } = server
    await server.nobody.refused(people, 401, { params: { site, article } })
    await ada.refused(people, 404, { params: { site: 'other', article } })
    await ada.refused(people, 400, { params: { site, article }, query: { q: '\0' } })
  })
})

describe('what a comment said', () => {
  const read = async (who: Client, posted: Posted) =>
    (await who.ok(history, { params: one(posted) })).revisions.map(({ number, state, body }) => [
      number,
      state,
      JSON.stringify(body).match(/"text":"([^"]+)"/)?.[1],
    ])

  test('can be read by everybody, newest first, page by page', async () => {
    const posted = await open(ada, server.article, 'One.')
    await edit(ada, posted, 'Two.', 1)
    await edit(ada, posted, 'Three.', 2)
    const all = [
      [3, 'live', 'Three.'],
      [2, 'live', 'Two.'],
      [1, 'live', 'One.'],
    ]
    for (const who of [ada, bela, server.nobody]) expect(await read(who, posted)).toEqual(all)
    const numbers: number[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { limit: 2, ...(cursor !== undefined && { cursor }) }
      const page = await server.nobody.ok(history, { params: one(posted), query })
      numbers.push(...page.revisions.map(({ number }) => number))
      cursor = page.next
    }
    expect(numbers).toEqual([3, 2, 1])
    for (const cursor of ['0', '-1', 'x', '9999999999'])
      await ada.refused(history, 400, { params: one(posted), query: { cursor } })
  })

  test('but not what was held or rejected: that is its author’s', async () => {
    const posted = await open(ada, server.article, 'Harmless.')
    await edit(ada, posted, 'You crook.', 1)
    expect(await read(ada, posted)).toEqual([
      [2, 'held', 'You crook.'],
      [1, 'live', 'Harmless.'],
    ])
    for (const who of [bela, mo, server.nobody]) {
      expect(await read(who, posted)).toEqual([[1, 'live', 'Harmless.']])
    }
    const decide = async (choice: { action: 'approve' } | { action: 'reject'; reason: 'abuse' }) => {
      const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site } })
      const about = cases.find(({ comment }) => comment.id === posted.comment.id)
      if (!about) throw new Error('the edit was not held')
      await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
        params: { site, case: about.id },
        body: { ...choice, revision: about.comment.revision, version: about.version },
      })
    }
    await decide({ action: 'reject', reason: 'abuse' })
    for (const who of [bela, mo, server.nobody]) await who.refused(history, 404, { params: one(posted) })
    expect(await read(ada, posted)).toEqual([
      [2, 'rejected', 'You crook.'],
      [1, 'live', 'Harmless.'],
    ])
    await edit(ada, posted, 'You rascal.', 2)
    // What follows a rejection is looked at first.
    await server.nobody.refused(history, 404, { params: one(posted) })
    await decide({ action: 'approve' })
    expect(await read(server.nobody, posted)).toEqual([
      [3, 'live', 'You rascal.'],
      [1, 'live', 'Harmless.'],
    ])
  })

  test('nor anything of a comment that is held, withdrawn, or of another site', async () => {
    const held = await open(chris, server.article, 'A first.')
    for (const who of [bela, mo, server.nobody]) await who.refused(history, 404, { params: one(held) })
    expect(await read(chris, held)).toEqual([[1, 'held', 'A first.']])
    const posted = await open(ada, server.article, 'Soon gone.')
    await ada.refused(history, 404, { params: { ...one(posted), site: 'other' } })
    await reply(bela, posted.thread.id, 'Why?', posted.comment.id)
    await ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params: one(posted) })
    for (const who of [ada, bela, server.nobody]) await who.refused(history, 404, { params: one(posted) })
  })
})

describe('an edit in two tabs', () => {
  test('reaches the other one over the line; the one that is late is given the newer text', async () => {
    const posted = await open(ada, server.article, 'From here.')
    const lines = { ada: await server.follow(ada), bela: await server.follow(bela) }
    await edit(ada, posted, 'From the *one*.', 1)
    const heard = await lines.ada.change(posted.seq + 1)
    expect(heard.comment).toMatchObject({ revision: 2, own: { source: 'From the *one*.' } })
    expect((await lines.bela.change(posted.seq + 1)).comment).toMatchObject({ revision: 2, own: null })
    const problem = await ada.refused(edits, 409, {
      params: one(posted),
      body: { body: 'From the other.', revision: 1 },
    })
    expect(problem).toMatchObject({
      type: '/problems/conflict',
      comment: { id: posted.comment.id, revision: 2, own: { source: 'From the *one*.' } },
    })
    for (const line of Object.values(lines)) line.socket.close()
  })
})

describe('a comment’s language', () => {
  const post = async (body: string, language?: string) => {
    const params = { site, article: server.article }
    return await ada.ok('POST /v1/sites/:site/articles/:article/threads', {
      params,
      body: { body, anchor: null, ...(language !== undefined && { language }) },
    })
  }

  test('is what the page said, written properly; else the article’s', async () => {
    expect((await post('Oi.', 'PT-br')).comment.language).toBe('pt-BR')
    for (const none of [undefined, '', 'english, please', 'en_US'])
      expect((await post('Well.', none)).comment.language).toBeNull()
  })

  test('stays at an edit that does not say another one', async () => {
    const posted = await post('Guten Tag.', 'de')
    expect(await edit(ada, posted, 'Guten Abend.', 1)).toMatchObject({ language: 'de' })
    const body = { body: 'Bonsoir.', revision: 2, language: 'fr' }
    expect(await ada.ok(edits, { params: one(posted), body })).toMatchObject({ language: 'fr' })
    const { revisions } = await bela.ok(history, { params: one(posted) })
    expect(revisions.map(({ language }) => language)).toEqual(['fr', 'de', 'de'])
  })

  test('is on its page and in the feed, for screen readers and search engines', async () => {
    const { comment, thread } = await post('مرحبا', 'ar')
    const page = await (await fetch(`${server.origin}/c/${comment.id}`)).text()
    expect(page).toMatch(/<div lang="ar" dir="auto">\s*<p dir="auto">مرحبا/)
    expect(page).toContain('"inLanguage":"ar"')
    const feed = await fetch(`${server.origin}/d/${server.article}/${thread.id}/feed`)
    expect(await feed.text()).toContain('<content type="html" xml:lang="ar">')
  })
})
