import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveOf, requestErasure } from '../../server/privacy/index.ts'
import { setRole } from '../../server/people/index.ts'
import { Caller } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { publisher } from '../moderation/stage.ts'
import { newSecret, refusalOf, signedInBy, signToken } from './tokens.ts'

let desk: Desk
let secret: Buffer
beforeAll(async () => {
  desk = await openDesk()
  secret = (await newSecret(desk.stage)).secret
})
afterAll(() => desk.stage.close())

const params = { site: 'demo' }
/** Signs somebody in with these badges, or with a token that says nothing of them. */
const sign = async (sub: string, badges?: unknown) =>
  await signedInBy(desk.stage, await signToken(secret, { sub, ...(badges !== undefined && { badges }) }))

/** What is shown beside the name of who is signed in: to others, and to a moderator. */
async function shown({ embed }: { embed: Caller }): Promise<(string[] | undefined)[]> {
  const { comment } = await embed.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { ...params, thread: desk.stage.thread },
    body: { body: 'What a crook.' },
    origin: publisher,
  })
  const waiting = await desk.caseOf(desk.mo, comment.id)
  await desk.approve(desk.mo, waiting)
  const seen = await desk.seen(comment.id)
  return [seen?.author?.badges, waiting.comment.author.badges]
}

describe('badges of a token', () => {
  test('stand beside the name, on this site only, until another sign-in gives others', async () => {
    const person = await sign('subscriber', ['Subscriber', 'Économiste'])
    expect(await shown(person)).toEqual([
      ['Subscriber', 'Économiste'],
      ['Subscriber', 'Économiste'],
    ])
    const again = await sign('subscriber', ['Gold'])
    expect(again.viewer.id).toBe(person.viewer.id)
    expect(await shown(again)).toEqual([['Gold'], ['Gold']])
    const rows = await desk.stage.db
      .selectFrom('membership')
      .selectAll()
      .where('account_id', '=', person.viewer.id)
      .execute()
    expect(rows).toMatchObject([{ site_id: desk.stage.demo.id, role: 'reader', badges: ['Gold'] }])
    expect(await shown(await sign('subscriber'))).toEqual([undefined, undefined])
  })

  test('are read on the page without script', async () => {
    const person = await sign('markup', ['<b>Bold</b>', 'A & B'])
    await shown(person)
    const page = await desk.stage.app.inject(`/d/${desk.stage.article}`)
    expect(page.body).toContain('<bdi class="badge">&#60;b&#62;Bold&#60;/b&#62;</bdi>')
    expect(page.body).toContain('<bdi class="badge">A &#38; B</bdi>')
  })

  test('said twice are there once, and leave a role as it is', async () => {
    const person = await sign('twice', ['Author', ' Author '])
    expect(await shown(person)).toEqual([['Author'], ['Author']])
    await setRole(desk.stage.db, desk.stage.demo.id, person.viewer.id, 'moderator')
    expect((await sign('twice', ['Editor'])).viewer.role).toBe('moderator')
    expect((await sign('twice', [])).viewer.role).toBe('moderator')
  })

  test.each([
    ['four of them', ['a', 'b', 'c', 'd']],
    ['one that is too long', ['x'.repeat(25)]],
    ['one that is empty', ['']],
    ['one of spaces', ['   ']],
    ['a number', [1]],
    ['no list', 'Subscriber'],
    ['a control character', ['a\u0007b']],
    ['two lines', ['a\nb']],
    ['a turn of the direction', ['a\u202eb']],
    ['something that nobody sees', ['a\u200bb']],
    ['half a character', ['\ud800']],
    ['a NUL', ['\0']],
  ])('%s: the token is refused, with what would be right', async (_name, badges) => {
    expect(await refusalOf(desk.stage, await signToken(secret, { badges }))).toContain(
      'badges is not a list of up to 3 texts',
    )
  })

  test('are in the archive of their owner, and gone with the account', async () => {
    const { viewer } = await sign('leaver', ['Subscriber'])
    let archive = ''
    for await (const lines of archiveOf(desk.stage.db, viewer.id)) archive += lines
    expect(archive).toContain('"badges":["Subscriber"]')
    await requestErasure(desk.stage.db, viewer.id, 'keep')
    const left = await desk.stage.db
      .selectFrom('membership')
      .select('badges')
      .where('account_id', '=', viewer.id)
      .execute()
    expect(left).toEqual([])
  })
})
