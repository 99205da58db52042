import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { follow, follows, onArticle, onReplies } from '../follows/stage.ts'
import type { Client } from '../server/client.ts'
import { open } from '../server/stage.ts'
import { openMailServer, type MailServer } from './stage.ts'

let server: MailServer
let article: string
let link: string
let ada: Client
let bela: Client
beforeAll(async () => {
  server = await openMailServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  article = await server.newArticle('The <i>Margin</i>')
  server.office.mails.length = 0
  await follow(bela, onArticle(article), 'now', 'de')
  await follow(bela, onReplies, 'now')
  await open(ada, article, 'One.')
  await server.finish()
  // As a mail program reads it.
  const [mail] = server.office.to('bela@demo.example')
  const url = /^List-Unsubscribe: <([^>]+)>/im.exec(mail?.raw.replace(/\r\n[ \t]+/g, ' ') ?? '')?.[1] ?? ''
  link = url.replace('https://postil.example', server.origin)
})

const mailOf = async () => (await follows(bela, article)).article.mail
const oneClick = 'List-Unsubscribe=One-Click'

describe('one click', () => {
  const form = new FormData()
  form.set('List-Unsubscribe', 'One-Click')
  test.each([
    ['a form', { body: new URLSearchParams(oneClick) }],
    ['form data', { body: form }],
    ['nothing', {}],
    [
      'another site’s page',
      { body: new URLSearchParams(oneClick), headers: { origin: 'https://mail.example' } },
    ],
  ])('with %s ends this mail, once and for all, and nothing else', async (_kind, said) => {
    for (const time of ['first', 'second']) {
      const answer = await fetch(link, { method: 'POST', ...said })
      expect(answer.status, time).toBe(200)
      expect(await answer.text()).toContain('Sie erhalten diese E-Mails nicht mehr.')
    }
    const left = await follows(bela, article)
    expect(left.article).toMatchObject({ following: true, mail: 'off' })
    expect(left.replies.mail).toBe('now')
    await open(ada, article, 'Two.')
    await server.finish()
    expect(server.office.to('bela@demo.example')).toHaveLength(1)
  })

  test('with more than a form holds is refused', async () => {
    const answer = await fetch(link, { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(5000) }) })
    expect(answer.status).toBe(413)
    expect(await mailOf()).toBe('now')
  })
})

describe('the page behind the link', () => {
  test('asks, in the language of the mail, and ends nothing', async () => {
    for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200)
    const answer = await fetch(link)
    const page = await answer.text()
    expect(page).toContain('<html lang="de" dir="ltr">')
    expect(page).toContain('E-Mails über neue Kommentare zu „The &#60;i&#62;Margin&#60;/i&#62;“')
    expect(page).toMatch(/<form method="post">\s*<button>Diese E-Mails abbestellen<\/button>/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'")
    expect(await mailOf()).toBe('now')
  })

  test.each(['x'.repeat(43), 'short', '%00', '%F0%9F%92%A9'])(
    'says so when the token %s is unknown',
    async (token) => {
      for (const method of ['GET', 'POST']) {
        const answer = await fetch(`${server.origin}/unsubscribe/${token}`, {
          method,
          headers: { 'accept-language': 'zh, fr;q=0.8, en;q=0.5' },
        })
        expect(answer.status).toBe(404)
        const page = await answer.text()
        expect(page).toContain('<html lang="fr" dir="ltr">')
        expect(page).toContain('Ce lien ne fonctionne pas')
      }
      expect(await mailOf()).toBe('now')
    },
  )

  test('works for one follow: a token of another is not it', async () => {
    const rows = await server.db.selectFrom('follow').select(['token', 'kind']).execute()
    expect(new Set(rows.map(({ token }) => token)).size).toBe(rows.length)
    const replies = rows.find(({ kind }) => kind === 'replies')
    const answer = await fetch(`${server.origin}/unsubscribe/${replies?.token ?? ''}`, { method: 'POST' })
    expect(await answer.text()).toContain('Mail about replies to you on Demo')
    expect(await mailOf()).toBe('now')
  })
})
