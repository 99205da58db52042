import { expect } from 'vitest'
import { told } from '../follows/stage.ts'
import { tablesWith } from '../privacy/everywhere.ts'
import { readAll, readPage } from '../server/stage.ts'
import { isEscalated, newest, passedBy, proposal, shown, type Comment } from './model.ts'
import { ask, casesOf, read, tokensIn, type World } from './world.ts'

/** The database has the states and the cases that the model has. */
export async function expectSame(world: World, comment: Comment): Promise<void> {
  const { server, names } = world
  const { shown_revision } = await server.db
    .selectFrom('comment')
    .select('shown_revision')
    .where('id', '=', comment.id)
    .executeTakeFirstOrThrow()
  const revisions = await server.db
    .selectFrom('comment_revision')
    .select('state')
    .where('comment_id', '=', comment.id)
    .orderBy('number')
    .execute()
  const cases = (await casesOf(world, comment)).map(({ status, version, revision, ...row }) => ({
    about: { status, version, revision },
    escalated: row.escalated_at !== null,
    passedBy: new Set(row.passed_by.map((id) => names[id])),
    appealed: row.appeal_id !== null,
    proposed: row.proposal_id !== null,
    objected: row.objected_to,
  }))
  expect({ shown: shown_revision, states: revisions.map(({ state }) => state), cases }).toEqual({
    shown: shown(comment),
    states: comment.revisions.map(({ state }) => state),
    cases: comment.cases.map((one) => ({
      about: { status: one.status, version: one.version, revision: one.revision },
      escalated: isEscalated(one),
      passedBy: passedBy(one),
      appealed: one.appeal !== null,
      proposed: proposal(one) !== null,
      objected: one.objectedTo?.id ?? null,
    })),
  })
}

/** Everything that goes out says what may be read now, and nothing else. */
export async function expectOutward(world: World, comment: Comment | null): Promise<void> {
  const { server, people, model, article, author } = world
  const page = async (path: string) => await (await fetch(server.origin + path)).text()
  const visible = model.public()
  const own = new Set([...visible, ...model.own()])
  const { seq } = await readPage(server.nobody, article)
  const threads = await readAll(server.nobody, article)
  expect(tokensIn(JSON.stringify(threads)), 'threads').toEqual(visible)
  expect(tokensIn(JSON.stringify(await readAll(people.mo, article))), 'threads to a moderator').toEqual(
    visible,
  )
  const theirs = tokensIn(JSON.stringify(await readAll(author, article)))
  expect(theirs, 'threads to the author').toEqual(model.own())
  expect(tokensIn(await page(`/d/${article}`)), 'page').toEqual(visible)
  expect(tokensIn(await page(`/d/${article}/feed`)), 'feed').toEqual(visible)
  await expectLine(world, 'nobody', seq, visible)
  await expectLine(world, 'authorLine', seq, own)
  const late = await read(server.openLine(), article)
  late.socket.close()
  expect(tokensIn(JSON.stringify(late.frames)), 'replay').toEqual(visible)
  expectWithin('inbox', JSON.stringify(await told(people.reader, article)), visible)
  const mails = server.office.mails.slice(world.read.mail)
  world.read.mail = server.office.mails.length
  const toOthers = mails.filter(({ to }) => !JSON.stringify(to).includes(world.address))
  for (const mail of toOthers)
    expectWithin('mail', `${mail.subject ?? ''} ${mail.text ?? ''} ${mail.html || ''}`, visible)
  if (!comment) return
  if (newest(comment).state === 'ERASED') await expectErased(world, comment)
  const isShown = shown(comment) !== null
  const inThread = model.comments.filter(({ threadId }) => threadId === comment.threadId)
  const here = new Set(inThread.flatMap((one) => one.revisions.map(({ token }) => token)))
  expect(tokensIn(await page(`/d/${article}/${comment.threadId}`)), 'thread page').toEqual(
    new Set([...visible].filter((token) => here.has(token))),
  )
  const permalink = await page(`/c/${comment.id}`)
  expectWithin('permalink', permalink, visible)
  expect(tokensIn(permalink).size > 0, 'permalink').toBe(isShown)
  const history = await ask(server.nobody, 'GET /v1/sites/:site/comments/:comment/revisions', {
    comment: comment.id,
  })
  expect(tokensIn(history.text), 'history').toEqual(model.history(comment))
}

/** Nothing keeps a word of it: neither what moderators see and export, nor any table. */
async function expectErased(world: World, comment: Comment): Promise<void> {
  const tokens = comment.revisions.map(({ token }) => token)
  for (const { id } of await casesOf(world, comment)) {
    const exported = await ask(world.people.mo, 'GET /v1/sites/:site/cases/:case/export', { case: id })
    expect(
      tokens.filter((token) => exported.text.includes(token)),
      'export',
    ).toEqual([])
  }
  expect(await tablesWith(world.server.db, ...tokens), 'tables').toEqual([])
}

function expectWithin(where: string, text: string, allowed: Set<string>): void {
  expect(
    [...tokensIn(text)].filter((token) => !allowed.has(token)),
    where,
  ).toEqual([])
}

/** What a line that is open all along was sent since it was last looked at. */
async function expectLine(
  { read: upTo, ...world }: World,
  name: 'nobody' | 'authorLine',
  seq: number,
  allowed: Set<string>,
): Promise<void> {
  const line = world[name]
  if (seq > 0) await line.until((frame) => 'seq' in frame && frame.seq >= seq)
  expectWithin(name, JSON.stringify(line.frames.slice(upTo[name])), allowed)
  upTo[name] = line.frames.length
}
