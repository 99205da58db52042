import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusalOf } from '../../server/mail/transport.ts'
import { follow, follows, onArticle, onReplies, told } from '../follows/stage.ts'
import type { Client } from '../server/client.ts'
import { open } from '../server/stage.ts'
import { openMailServer, type MailServer } from './stage.ts'

let server: MailServer
let article: string
let ada: Client
let bela: Client
beforeAll(async () => {
  server = await openMailServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  article = await server.newArticle('Bounced')
  server.office.mails.length = 0
  server.office.tried.length = 0
  server.office.answer = () => null
  server.office.verdict = () => null
  await follow(bela, onArticle(article), 'now')
})

const mails = () => server.office.to('bela@demo.example').length

describe('an address', () => {
  test('that is refused for good three times in a row gets no more mail, until its owner chooses anew', async () => {
    server.office.answer = () => '550 5.1.1 No such user here'
    await open(ada, article, 'Into the void.')
    await server.finish()
    expect(server.office.tried).toHaveLength(3)
    const { stopped } = await follows(bela, article)
    expect(stopped?.reason).toContain('No such user here')

    server.office.answer = () => null
    await open(ada, article, 'Not mailed.')
    await server.finish()
    expect(mails()).toBe(0)
    expect(await told(bela, article)).toHaveLength(2)

    await follow(bela, onReplies, 'off')
    expect((await follows(bela, article)).stopped, 'not by turning something off').not.toBeNull()
    await follow(bela, onArticle(article), 'now')
    expect((await follows(bela, article)).stopped).toBeNull()
    await open(ada, article, 'Mailed again.')
    await server.finish()
    expect(mails()).toBe(1)
    const [mail] = server.office.mails
    expect(mail?.text).toContain('Mailed again.')
    expect(mail?.text).not.toContain('Not mailed.')
  })

  test('that is refused now and then goes on, and loses nothing', async () => {
    for (const round of [1, 2, 3]) {
      let refusals = 2
      server.office.answer = () => (refusals-- > 0 ? '550 5.1.1 Come again' : null)
      await open(ada, article, `Round ${round}.`)
      await server.finish()
      expect(mails()).toBe(round)
    }
    expect((await follows(bela, article)).stopped).toBeNull()
  })

  test('that is full for days gets no more mail in the end', async () => {
    server.office.answer = () => '452 4.2.2 Mailbox full'
    await open(ada, article, 'Patience.')
    await server.finish()
    expect(server.office.tried).toHaveLength(16)
    expect((await follows(bela, article)).stopped?.reason).toContain('Mailbox full')
  })

  test('is not to blame when the mail server takes nothing from us', async () => {
    server.office.answer = () => '554 5.7.1 Relay access denied'
    await open(ada, article, 'Whose fault?')
    await server.finish()
    expect(server.office.tried).toHaveLength(16)
    expect((await follows(bela, article)).stopped).toBeNull()
    // Nor is the comment lost: it comes with the next.
    server.office.answer = () => null
    await open(ada, article, 'Ours.')
    await server.finish()
    expect(mails()).toBe(1)
    expect(server.office.mails[0]?.subject).toContain('2 new comments')
  })

  test('is not to blame for a message that is not liked', async () => {
    server.office.verdict = () => '550 5.7.1 Looks like spam'
    await open(ada, article, 'Buy nothing.')
    await server.finish()
    expect((await follows(bela, article)).stopped).toBeNull()
  })
})

test.each([
  ['550 5.1.1 no such user', 'RCPT TO', 'permanent'],
  ['550 no such user', 'RCPT TO', 'permanent'],
  ['550-5.1.1 The account does not exist.\n550 5.1.1 See below', 'RCPT TO', 'permanent'],
  ['552 5.2.2 over quota', 'DATA', 'permanent'],
  ['450 4.2.0 greylisted', 'RCPT TO', 'temporary'],
  ['421 try later', 'RCPT TO', 'temporary'],
  ['554 5.7.1 relay access denied', 'RCPT TO', null],
  ['550 message refused', 'DATA', null],
  ['553 5.7.60 not your sender', 'MAIL FROM', null],
  ['535 5.7.8 wrong password', 'AUTH PLAIN', null],
] as const)('%j to %s is a refusal of the address: %s', (response, command, kind) => {
  const error = Object.assign(new Error(response), { response, command })
  expect(refusalOf(error)?.kind ?? null).toBe(kind)
})

test('no connection is no refusal', () => {
  expect(refusalOf(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ESOCKET' }))).toBeNull()
})
