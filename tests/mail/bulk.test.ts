import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CommentView } from '../../core/contract/threads.ts'
import { told } from '../follows/stage.ts'
import type { Client } from '../server/client.ts'
import { open, site } from '../server/stage.ts'
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

const held = async (who: Client, text: string): Promise<CommentView> =>
  (await open(who, article, text)).comment

/** Rejects all that waits as spam, in one bulk. */
async function rejectAll(bulk = uuid()): Promise<string> {
  const { cases } = await mo.ok('GET /v1/sites/:site/cases/selection', { params: { site }, query: {} })
  await mo.ok('POST /v1/sites/:site/bulks/:bulk/decisions', {
    params: { site, bulk },
    body: { action: 'reject', reason: 'spam', cases },
  })
  return bulk
}
const undo = (bulk: string) =>
  mo.ok('POST /v1/sites/:site/bulks/:bulk/reversal', { params: { site, bulk }, query: {} })

const to = (name: string) => server.office.to(`${name}@demo.example`)
const flat = (text: string | false | undefined) => (text || '').replace(/\s+/g, ' ')

describe('many comments decided at once', () => {
  test('are told to each author in one mail, with the reasons, the text and a way to each', async () => {
    const comments = [
      await held(ada, 'Crook *one*.'),
      await held(ada, `Crook two. ${'And so on. '.repeat(200)}`),
      await held(ada, 'Crook <b>three</b>.'),
    ]
    await held(bela, 'Crook four.')
    await rejectAll()
    await server.finish()

    const [mail, ...more] = to('ada')
    expect(more).toEqual([])
    expect(mail?.subject).toMatch(/^3 comments of yours on .+ were removed$/)
    for (const part of [flat(mail?.text), flat(mail?.html)]) {
      expect(part.match(/The Margin/g)).toHaveLength(3)
      expect(part.match(/The rule: no spam and no advertising\./g)).toHaveLength(3)
      expect(part.match(/An automatic check held the comment\. A person decided/g)).toHaveLength(3)
      for (const { id, threadId } of comments)
        expect(part).toMatch(new RegExp(`http\\S+#postil(?:=|&#61;)${threadId}/${id}`))
      expect(part).toContain('Crook one.')
      expect(part.match(/within six months and free of charge/g)).toHaveLength(1)
      expect(part.match(/out-of-court dispute settlement/g)).toHaveLength(1)
      expect(part).toContain('decided about several of your comments')
      expect(part).not.toMatch(/\bMo\b/)
    }
    expect(mail?.text).toContain('> Crook <b>three</b>.')
    expect(mail?.html).not.toContain('<b>three')
    // A long text is cut, with a sign; all of it stands at its link.
    expect(mail?.text).toContain('And so on.…')
    expect(mail?.text?.match(/And so on\./g)?.length).toBeLessThan(100)
    expect(await told(ada, article)).toHaveLength(3)

    // One of one author reads as if it were decided alone.
    expect(to('bela').map(({ subject }) => subject)).toEqual(['Your comment on “The Margin” was removed'])
  })

  test('wait together for the last of them, and are mailed once however often the bulk is sent', async () => {
    const bulk = uuid()
    await held(ada, 'Crook one.')
    await rejectAll(bulk)
    await held(ada, 'Crook two.')
    await rejectAll(bulk)
    const { rows } = await sql<{ wait: number }>`
      select extract(epoch from run_at - now())::int as wait from graphile_worker.jobs
      where task_identifier ~ '^(notice|bulkNotice)$'
    `.execute(server.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.wait).toBeGreaterThan(290)
    await server.finish()
    expect(to('ada').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^2 comments of yours on .+ were removed$/),
    ])
  })

  test('undone before anybody was told, are not told', async () => {
    await held(ada, 'Crook one.')
    await held(ada, 'Crook two.')
    await undo(await rejectAll())
    await server.finish()
    expect(to('ada')).toEqual([])
    expect(await told(ada, article)).toEqual([])
    await rejectAll()
    await server.finish()
  })

  test('undone after that, are told so in one mail', async () => {
    await held(ada, 'Crook one.')
    await held(ada, 'Crook two.')
    const bulk = await rejectAll()
    await server.finish()
    await undo(bulk)
    await server.finish()
    expect(to('ada').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^2 comments of yours on .+ were removed$/),
      expect.stringMatching(/^What was decided about 2 comments of yours on .+ was taken back$/),
    ])
    const back = flat(to('ada')[1]?.text)
    expect(back.match(/no longer holds/g)).toHaveLength(2)
    expect(back).not.toContain('six months')
    await rejectAll()
    await server.finish()
  })

  test('come once more by mail only where the mail server had failed', async () => {
    await held(ada, 'Crook one.')
    await held(ada, 'Crook two.')
    let tries = 0
    server.office.verdict = () => ((tries += 1) === 1 ? '451 4.3.0 Come again' : null)
    try {
      await rejectAll()
      await server.finish()
    } finally {
      server.office.verdict = () => null
    }
    expect(tries).toBe(2)
    expect(to('ada')).toHaveLength(1)
    expect(await told(ada, article)).toHaveLength(2)
  })
})
