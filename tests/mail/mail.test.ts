import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addJob } from '../../server/jobs/index.ts'
import { decide, follow, onArticle, onReplies, onThread, told, unfollow } from '../follows/stage.ts'
import type { Client } from '../server/client.ts'
import { open, reply, site } from '../server/stage.ts'
import type { Arrived } from './post-office.ts'
import { openMailServer, type MailServer } from './stage.ts'

let server: MailServer
let article: string
let ada: Client
let bela: Client
let mo: Client
beforeAll(async () => {
  server = await openMailServer()
  ada = await server.signedIn('ada@demo.example')
  bela = await server.signedIn('bela@demo.example')
  mo = await server.signedIn('mo@demo.example')
})
afterAll(() => server.close())
beforeEach(async () => {
  article = await server.newArticle('The Margin')
  server.office.mails.length = 0
})

const toBela = () => server.office.to('bela@demo.example')
async function onlyMail(): Promise<Arrived> {
  await server.finish()
  const [mail, ...others] = toBela()
  if (!mail || others.length > 0) throw new Error(`${toBela().length} mails came, not one`)
  return mail
}
/** Not yet mailed: that waits for its minute. */
async function belaIsTold(comments: number): Promise<void> {
  await expect.poll(async () => (await told(bela, article)).length).toBe(comments)
}
/** As the mail says it, without how its lines are cut. */
const flat = (text: string | false | undefined) => (text || '').replace(/\s+/g, ' ')

describe('mail at once', () => {
  test('is one for a burst, a minute later, with the comments by passage', async () => {
    await follow(bela, onArticle(article), 'now')
    const ink = await open(ada, article, 'About *ink*.', await server.onWords('brown ink'))
    const whole = await open(mo, article, 'About <b>it all</b> & more.')
    await reply(ada, ink.thread.id, 'Ink again.')
    // Told of all three; then one job waits for its minute.
    await belaIsTold(3)
    const { rows } = await sql<{ wait: number; key: string }>`
      select extract(epoch from run_at - created_at)::int as wait, key from graphile_worker.jobs
      where task_identifier = 'mail'
    `.execute(server.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.wait).toBe(60)

    const mail = await onlyMail()
    expect(mail.subject).toBe('3 new comments on “The Margin”')
    const text = flat(mail.text)
    const html = flat(mail.html)
    for (const part of [text, html]) {
      const places = ['brown ink', 'About', 'Ink again.', 'On the whole article', 'Mo'].map((words) =>
        part.indexOf(words),
      )
      expect(places, part).toEqual(places.toSorted((a, b) => a - b))
      expect(places[0]).toBeGreaterThan(0)
      for (const { comment } of [ink, whole]) expect(part).toContain(`https://postil.example/c/${comment.id}`)
      expect(part).toContain(`https://postil.example/d/${article}`)
    }
    expect(text).toContain('About ink.')
    expect(html).toContain('About <em>ink</em>.')
    expect(html).toContain('&lt;b&gt;it all&lt;/b&gt; &amp; more.')
    expect(html).toMatch(/<html lang="en" dir="ltr">/)
  })

  test('is not sent about own comments, nor twice about one', async () => {
    await follow(bela, onArticle(article), 'now')
    await open(bela, article, 'Mine.')
    const { comment } = await open(ada, article, 'Theirs.')
    await onlyMail()
    await addJob(server.db, 'notify', { siteId: server.siteId, commentId: comment.id })
    const { id } = await server.db
      .selectFrom('follow')
      .select('id')
      .where('article_id', '=', article)
      .executeTakeFirstOrThrow()
    await addJob(server.db, 'mail', { siteId: server.siteId, followId: id, period: 'now' })
    expect(flat((await onlyMail()).text)).not.toContain('Mine.')
  })

  test('leaves out what was withdrawn meanwhile, and is not sent when nothing is left', async () => {
    await follow(bela, onArticle(article), 'now')
    const gone = await open(ada, article, 'Forget this.')
    const withdraw = async (comment: string) =>
      await ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params: { site, comment } })
    await belaIsTold(1)
    await withdraw(gone.comment.id)
    await server.finish()
    expect(toBela()).toEqual([])

    await open(ada, article, 'Keep this.')
    const second = await open(ada, article, 'Forget this, too.')
    await belaIsTold(2)
    await withdraw(second.comment.id)
    const mail = await onlyMail()
    expect(mail.subject).toBe('1 new comment on “The Margin”')
    expect(mail.text).not.toContain('Forget')
  })

  test('leaves out what was read meanwhile', async () => {
    await follow(bela, onArticle(article), 'now')
    await open(ada, article, 'Read already.')
    await belaIsTold(1)
    const [item] = await told(bela, article)
    await bela.ok('POST /v1/sites/:site/inbox/read', { params: { site }, body: { upTo: item?.id ?? '' } })
    await server.finish()
    expect(toBela()).toEqual([])
  })

  test('tells of what was held when it is approved', async () => {
    await follow(bela, onArticle(article), 'now')
    const held = await open(await server.signedIn('chris@demo.example'), article, 'My first.')
    await server.finish()
    expect(toBela()).toEqual([])
    await decide(mo, held.comment.id, 'approve')
    expect(flat((await onlyMail()).text)).toContain('My first.')
  })

  test('brings an answer in a thread that comes by mail, also where answers alone do not', async () => {
    const { thread, comment } = await open(bela, article, 'Anybody?')
    await follow(bela, onThread(thread.id), 'now')
    await reply(ada, thread.id, 'Me.', comment.id)
    const mail = await onlyMail()
    expect(mail.subject).toBe('1 new comment in a thread on “The Margin”')
    expect(flat(mail.text)).toContain('Ada (answers you)')
  })

  test('ends when it is turned off, with what waited', async () => {
    await follow(bela, onArticle(article), 'now')
    await open(ada, article, 'Too late.')
    await belaIsTold(1)
    await follow(bela, onArticle(article), 'off')
    await server.finish()
    await follow(bela, onArticle(article), 'now')
    await server.finish()
    expect(toBela()).toEqual([])
    await unfollow(bela, onArticle(article))
  })
})

describe('digests', () => {
  test.each(['daily', 'weekly'] as const)(
    'come %s, one for each follow, and what was mailed does not come again',
    async (period) => {
      await follow(bela, onArticle(article), period)
      await follow(bela, onReplies, period)
      const { thread, comment } = await open(bela, article, 'Question?')
      await open(ada, article, 'One.')
      await reply(mo, thread.id, 'Two.', comment.id)
      await server.finish()
      await server.morning(period === 'daily' ? 'weekly' : 'daily')
      expect(toBela()).toEqual([])
      await server.morning(period)
      expect(
        toBela()
          .map(({ subject }) => subject)
          .sort(),
      ).toEqual(['1 new comment on “The Margin”', '1 new reply to you on Demo'])
      await server.morning(period)
      expect(toBela()).toHaveLength(2)
      await follow(bela, onReplies, 'off')
      await follow(bela, onArticle(article), 'off')
    },
  )

  test('are sent by the clock', async () => {
    const { rows } = await sql<{ identifier: string }>`
      select identifier from graphile_worker._private_known_crontabs order by identifier
    `.execute(server.db)
    expect(rows.map(({ identifier }) => identifier)).toEqual([
      'checkpoint',
      'daily',
      'deliveries',
      'expire',
      'feeds',
      'lessons',
      'retain',
      'weekly',
      'words',
    ])
  })

  test('show the newest fifty, and say how many more there are', async () => {
    await follow(bela, onArticle(article), 'daily')
    const { thread } = await open(ada, article, 'Comment 0.')
    await server.finish()
    for (let nth = 1; nth <= 52; nth += 1) await reply(ada, thread.id, `Comment ${nth}.`)
    await server.finish()
    await server.morning('daily')
    const text = flat((await onlyMail()).text)
    expect(text).toContain('53 new comments')
    expect(text).toContain('3 more comments are not shown here.')
    expect(text.match(/Comment \d+\./g)).toHaveLength(50)
    expect(text).not.toContain('Comment 0.')
    await follow(bela, onArticle(article), 'off')
  })
})

describe('a mail is in the language of the follow', () => {
  test('German', async () => {
    await follow(bela, onArticle(article), 'now', 'de-AT')
    await open(ada, article, 'Hallo.')
    const mail = await onlyMail()
    expect(mail.subject).toBe('1 neuer Kommentar zu „The Margin“')
    expect(flat(mail.html)).toContain('<html lang="de" dir="ltr">')
    expect(flat(mail.text)).toContain('Lesen und antworten:')
    expect(mail.headers.get('content-language')).toBe('de')
  })

  test('Arabic, from right to left', async () => {
    await follow(bela, onArticle(article), 'now', 'ar')
    const { thread } = await open(ada, article, 'مرحبا')
    await reply(ada, thread.id, 'Hello.')
    const mail = await onlyMail()
    expect(mail.subject).toBe('تعليقان جديدان على «The Margin»')
    expect(flat(mail.html)).toContain('<html lang="ar" dir="rtl">')
    expect(mail.html).toContain('مرحبا')
    expect(mail.text).toContain('مرحبا')
  })

  test('English where we do not have it', async () => {
    await follow(bela, onArticle(article), 'now', 'zh-Hant')
    await open(ada, article, '你好')
    expect((await onlyMail()).subject).toBe('1 new comment on “The Margin”')
  })
})

describe('the headers', () => {
  test('say what sends it, and how to end it with one click', async () => {
    await follow(bela, onArticle(article), 'now')
    await open(ada, article, 'Headers.')
    const mail = await onlyMail()
    const lines = mail.raw.split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? ''
    expect(lines).toMatch(/^List-Unsubscribe: <https:\/\/postil\.example\/unsubscribe\/[\w-]{43}>$/m)
    expect(lines).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
    expect(lines).toMatch(/^List-ID: "?Demo"? <demo\.postil\.example>$/im)
    expect(lines).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(lines).toMatch(/^Precedence: bulk$/m)
    expect(lines).toMatch(/^Message-ID: <[0-9a-f]{32}@postil\.example>$/m)
    expect(mail.from?.value).toEqual([{ name: 'Postil', address: 'postil@postil.example' }])
    expect(mail.recipients).toEqual(['bela@demo.example'])
  })

  test('hold no line that came from a title or a name', async () => {
    const line = '\r\nBcc: evil@evil.example\r\nX-Evil: yes\r\n\r\n<script>alert(1)</script>'
    const db = server.db
    await db
      .updateTable('article')
      .set({ title: `T${line}` })
      .where('id', '=', article)
      .execute()
    await db
      .updateTable('account')
      .set({ name: `Bela${line}` })
      .where('email', '=', 'bela@demo.example')
      .execute()
    await db
      .updateTable('account')
      .set({ name: `Ada${line}` })
      .where('email', '=', 'ada@demo.example')
      .execute()
    await db
      .updateTable('site')
      .set({ name: `Demo${line}">` })
      .where('slug', '=', 'demo')
      .execute()
    await follow(bela, onArticle(article), 'now')
    await open(ada, article, 'Innocent.')
    const mail = await onlyMail()
    expect(mail.headers.has('bcc')).toBe(false)
    expect(mail.headers.has('x-evil')).toBe(false)
    expect(mail.recipients).toEqual(['bela@demo.example'])
    expect(server.office.tried).not.toContain('evil@evil.example')
    expect(mail.html).not.toContain('<script>')
    expect(flat(mail.text)).toContain('Innocent.')
    await db.updateTable('account').set({ name: 'Ada' }).where('email', '=', 'ada@demo.example').execute()
    await db.updateTable('account').set({ name: 'Bela' }).where('email', '=', 'bela@demo.example').execute()
    await db.updateTable('site').set({ name: 'Demo' }).where('slug', '=', 'demo').execute()
  })
})
