import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { webhookEventTypes, webhookMessage, type MadeWebhook } from '../../core/contract/webhooks.ts'
import { importArticle, saveArticle } from '../../server/articles/index.ts'
import { importComments } from '../../server/importing/index.ts'
import { requestErasure } from '../../server/privacy/index.ts'
import { disqus, folderForFiles } from '../importing/files.ts'
import { hold, origin } from '../moderation/caller.ts'
import { newSecret, signedInBy, signToken } from '../sso/tokens.ts'
import type { Receiver } from './receiver.ts'
import { openWire, site, type Wire } from './stage.ts'

let wire: Wire
let hook: Receiver & MadeWebhook
beforeAll(async () => {
  wire = await openWire()
  hook = await wire.listen(...webhookEventTypes)
})
afterAll(() => wire.close())
afterEach(() => {
  hook.got.length = 0
})

/** What has come in this test, each held against the contract. */
async function told() {
  await wire.finish()
  return hook.got.map(({ message }) => {
    const type = webhookEventTypes.find((one) => one === message.type)
    if (!type) throw new Error(`there is no type ${message.type}`)
    hold(webhookMessage(type), message)
    return { type, data: message.data }
  })
}
const typesTold = async () => (await told()).map(({ type }) => type)

test('a comment: posted, edited, withdrawn, and back', async () => {
  const comment = await wire.say(wire.ada, 'A first word.')
  const edited = await wire.edit(wire.ada, comment, 'A second word.')
  const params = { site, comment: comment.id }
  await wire.finish()
  await wire.ada.ok('POST /v1/sites/:site/comments/:comment/withdrawal', { params })
  await wire.finish()
  await wire.ada.ok('DELETE /v1/sites/:site/comments/:comment/withdrawal', { params })
  const all = await told()
  expect(all.map(({ type }) => type)).toEqual([
    'comment.created',
    ...Array<string>(3).fill('comment.changed'),
  ])
  expect(all.slice(1).map(({ data }) => data)).toMatchObject([
    {
      id: comment.id,
      text: 'A second word.',
      revision: edited.revision,
      editedAt: expect.any(String) as string,
    },
    { id: comment.id, text: null, html: null, author: null, state: 'withdrawn', revision: 0 },
    { id: comment.id, text: 'A second word.', state: 'live' },
  ])
})

test('of a comment that is held nothing is told before readers see it, and its decision is', async () => {
  const held = await wire.held()
  expect(await typesTold()).toEqual([])
  const { decision } = await wire.approve(wire.mo, held)
  await wire.finish()
  await wire.undo(wire.mo, decision.id)
  const all = await told()
  expect(all.map(({ type }) => type).toSorted()).toEqual([
    'comment.changed',
    'comment.created',
    'decision.made',
    'decision.reversed',
  ])
  const of = (type: string) => all.find((one) => one.type === type)?.data
  expect(of('comment.created')).toMatchObject({ id: held.comment.id })
  expect(of('decision.made')).toMatchObject({
    id: decision.id,
    action: 'approve',
    commentId: held.comment.id,
  })
  expect(of('decision.reversed')).toMatchObject({ action: 'reverse', reverses: decision.id })
})

test('an edit that waits changes nothing for readers', async () => {
  const comment = await wire.say(wire.ada, 'A fair word.')
  await wire.edit(wire.ada, comment, 'What a crook.')
  expect(await typesTold()).toEqual(['comment.created'])
})

test('an article: registered, and with a text', async () => {
  const url = `${origin}/of-webhooks`
  const made = await wire.ada.ok('POST /v1/sites/:site/articles', {
    params: { site },
    body: { url, title: 'Of webhooks' },
  })
  const [created] = await told()
  expect(created).toMatchObject({
    type: 'article.created',
    data: { id: made.id, url, title: 'Of webhooks', revision: 0 },
  })
  hook.got.length = 0
  const article = importArticle({ format: 'markdown', source: '# Of webhooks\n\nThey call.' })
  await saveArticle(wire.stage.db, wire.stage.demo, article, { url })
  expect(await told()).toMatchObject([{ type: 'article.revised', data: { id: made.id, revision: 1 } }])
  await saveArticle(wire.stage.db, wire.stage.demo, article, { url })
  expect(await told()).toHaveLength(1)
})

test('a person: come by single sign-on, sanctioned, erased', async () => {
  const { secret } = await newSecret(wire.stage)
  const { viewer, embed } = await signedInBy(wire.stage, await signToken(secret, { sub: 'reader-7' }))
  await signedInBy(wire.stage, await signToken(secret, { sub: 'reader-7' }))
  expect(await told()).toEqual([
    {
      type: 'account.created',
      data: { site, id: viewer.id, name: 'Nora', provider: 'jwt', subject: 'reader-7' },
    },
  ])
  const { comment } = await embed.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { site, thread: wire.stage.thread },
    body: { body: 'What a crook.' },
    origin: 'https://news.example',
  })
  const about = await wire.caseOf(wire.mo, comment.id)
  await wire.mo.ok('POST /v1/sites/:site/cases/:case/decisions', {
    params: { site, case: about.id },
    body: {
      action: 'time_out',
      reason: 'abuse',
      days: 3,
      revision: about.comment.revision,
      version: about.version,
    },
  })
  const imposed = (await told()).find(({ type }) => type === 'account.sanctioned')
  expect(imposed?.data).toMatchObject({
    accountId: viewer.id,
    kind: 'time_out',
    reason: 'abuse',
    liftedAt: null,
  })
  await requestErasure(wire.stage.db, viewer.id, 'erase')
  const erased = (await told()).find(({ type }) => type === 'account.erased')
  expect(erased?.data).toEqual({ site, id: viewer.id })
  expect(JSON.stringify(hook.got.map(({ body }) => body))).not.toContain('@')
})

test('what is imported is told to nobody, and what happens on another site neither', async () => {
  const files = await folderForFiles()
  await importComments(wire.stage.db, wire.stage.demo, 'disqus', await files.file('disqus.xml', disqus))
  await files.remove()
  const article = importArticle({ format: 'markdown', source: '# Elsewhere\n\nA text.' })
  await saveArticle(wire.stage.db, wire.stage.other, article, {})
  expect((await typesTold()).filter((type) => type.startsWith('comment.'))).toEqual([])
  expect(hook.got.map(({ body }) => body).join()).not.toContain('Elsewhere')
})

test('only what a webhook asks for is kept, and nothing where there is none', async () => {
  const only = await wire.listen('account.erased')
  const params = { site, webhook: hook.webhook.id }
  await wire.pia.ok('PATCH /v1/sites/:site/webhooks/:webhook', {
    params,
    body: { version: 1, enabled: false },
  })
  await wire.say(wire.ada, 'Nobody listens.')
  const kept = () => wire.stage.db.selectFrom('webhook_event').selectAll().execute()
  expect(await kept()).toEqual([])
  await wire.finish()
  expect([...hook.got, ...only.got]).toEqual([])
})
