import { v7 as uuid } from 'uuid'
import { describeBlock } from '../../core/anchoring/index.ts'
import { blockTexts } from '../../server/articles/index.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import type { Caller } from '../moderation/caller.ts'
import { password, type Stage } from '../moderation/stage.ts'

/** One of each kind of thing that routes name, all of the demo site, by the names of the contract's parameters. */
export interface Objects {
  article: string
  thread: string
  comment: string
  case: string
  decision: string
  bulk: string
  sanction: string
  typo: string
  filter: string
  account: string
  invitation: string
  key: string
  webhook: string
  delivery: string
}

const site = { site: 'demo' }

/** Makes them as people would. The comment is Chris's, rejected with a warning; the case is about another of theirs. */
export async function makeObjects(stage: Stage): Promise<Objects> {
  const [ada, chris, mo, pia] = await Promise.all(
    ['ada', 'chris', 'mo', 'pia'].map((name) => stage.as(`${name}@demo.example`)),
  )
  if (!ada || !chris || !mo || !pia) throw new Error('somebody is missing')
  const { article, thread } = stage
  // All at first: who was warned has to read that before they write again.
  const comment = await waiting(chris, thread, 'To be rejected.')
  const oneOfMany = await waiting(chris, thread, 'One of many.')
  const toDecide = await waiting(chris, thread, 'To be decided.')
  const { decision } = await decide(mo, comment, { action: 'warn', reason: 'abuse' })
  const bulk = uuid()
  const many = await caseOf(mo, oneOfMany)
  await mo.ok('POST /v1/sites/:site/bulks/:bulk/decisions', {
    params: { ...site, bulk },
    body: {
      action: 'reject',
      reason: 'spam',
      cases: [{ case: many.id, revision: 1, version: many.version }],
    },
  })
  const { id: waits } = await caseOf(mo, toDecide)
  await ada.ok('PUT /v1/sites/:site/articles/:article/reaction', {
    params: { ...site, article },
    body: { anchor: describeBlock(await blockTexts(stage.db, stage.demo.id, article), 3), kind: 'typo' },
  })
  const { typos } = await pia.ok('GET /v1/sites/:site/typos', { params: site })
  const { sanctions } = await chris.ok('GET /v1/sites/:site/sanctions', { params: site })
  const filter = await mo.ok('POST /v1/sites/:site/filters', {
    params: site,
    body: { name: 'Mine', queue: 'reported', filter: {} },
  })
  const colleague = await createAccount(stage.db, { email: 'cora@demo.example', name: 'Cora', password })
  await setRole(stage.db, stage.demo.id, colleague, 'moderator')
  const invitation = await pia.ok('POST /v1/sites/:site/invitations', {
    params: site,
    body: { email: 'new@demo.example', role: 'moderator', sections: null, language: 'en' },
  })
  const { key } = await pia.ok('POST /v1/sites/:site/keys', { params: site, body: { purpose: 'push' } })
  const { webhook } = await pia.ok('POST /v1/sites/:site/webhooks', {
    params: site,
    body: { url: 'https://hooks.invalid/', events: ['comment.created'] },
  })
  return {
    ...{ article, thread, comment, case: waits, decision: decision.id, bulk, filter: filter.id },
    ...{ sanction: firstId(sanctions), typo: firstId(typos), account: colleague },
    ...{ invitation: invitation.id, key: key.id, webhook: webhook.id },
    delivery: await givenUp(stage, webhook.id, comment),
  }
}

async function waiting(author: Caller, thread: string, body: string): Promise<string> {
  const { comment } = await author.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { ...site, thread },
    body: { body },
  })
  return comment.id
}

async function caseOf(mo: Caller, comment: string) {
  const { cases } = await mo.ok('GET /v1/sites/:site/cases', { params: site })
  const found = cases.find((one) => one.comment.id === comment)
  if (!found) throw new Error('it was not held')
  return found
}

async function decide(mo: Caller, comment: string, what: { action: 'warn'; reason: 'abuse' }) {
  const { id, version } = await caseOf(mo, comment)
  return await mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { ...site, case: id },
    body: { ...what, revision: 1, version },
  })
}

/** A message that did not arrive, and can be sent again. */
async function givenUp({ db, demo }: Stage, webhook: string, comment: string): Promise<string> {
  const id = uuid()
  await db
    .insertInto('webhook_delivery')
    .values({
      ...{ site_id: demo.id, id, webhook_id: webhook, type: 'comment.created', subject_id: comment },
      ...{ happened_at: new Date(), status: 'dead', last_at: new Date() },
    })
    .execute()
  return id
}

function firstId([first]: { id: string }[]): string {
  if (!first) throw new Error('there is none')
  return first.id
}
