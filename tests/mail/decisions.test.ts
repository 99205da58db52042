import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseState, CaseView, Decided, NewDecision } from '../../core/contract/moderation.ts'
import { addJob } from '../../server/jobs/index.ts'
import { startWorker } from '../../server/jobs/worker.ts'
import { told } from '../follows/stage.ts'
import { signIn, type Client } from '../server/client.ts'
import { open, reply, site } from '../server/stage.ts'
import { testDatabase } from '../setup/database.ts'
import { connect } from '../../server/database/connect.ts'
import { finishJobs } from '../setup/jobs.ts'
import { endNode, startNode } from '../setup/node.ts'
import { openPostOffice, type Arrived } from './post-office.ts'
import { openMailServer, type MailServer } from './stage.ts'

const decisions = 'POST /v1/sites/:site/cases/:case/decisions'

let server: MailServer
let article: string
let ada: Client
let bela: Client
let mo: Client
let pia: Client
beforeAll(async () => {
  server = await openMailServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
  mo = await server.signedIn('mo@demo.example')
  pia = await server.signedIn('pia@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  article = await server.newArticle('The Margin')
  server.office.mails.length = 0
  await server.db.updateTable('sanction').set({ lifted_at: new Date() }).execute()
})

async function caseOf(who: Client, comment: string): Promise<CaseView> {
  const { cases } = await who.ok('GET /v1/sites/:site/cases', { params: { site }, query: { limit: 100 } })
  const found = cases.find((one) => one.comment.id === comment)
  if (!found) throw new Error('nothing to decide')
  return found
}
type Choice = NewDecision extends infer D
  ? D extends object
    ? Omit<D, 'revision' | 'version'>
    : never
  : never
const about = (one: CaseState, choice: Choice) => ({
  params: { site, case: one.id },
  body: { ...choice, revision: one.comment.revision, version: one.version },
})
const decideOn = async (who: Client, comment: string, choice: Choice): Promise<Decided> =>
  who.ok(decisions, about(await caseOf(who, comment), choice))
const undo = (who: Client, decision: string) =>
  who.ok('POST /v1/sites/:site/decisions/:decision/reversal', { params: { site, decision } })

const toAda = () => server.office.to('ada@demo.example')
async function onlyMail(): Promise<Arrived> {
  await server.finish()
  const [mail, ...others] = toAda()
  if (!mail || others.length > 0) throw new Error(`${toAda().length} mails came, not one`)
  return mail
}
const flat = (text: string | false | undefined) => (text || '').replace(/\s+/g, ' ')
const inboxOf = async (who: Client) => (await told(who, article)).map(({ decision }) => decision)

/** Has the notices that wait for their time come now. */
const hurryNotices = () =>
  sql`
    select graphile_worker.reschedule_jobs(
      array(select id from graphile_worker.jobs where task_identifier = 'notice'), run_at => now()
    )
  `.execute(server.db)
/** How many notices wait or are under way. */
async function notices(): Promise<number> {
  const { rows } = await sql`select 1 from graphile_worker.jobs where task_identifier = 'notice'`.execute(
    server.db,
  )
  return rows.length
}

describe('a decision against an author', () => {
  test('is told in the inbox and by mail, with its reasons and the ways to object, after some minutes', async () => {
    const { comment, thread } = await open(ada, article, 'What a *crook*.')
    await decideOn(mo, comment.id, { action: 'time_out', reason: 'abuse', days: 7 })
    expect(await inboxOf(ada)).toEqual([])
    const { rows } = await sql<{ wait: number }>`
      select extract(epoch from run_at - created_at)::int as wait from graphile_worker.jobs
      where task_identifier = 'notice'
    `.execute(server.db)
    expect(rows).toEqual([{ wait: 300 }])

    const mail = await onlyMail()
    expect(mail.subject).toBe('Your comment on “The Margin” was removed, and you are timed out')
    const [item] = await told(ada, article)
    expect(item).toMatchObject({
      reason: 'decision',
      read: false,
      comment: { id: comment.id, state: 'rejected' },
      decision: { action: 'time_out', reason: 'abuse', found: 'rules', answer: null },
    })
    const until = new Date(item?.decision?.until ?? '')
    const day = until.toLocaleString('en', {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      timeZone: 'UTC',
    })
    for (const part of [flat(mail.text), flat(mail.html)]) {
      expect(part).toContain('no abuse and no hatred')
      expect(part).toContain(`Until ${day}`)
      expect(part).toContain('An automatic check held the comment. A person decided about it, not a program.')
      expect(part).toContain('crook')
      expect(part).toContain('within six months and free of charge')
      expect(part).toContain('out-of-court dispute settlement')
      expect(part).toMatch(new RegExp(`http\\S+#postil(?:=|&#61;)${thread.id}/${comment.id}`))
      // Moderators are not named.
      expect(part).not.toMatch(/\bMo\b/)
    }
    expect(mail.text).toContain('> What a crook.')
    expect(flat(mail.html)).toContain('<em>crook</em>')
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  })

  test('that readers reported says so, in the language of the page it was written on', async () => {
    const { thread } = await open(bela, article, 'Fine.')
    await decideIfHeld(thread.id)
    const { comment } = await ada.ok('POST /v1/sites/:site/threads/:thread/comments', {
      params: { site, thread: thread.id },
      body: { body: 'Kauft bei mir.', language: 'de-AT' },
    })
    if (comment.state === 'held') await decideOn(mo, comment.id, { action: 'approve' })
    await bela.ok('POST /v1/sites/:site/comments/:comment/reports', {
      params: { site, comment: comment.id },
      body: { category: 'spam' },
    })
    await decideOn(mo, comment.id, { action: 'reject', reason: 'spam' })
    const mail = await onlyMail()
    expect(mail.subject).toBe('Ihr Kommentar zu „The Margin“ wurde entfernt')
    expect(flat(mail.text)).toContain('Leser haben den Kommentar gemeldet.')
    expect(flat(mail.html)).toContain('<html lang="de" dir="ltr">')
    expect(await inboxOf(ada)).toMatchObject([{ action: 'reject', reason: 'spam', found: 'reports' }])
  })

  async function decideIfHeld(thread: string): Promise<void> {
    const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: { site }, query: { limit: 100 } })
    for (const one of cases)
      if (one.article.id === article && thread) await mo.ok(decisions, about(one, { action: 'approve' }))
  }

  test('undone before anybody was told is not told', async () => {
    const { comment } = await open(ada, article, 'What a crook.')
    const { decision } = await decideOn(mo, comment.id, { action: 'ban', reason: 'abuse' })
    await undo(mo, decision.id)
    await server.finish()
    expect(toAda()).toEqual([])
    expect(await inboxOf(ada)).toEqual([])
  })

  test('undone after that is told, too', async () => {
    const { comment } = await open(ada, article, 'What a crook.')
    const { decision } = await decideOn(mo, comment.id, { action: 'reject', reason: 'abuse' })
    await onlyMail()
    await undo(mo, decision.id)
    await server.finish()
    expect(toAda().map(({ subject }) => subject)).toEqual([
      'Your comment on “The Margin” was removed',
      'The decision about your comment on “The Margin” was taken back',
    ])
    expect((await inboxOf(ada)).map((one) => one?.action)).toEqual(['reverse', 'reject'])
  })

  test('that another one took the place of is told as taken back, to who was told of it', async () => {
    const overrule = async ({ case: one }: Decided) => {
      const objection = { action: 'object', note: 'It is a joke.' } as const
      const objected = await pia.ok(decisions, about(one, objection))
      return await pia.ok(decisions, about(objected.case, { action: 'approve' }))
    }
    const reject = { action: 'reject', reason: 'abuse' } as const
    const first = await open(ada, article, 'What a crook.')
    const told = await decideOn(mo, first.comment.id, reject)
    await onlyMail()
    const second = await open(ada, article, 'Such a crook.')
    await overrule(await decideOn(mo, second.comment.id, reject))
    const { decision } = await overrule(told)
    await server.finish()
    expect(toAda().map(({ subject }) => subject)).toEqual([
      'Your comment on “The Margin” was removed',
      'The decision about your comment on “The Margin” was taken back',
    ])
    expect((await inboxOf(ada)).map((one) => one?.action)).toEqual(['reverse', 'reject'])
    // Taken back once more, it waits: what becomes of it is told when it is decided.
    await undo(pia, decision.id)
    await server.finish()
    expect(toAda()).toHaveLength(2)
  })

  test('is told once, however often its job runs, and again by mail only where the mail server had failed', async () => {
    const { comment } = await open(ada, article, 'What a crook.')
    const { decision } = await decideOn(mo, comment.id, { action: 'reject', reason: 'other' })
    let busy = true
    server.office.verdict = () => (busy ? '451 4.3.0 Come again' : null)
    try {
      await hurryNotices()
      await expect.poll(() => inboxOf(ada)).toHaveLength(1)
    } finally {
      busy = false
    }
    await onlyMail()
    await addJob(server.db, 'notice', { siteId: server.siteId, decisionId: decision.id })
    await onlyMail()
    expect(await inboxOf(ada)).toHaveLength(1)
    server.office.verdict = () => null
  })

  test('is mailed once by two workers that take it up at the same time', async () => {
    const { comment } = await open(ada, article, 'What a crook.')
    const { decision } = await decideOn(mo, comment.id, { action: 'reject', reason: 'other' })
    const other = await startWorker(server.url, {
      db: server.db,
      live: server.app.live,
      mail: { smtpUrl: server.office.url, from: 'Postil <postil@postil.example>', publicUrl: server.origin },
      auditKey: null,
      fetchPrivate: false,
      onError: () => undefined,
    })
    const { promise: answered, resolve: answer } = Promise.withResolvers<undefined>()
    server.office.delay = () => answered
    server.office.tried.length = 0
    try {
      await addJob(server.db, 'notice', { siteId: server.siteId, decisionId: decision.id })
      await hurryNotices()
      // One of them is at the mail server; the other one is there as well, or has left it to the first.
      const taken = async () => server.office.tried.length + (2 - (await notices()))
      await expect.poll(taken).toBe(2)
      answer(undefined)
      await onlyMail()
    } finally {
      answer(undefined)
      server.office.delay = () => Promise.resolve()
      await other.stop()
    }
  })

  test('leaves the inbox with the comment that its author withdraws, and is counted as long as it is there', async () => {
    const { comment } = await open(ada, article, 'What a crook.')
    await decideOn(mo, comment.id, { action: 'reject', reason: 'other' })
    await server.finish()
    const unread = async () =>
      (await ada.ok('GET /v1/sites/:site/inbox', { params: { site }, query: {} })).unread
    const before = await unread()
    expect(await inboxOf(ada)).toHaveLength(1)
    await ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', {
      params: { site, comment: comment.id },
    })
    expect(await inboxOf(ada)).toEqual([])
    expect(await unread()).toBe(before - 1)
    expect(await told(bela, article)).toEqual([])
  })
})

describe('the answer to an appeal', () => {
  test.each(['uphold_appeal', 'dismiss_appeal'] as const)(
    '%s is told with its words, at once',
    async (action) => {
      const { comment } = await open(ada, article, 'What a crook.')
      await decideOn(mo, comment.id, { action: 'reject', reason: 'abuse' })
      await server.finish()
      server.office.mails.length = 0
      await ada.ok('POST /v1/sites/:site/comments/:comment/appeal', {
        params: { site, comment: comment.id },
        body: { text: 'He was convicted.' },
      })
      await decideOn(pia, comment.id, { action, answer: 'We have read it <b>again</b>.' })
      const mail = await onlyMail()
      expect(mail.subject).toMatch(action === 'uphold_appeal' ? /upheld/ : /dismissed/)
      expect(flat(mail.text)).toContain('> We have read it <b>again</b>.')
      expect(flat(mail.html)).toContain('We have read it &#60;b&#62;again&#60;/b&#62;.')
      expect(flat(mail.text).includes('out-of-court')).toBe(action === 'dismiss_appeal')
      expect(flat(mail.text)).not.toMatch(/\bPia\b/)
      expect((await inboxOf(ada))[0]).toMatchObject({ action, answer: 'We have read it <b>again</b>.' })
    },
  )
})

describe('the server killed between a decision and its notice', () => {
  test('sends it once after it is up again', async () => {
    const office = await openPostOffice()
    const database = await testDatabase()
    const db = connect(database.url, { connections: 2 })
    const start = () => startNode(database.url, { SMTP_URL: office.url })
    const first = await start()
    const [author, moderator] = await Promise.all(
      ['ada@demo.example', 'mo@demo.example'].map((email) => signIn(first.origin, email)),
    )
    const { id } = await db.selectFrom('article').select('id').executeTakeFirstOrThrow()
    if (!author || !moderator) throw new Error('nobody is signed in')
    const { comment, thread } = await open(author, id, 'What a crook.')
    expect(comment.state).toBe('held')
    await decideOn(moderator, comment.id, { action: 'warn', reason: 'abuse' })
    await endNode(first, 'SIGKILL')
    expect(office.mails).toEqual([])

    const second = await start()
    try {
      await finishJobs(db)
      expect(office.mails.map(({ subject }) => subject)).toEqual([
        expect.stringMatching(/was removed, and you were warned$/),
      ])
      const warned = await reply(author.at(second.origin), thread.id, 'More.').catch(
        (error: unknown) => error,
      )
      expect(String(warned)).toContain('answered 403')
    } finally {
      await endNode(second, 'SIGTERM')
      await db.destroy()
      await database.drop()
      await office.close()
    }
  })
})

test('an address that refuses it three times gets no more of it', async () => {
  const { comment } = await open(ada, article, 'What a crook.')
  await decideOn(mo, comment.id, { action: 'reject', reason: 'abuse' })
  server.office.tried.length = 0
  server.office.answer = () => '550 5.1.1 No such user here'
  await server.finish()
  expect(server.office.tried).toEqual(Array(3).fill('ada@demo.example'))
  const account = server.db.selectFrom('account').where('email', '=', 'ada@demo.example')
  expect(await account.select(['mail_refusals', 'mail_stopped_reason']).executeTakeFirst()).toMatchObject({
    mail_refusals: 3,
    mail_stopped_reason: expect.stringContaining('No such user') as string,
  })
  server.office.answer = () => null
})
