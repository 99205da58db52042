import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseView } from '../../core/contract/moderation.ts'
import { keptOfReporters } from '../../core/moderation/retention.ts'
import { addJob } from '../../server/jobs/index.ts'
import type { Client } from '../server/client.ts'
import { open, site } from '../server/stage.ts'
import { openMailServer, type MailServer } from './stage.ts'

const decisions = 'POST /v1/sites/:site/cases/:case/decisions'
const zoe = 'zoe@elsewhere.example'

let server: MailServer
let bela: Client
let mo: Client
let comment: string
beforeAll(async () => {
  server = await openMailServer()
  bela = await server.signedIn('bela@demo.example')
  mo = await server.signedIn('mo@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  const article = await server.newArticle('The <i>Margin</i>')
  const posted = await open(bela, article, 'What a *claim*.')
  comment = posted.comment.id
  if (posted.comment.state === 'held') await decide('approve')
  expect(await caseOf()).toBeUndefined()
  server.office.mails.length = 0
})

async function caseOf(): Promise<CaseView | undefined> {
  const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site }, query: { limit: 100 } })
  return cases.find((one) => one.comment.id === comment)
}
async function decide(action: 'approve' | 'reject'): Promise<string> {
  const one = await caseOf()
  if (!one) throw new Error('nothing to decide')
  const about = { revision: one.comment.revision, version: one.version }
  const { decision } = await mo.ok(decisions, {
    params: { site, case: one.id },
    body: action === 'approve' ? { action, ...about } : { action, reason: 'illegal', ...about },
  })
  return decision.id
}
const filled = {
  category: 'illegal',
  text: 'It is a <b>lie</b>.',
  name: 'Zoë',
  email: zoe,
  faith: 'yes',
}
const get = (language = 'en') =>
  fetch(`${server.origin}/report/${comment}`, { headers: { 'accept-language': language } })
const send = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/report/${comment}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { origin: server.origin, 'accept-language': 'en', ...headers },
  })
const mails = () => server.office.to(zoe).map(({ subject }) => subject)

describe('a report by somebody without an account', () => {
  test('is a page that takes no script, linked from the comment, in the reader’s language', async () => {
    const link = await (await fetch(`${server.origin}/c/${comment}`)).text()
    expect(link).toContain(`href="/report/${comment}"`)
    const answer = await get()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const page = await answer.text()
    expect(page).toContain('What a <em>claim</em>.')
    expect(page).not.toContain('<script')
    expect(await (await get('de')).text()).toContain('Einen Kommentar melden')
  })

  test('comes into the queue, and is answered by mail: at once, and when it is decided', async () => {
    const answer = await send(filled, { 'accept-language': 'fr' })
    expect(await answer.text()).toContain('Votre signalement est arrivé')
    expect(answer.status).toBe(200)
    expect(await caseOf()).toMatchObject({
      cause: 'reported',
      reports: [{ category: 'illegal', text: 'It is a <b>lie</b>.', by: 'Zoë', byMail: true }],
    })
    await server.finish()
    expect(mails()).toEqual(['Votre signalement d’un commentaire sur « The <i>Margin</i> » est bien arrivé'])
    await decide('reject')
    await server.finish()
    const [, outcome, ...more] = server.office.to(zoe)
    expect(more).toEqual([])
    expect(outcome?.subject).toMatch(/Une décision a été prise/)
    expect(outcome?.text).toContain('Le commentaire a été retiré.')
    expect(outcome?.text).toContain('pas un programme')
    expect(outcome?.text).not.toContain('/c/')
  })

  test('undone in time and decided otherwise is answered once, with what holds', async () => {
    await send(filled)
    const first = await decide('reject')
    await mo.ok('POST /v1/sites/:site/decisions/:decision/reversal', { params: { site, decision: first } })
    await decide('approve')
    await server.finish()
    expect(mails()).toHaveLength(2)
    const outcome = server.office.to(zoe).find(({ subject }) => subject?.includes('was decided'))
    expect(outcome?.text).toContain('The comment stays.')
    expect(outcome?.text).toContain(`/c/${comment}`)
  })

  test('sent twice is one report, and one receipt', async () => {
    await send(filled)
    expect((await send({ ...filled, email: zoe.toUpperCase() })).status).toBe(200)
    await server.finish()
    expect((await caseOf())?.reports).toHaveLength(1)
    expect(mails()).toHaveLength(1)
  })

  test.each([
    ['a category', { category: '' }],
    ['a category there is', { category: 'x' }],
    ['words', { text: ' \0 ' }],
    ['a name', { name: '\r\n' }],
    ['an address', { email: 'zoe' }],
    ['one line of an address', { email: 'zoe@x.example\r\nBcc: all@x.example' }],
    ['good faith', { faith: 'no' }],
  ])('without %s is shown again with what was typed', async (_what, missing) => {
    const answer = await send({ ...filled, ...missing })
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).toContain('role="alert"')
    if (!('text' in missing)) expect(page).toContain('It is a &#60;b&#62;lie&#60;/b&#62;.')
    expect(await caseOf()).toBeUndefined()
    expect(mails()).toEqual([])
  })

  test('is refused from another page, and about what nobody sees', async () => {
    expect((await send(filled, { origin: 'https://evil.example' })).status).toBe(403)
    expect(await caseOf()).toBeUndefined()
    await bela.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params: { site, comment } })
    expect((await send(filled)).status).toBe(404)
    expect((await get()).status).toBe(404)
    expect((await fetch(`${server.origin}/report/nothing`)).status).toBe(404)
  })

  describe('is kept without name and address', () => {
    /** What the clock does in the night, so many days after the case was closed. */
    async function night(days: number): Promise<void> {
      await sql`
        update moderation_case set closed_at = now() - make_interval(days => ${days})
        where comment_id = ${comment} and status <> 'open'
      `.execute(server.db)
      await addJob(server.db, 'expire', {})
      await server.finish()
    }
    const contact = async () =>
      await server.db
        .selectFrom('report')
        .select(['name', 'email', 'language'])
        .where('comment_id', '=', comment)
        .executeTakeFirst()
    const nobody = { name: null, email: null, language: null }

    test('once its case was closed for long enough', async () => {
      await send(filled)
      const decision = await decide('approve')
      await night(keptOfReporters - 1)
      expect(await contact()).toEqual({ name: 'Zoë', email: zoe, language: 'en' })
      await night(keptOfReporters + 1)
      expect(await contact()).toEqual(nobody)
      await mo.ok('POST /v1/sites/:site/decisions/:decision/reversal', { params: { site, decision } })
      const again = await caseOf()
      expect(again?.reports).toMatchObject([
        { category: 'illegal', text: 'It is a <b>lie</b>.', by: null, byMail: true },
      ])
      const given = await mo.ok('GET /v1/sites/:site/cases/:case/export', {
        params: { site, case: again?.id ?? '' },
      })
      expect(given.reports).toMatchObject([{ category: 'illegal', by: { id: null, name: null } }])
      await decide('reject')
      await server.finish()
      expect(mails()).toHaveLength(2)
    })

    test('also where its author withdrew the comment; not while the case is open', async () => {
      await send(filled)
      await night(keptOfReporters + 1)
      expect(await contact()).toMatchObject({ email: zoe })
      await bela.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params: { site, comment } })
      await night(keptOfReporters + 1)
      expect(await contact()).toEqual(nobody)
    })
  })
})
