import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { OwnSanctions } from '../../core/contract/appeals.ts'
import { Decided } from '../../core/contract/moderation.ts'
import type { RouteName } from '../../core/contract/routes.ts'
import { Posted } from '../../core/contract/threads.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { follow, onArticle, told } from '../follows/stage.ts'
import { openMailServer, type MailServer } from '../mail/stage.ts'
import type { Answer, Client } from '../server/client.ts'
import type { Line } from '../server/line.ts'
import { readAll, readPage, site } from '../server/stage.ts'
import { hold } from './caller.ts'
import {
  isEscalated,
  Model,
  passedBy,
  shown,
  type Comment,
  type Deed,
  type Person,
  type Staff,
} from './model.ts'

const password = 'margin-notes'

/** What somebody does; comments and decisions are named by how many are newer, round and round. */
export type Step =
  | { act: 'post'; under: number | null; word: boolean }
  | { act: 'edit'; by: 'author' | Staff; which: number; word: boolean; stale: boolean }
  | { act: 'withdraw' | 'restore'; by: 'author' | Staff; which: number }
  | { act: 'report'; by: Person; which: number }
  | { act: 'decide'; by: 'author' | Staff; which: number; deed: Deed; stale: boolean }
  | { act: 'appeal'; by: 'author' | Staff; which: number }
  /** About a case with an appeal, where there is one; else the newest of the comment. */
  | { act: 'answer'; by: 'author' | Staff; which: number; upheld: boolean; stale: boolean }
  /** By null: by who decided. */
  | { act: 'reverse'; by: 'author' | Staff | null; which: number }
  /** All jobs are done, so what waits is mailed. */
  | { act: 'deliver' }

/** The server, with those who are the same in all worlds. */
export interface Ground {
  server: MailServer
  people: Record<'reader' | Staff, Client>
  names: Record<string, Staff>
}

export async function openGround(): Promise<Ground> {
  const server = await openMailServer()
  const lea = await createAccount(server.db, { email: 'lea@demo.example', name: 'Lea', password })
  await setRole(server.db, server.siteId, lea, 'lead')
  const mo = await server.db
    .selectFrom('account')
    .select('id')
    .where('name', '=', 'Mo')
    .executeTakeFirstOrThrow()
  const people = {
    reader: await server.signedIn('bela@demo.example'),
    mo: await server.signedIn('mo@demo.example'),
    lea: await server.signedIn('lea@demo.example'),
  }
  return { server, people, names: { [lea]: 'lea', [mo.id]: 'mo' } }
}

/** A new author's new article, as the server has it, and as the model does. */
export interface World extends Ground {
  model: Model
  article: string
  author: Client
  /** Where the author is told what was decided, with their own words. */
  address: string
  nobody: Line
  authorLine: Line
  /** How far both lines, and the mail, were looked at. */
  read: { nobody: number; authorLine: number; mail: number }
  seq: number
}

/** @param known whether a comment of the author's stands elsewhere */
export async function begin(ground: Ground, known: boolean): Promise<World> {
  const { server, people } = ground
  const email = `${randomUUID()}@reader.example`
  const id = await createAccount(server.db, { email, name: 'Nour', password })
  await setRole(server.db, server.siteId, id, 'reader')
  const author = await server.signedIn(email)
  if (known) {
    const demo = await findSite(server.db, site)
    if (!demo) throw new Error('the demo site is missing')
    const place = { kind: 'new thread', articleId: server.article, anchor: null } as const
    const role = 'moderator' as const
    await post(server.db, demo, { id, name: 'Nour', role }, place, { body: 'I was here.' }, null)
  }
  const article = await server.newArticle('The Margin')
  await follow(people.reader, onArticle(article), 'now')
  server.office.mails.length = 0
  return {
    ...ground,
    model: new Model(Number(known)),
    article,
    author,
    address: email,
    nobody: await read(server.openLine(), article),
    authorLine: await read(server.openLine(author), article),
    read: { nobody: 0, authorLine: 0, mail: 0 },
    seq: 0,
  }
}

async function read(line: Line, article: string): Promise<Line> {
  line.say({ type: 'subscribe', article, after: 0 })
  await line.until(({ type }) => type === 'caught_up')
  return line
}

async function ask(who: Client, name: RouteName, params: object, body?: object): Promise<Answer> {
  return await who.request(name, { params: { site, ...params }, ...(body && { body }) })
}

let texts = 0
const newToken = () => `word${(texts += 1)}end`
const tokensIn = (text: string) => new Set(text.match(/word\d+end/g))
const saying = (token: string, word: boolean) => (word ? `What a crook, ${token}.` : `Well, ${token}.`)

/** The author says to have read what was decided about them: before that, somebody who was warned cannot write. */
async function acknowledge({ author }: World): Promise<void> {
  const answer = await ask(author, 'GET /v1/sites/:site/sanctions', {})
  for (const { id } of hold(OwnSanctions, JSON.parse(answer.text)).sanctions)
    await ask(author, 'PUT /v1/sites/:site/sanctions/:sanction/acknowledgement', { sanction: id })
}

/** Does a step to the model and to the server, which must answer what the model says. @returns whom it is about */
export async function take(world: World, one: Step): Promise<Comment | null> {
  const { server, people, model, article, author } = world
  const pick = <T>(of: readonly T[], nth: number): T | undefined => of[of.length - 1 - (nth % of.length)]
  const client = (by: Person) => (by === 'author' ? author : people[by])
  if (one.act === 'deliver') {
    await server.finish()
    return null
  }
  if (one.act === 'post') {
    const parent = one.under === null ? null : (pick(model.comments, one.under) ?? null)
    await acknowledge(world)
    const token = newToken()
    const body = { body: saying(token, one.word) }
    const answer = parent
      ? await ask(
          author,
          'POST /v1/sites/:site/threads/:thread/comments',
          { thread: parent.threadId },
          { ...body, parentId: parent.id },
        )
      : await ask(
          author,
          'POST /v1/sites/:site/articles/:article/threads',
          { article },
          { ...body, anchor: null },
        )
    const status = model.post(token, one.word, parent, (comment) => {
      const { comment: made } = hold(Posted, JSON.parse(answer.text))
      Object.assign(comment, { id: made.id, threadId: made.threadId })
    })
    expect(answer.status, answer.text).toBe(status)
    return status === 201 ? (model.comments.at(-1) ?? null) : parent
  }
  if (one.act === 'reverse') {
    const decision = pick(model.decisions, one.which)
    if (!decision) return null
    const by = one.by ?? decision.by
    const answer = await ask(client(by), 'POST /v1/sites/:site/decisions/:decision/reversal', {
      decision: decision.id,
    })
    expect(answer.status, answer.text).toBe(model.reverse(by, decision))
    return decision.comment
  }
  const appealed = model.comments.filter((each) => each.cases.some(({ appeal }) => appeal))
  const comment = pick(one.act === 'answer' && appealed.length > 0 ? appealed : model.comments, one.which)
  if (!comment) return null
  const about = { comment: comment.id }
  const revision = comment.revisions.length
  switch (one.act) {
    case 'edit': {
      await acknowledge(world)
      const token = newToken()
      const body = { body: saying(token, one.word), revision: revision + Number(one.stale) }
      const answer = await ask(client(one.by), 'PATCH /v1/sites/:site/comments/:comment', about, body)
      expect(answer.status, answer.text).toBe(model.edit(one.by, comment, token, one.word, one.stale))
      break
    }
    case 'withdraw': {
      const answer = await ask(client(one.by), 'POST /v1/sites/:site/comments/:comment/withdrawal', about)
      expect(answer.status, answer.text).toBe(model.withdraw(one.by, comment))
      break
    }
    case 'restore': {
      const answer = await ask(client(one.by), 'DELETE /v1/sites/:site/comments/:comment/withdrawal', about)
      expect(answer.status, answer.text).toBe(model.restore(one.by, comment))
      break
    }
    case 'report': {
      const body = { category: 'abuse' }
      const answer = await ask(client(one.by), 'POST /v1/sites/:site/comments/:comment/reports', about, body)
      expect(answer.status, answer.text).toBe(model.report(one.by, comment))
      break
    }
    case 'decide': {
      const subject = comment.cases.at(-1)
      if (!subject) return null
      const body = {
        action: one.deed,
        ...(['reject', 'warn', 'time_out', 'ban'].includes(one.deed) && { reason: 'abuse' }),
        ...(one.deed === 'time_out' && { days: 1 }),
        revision: subject.revision,
        version: subject.version + Number(one.stale),
      }
      const at = { case: await idOf(world, comment, subject) }
      const answer = await ask(client(one.by), 'POST /v1/sites/:site/cases/:case/decisions', at, body)
      const decided = () => hold(Decided, JSON.parse(answer.text)).decision.id
      expect(answer.status, answer.text).toBe(
        model.decide(one.by, comment, subject, one.deed, one.stale, decided),
      )
      break
    }
    case 'appeal':
    case 'answer':
      await settle(world, comment, one, client(one.by))
  }
  return comment
}

/** The author asks for another look, or somebody answers. */
async function settle(
  world: World,
  comment: Comment,
  one: Extract<Step, { act: 'appeal' | 'answer' }>,
  who: Client,
): Promise<void> {
  if (one.act === 'appeal') {
    const answer = await ask(
      who,
      'POST /v1/sites/:site/comments/:comment/appeal',
      { comment: comment.id },
      { text: 'Please look again.' },
    )
    expect(answer.status, answer.text).toBe(world.model.appeal(one.by, comment))
    return
  }
  const subject = comment.cases.find(({ appeal }) => appeal) ?? comment.cases.at(-1)
  if (!subject) return
  const at = { case: await idOf(world, comment, subject) }
  const answer = await ask(who, 'POST /v1/sites/:site/cases/:case/decisions', at, {
    action: one.upheld ? 'uphold_appeal' : 'dismiss_appeal',
    answer: 'We have looked.',
    revision: subject.revision,
    version: subject.version + Number(one.stale),
  })
  expect(answer.status, answer.text).toBe(world.model.answer(one.by, comment, subject, one.upheld, one.stale))
}

/** The rows of a comment's cases, the oldest first. */
async function casesOf(world: World, comment: Comment) {
  return await world.server.db
    .selectFrom('moderation_case')
    .select(['id', 'status', 'version', 'revision', 'escalated_at', 'passed_by', 'appeal_id'])
    .where('article_id', '=', world.article)
    .where('comment_id', '=', comment.id)
    .orderBy('id')
    .execute()
}

async function idOf(world: World, comment: Comment, one: Comment['cases'][number]): Promise<string> {
  const row = (await casesOf(world, comment))[comment.cases.indexOf(one)]
  if (!row) throw new Error('the server has fewer cases than the model')
  return row.id
}

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
  }))
  expect({ shown: shown_revision, states: revisions.map(({ state }) => state), cases }).toEqual({
    shown: shown(comment),
    states: comment.revisions.map(({ state }) => state),
    cases: comment.cases.map((one) => ({
      about: { status: one.status, version: one.version, revision: one.revision },
      escalated: isEscalated(one),
      passedBy: passedBy(one),
      appealed: one.appeal !== null,
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

export function end({ nobody, authorLine }: World): void {
  nobody.socket.close()
  authorLine.socket.close()
}
