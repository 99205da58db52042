import { expect } from 'vitest'
import { OwnSanctions } from '../../core/contract/appeals.ts'
import { Decided } from '../../core/contract/moderation.ts'
import { Posted } from '../../core/contract/threads.ts'
import { setRules as switchOn } from '../../server/moderation/index.ts'
import { eraseComment } from '../../server/privacy/index.ts'
import type { Client } from '../server/client.ts'
import { site } from '../server/stage.ts'
import { hold } from './caller.ts'
import type { Comment, Deed, Person, Staff } from './model.ts'
import { ask, casesOf, type World } from './world.ts'

/** What somebody does; comments and decisions are named by how many are newer, round and round. */
export type Step =
  | { act: 'post'; under: number | null; word: boolean }
  | { act: 'edit'; by: 'author' | Staff; which: number; word: boolean; stale: boolean }
  | { act: 'withdraw' | 'restore'; by: 'author' | Staff; which: number }
  /** By who runs the server. */
  | { act: 'erase'; which: number }
  | { act: 'report'; by: Person; which: number }
  | { act: 'decide'; by: 'author' | Staff; which: number; deed: Deed; stale: boolean }
  /** To what was decided last about the comment. */
  | { act: 'object'; by: 'author' | Staff; which: number; stale: boolean }
  | { act: 'appeal'; by: 'author' | Staff; which: number }
  /** About a case with an appeal, where there is one; else the newest of the comment. */
  | { act: 'answer'; by: 'author' | Staff; which: number; upheld: boolean; stale: boolean }
  /** By null: by who decided. */
  | { act: 'reverse'; by: 'author' | Staff | null; which: number }
  /** A rule is switched on or off: all comments in the article are looked at first, or nobody bans alone. */
  | { act: 'rule'; rule: 'isSensitive' | 'twoPeople'; on: boolean }
  /** All jobs are done, so what waits is mailed. */
  | { act: 'deliver' }

let texts = 0
const newToken = () => `word${(texts += 1)}end`
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
  if (one.act === 'rule') {
    world.model[one.rule] = one.on
    await setRules(world)
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
    case 'erase': {
      const at = { siteId: server.siteId, commentId: comment.id }
      const erased = await eraseComment(server.db, at, { why: 'request', by: null })
      expect(erased !== null).toBe(model.erase(comment))
      if (erased) server.app.live.published(erased.articleId)
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
    case 'object': {
      const subject = comment.said.findLast(({ undone }) => !undone)?.case ?? comment.cases.at(-1)
      if (!subject) return null
      const body = {
        ...{ action: 'object', note: 'I see this otherwise.', revision: subject.revision },
        version: subject.version + Number(one.stale),
      }
      const at = { case: await idOf(world, comment, subject) }
      const answer = await ask(client(one.by), 'POST /v1/sites/:site/cases/:case/decisions', at, body)
      const decided = () => hold(Decided, JSON.parse(answer.text)).decision.id
      expect(answer.status, answer.text).toBe(model.object(one.by, comment, subject, one.stale, decided))
      break
    }
    case 'appeal':
    case 'answer':
      await settle(world, comment, one, client(one.by))
  }
  return comment
}

/** By the command line, which asks no second person. Holds on what comes next; what is there stays as it is. */
export async function setRules({ server, people, model, article }: World): Promise<void> {
  const { isSensitive: sensitive, twoPeople } = model
  const rule = { article, sensitive, slowMode: 0, readOnly: false, schedules: [], closeAfterDays: null }
  const { version, rules } = await people.lea.ok('GET /v1/sites/:site/rules', { params: { site }, query: {} })
  await switchOn(server.db, server.siteId, null, {
    version,
    rules: { ...rules, articles: [rule], twoPeople },
  })
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

async function idOf(world: World, comment: Comment, one: Comment['cases'][number]): Promise<string> {
  const row = (await casesOf(world, comment))[comment.cases.indexOf(one)]
  if (!row) throw new Error('the server has fewer cases than the model')
  return row.id
}
