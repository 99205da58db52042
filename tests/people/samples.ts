import { describeBlock } from '../../core/anchoring/index.ts'
import type { routes, RouteName } from '../../core/contract/routes.ts'
import { noRules } from '../../server/moderation/index.ts'
import { origin, type Said } from '../moderation/caller.ts'

/** Has the form of an id, and is nobody's. */
export const nowhere = '01890000-0000-7000-8000-000000000000'

const site = { site: 'demo' }
const decision = { action: 'approve', revision: 1, version: 1 } as const

/** A well-formed request for every route of the contract, about things that are not there. */
export const samples: { [N in RouteName]: Said<N> } = {
  'GET /v1/sites/:site/articles': { params: site, query: { url: `${origin}/nowhere` } },
  'GET /v1/sites/:site/counts': { params: site, query: { url: [`${origin}/nowhere`] } },
  'POST /v1/sites/:site/articles': { params: site, body: { url: 'ftp://nowhere', title: 'Nowhere' } },
  'PUT /v1/sites/:site/articles': { params: site, body: { url: `${origin}/nowhere`, html: '<p>Nowhere.' } },
  'GET /v1/sites/:site/articles/:article/threads': { params: { ...site, article: nowhere } },
  'POST /v1/sites/:site/articles/:article/threads': {
    params: { ...site, article: nowhere },
    body: { body: 'Well.', anchor: null },
  },
  'POST /v1/sites/:site/threads/:thread/passage': {
    params: { ...site, thread: nowhere },
    body: { anchor: describeBlock(['A passage.'], 0), revision: 1 },
  },
  'DELETE /v1/sites/:site/threads/:thread/passage': { params: { ...site, thread: nowhere } },
  'PUT /v1/sites/:site/articles/:article/reaction': {
    params: { ...site, article: nowhere },
    body: { anchor: describeBlock(['A passage.'], 0), kind: 'agree' },
  },
  'PUT /v1/sites/:site/threads/:thread/reaction': {
    params: { ...site, thread: nowhere },
    body: { kind: 'agree' },
  },
  'DELETE /v1/sites/:site/threads/:thread/reaction': { params: { ...site, thread: nowhere } },
  'PUT /v1/sites/:site/threads/:thread/mark': {
    params: { ...site, thread: nowhere },
    body: { mark: 'answered' },
  },
  'GET /v1/sites/:site/typos': { params: site },
  'POST /v1/sites/:site/typos/:typo/done': { params: { ...site, typo: nowhere } },
  'GET /v1/sites/:site/orphans': { params: site },
  'GET /v1/sites/:site/revisions': { params: site },
  'POST /v1/sites/:site/articles/:article/revisions/:revision': {
    params: { ...site, article: nowhere, revision: 1 },
    body: { decision: 'drop' },
  },
  'GET /v1/sites/:site/threads/:thread/comments': { params: { ...site, thread: nowhere } },
  'POST /v1/sites/:site/threads/:thread/comments': {
    params: { ...site, thread: nowhere },
    body: { body: 'Well.' },
  },
  'POST /v1/sites/:site/preview': { params: site, body: { body: 'Well.', article: nowhere } },
  'GET /v1/sites/:site/articles/:article/participants': {
    params: { ...site, article: nowhere },
    query: { q: 'a' },
  },
  'GET /v1/sites/:site/cases/search': { params: site, query: { q: 'nothing' } },
  'GET /v1/sites/:site/search': { params: site, query: { q: 'nothing' } },
  'PATCH /v1/sites/:site/comments/:comment': {
    params: { ...site, comment: nowhere },
    body: { body: 'Better.', revision: 1 },
  },
  'POST /v1/sites/:site/comments/:comment/withdrawal': { params: { ...site, comment: nowhere } },
  'DELETE /v1/sites/:site/comments/:comment/withdrawal': { params: { ...site, comment: nowhere } },
  'GET /v1/sites/:site/comments/:comment/revisions': { params: { ...site, comment: nowhere } },
  'POST /v1/sites/:site/comments/:comment/reports': {
    params: { ...site, comment: nowhere },
    body: { category: 'spam' },
  },
  'POST /v1/sites/:site/comments/:comment/appeal': {
    params: { ...site, comment: nowhere },
    body: { text: 'Please look again.' },
  },
  'GET /v1/sites/:site/waiting': { params: site },
  'GET /v1/sites/:site/sanctions': { params: site },
  'PUT /v1/sites/:site/sanctions/:sanction/acknowledgement': { params: { ...site, sanction: nowhere } },
  'GET /v1/sites/:site/follows': { params: site, query: { article: nowhere } },
  'PUT /v1/sites/:site/follows': {
    params: site,
    body: { about: { kind: 'thread', thread: nowhere }, following: true, mail: 'off', language: 'en' },
  },
  'GET /v1/sites/:site/inbox': { params: site },
  'POST /v1/sites/:site/inbox/read': { params: site, body: { upTo: nowhere } },
  'GET /v1/sites/:site/session': { params: site },
  'POST /v1/sites/:site/session': { params: site, body: { code: 'made-up-made-up-made-up' } },
  'POST /v1/sites/:site/session/jwt': { params: site, body: { token: 'made-up' } },
  'DELETE /v1/sites/:site/session': { params: site },
  'GET /v1/sites/:site/sign-in': { params: site },
  'POST /v1/sites/:site/guests': { params: site, body: { name: '\u200b', origin } },
  'POST /v1/accounts': { body: { email: 'new@reader.example', name: 'New', password: 'a long password' } },
  'GET /v1/session': {},
  'POST /v1/session': { body: { email: 'no-one@reader.example', password: 'a long password' } },
  'DELETE /v1/session': {},
  'POST /v1/sign-in-codes': { body: { site: 'demo', origin } },
  'GET /v1/me/archive': {},
  'POST /v1/me/erasure': { body: { password: 'not the right one', comments: 'erase' } },
  'GET /v1/erasures/:erasure': { params: { erasure: nowhere } },
  'GET /v1/sites/:site/cases': { params: site },
  'GET /v1/sites/:site/transparency': { params: site, query: { from: '2026-01-01', to: '2026-02-01' } },
  'GET /v1/sites/:site/transparency.csv': { params: site, query: { from: '2026-01-01', to: '2026-02-01' } },
  'GET /v1/sites/:site/cases/selection': { params: site },
  'POST /v1/sites/:site/bulks/:bulk/decisions': {
    params: { ...site, bulk: nowhere },
    body: { action: 'approve', cases: [{ case: nowhere, revision: 1, version: 1 }] },
  },
  'POST /v1/sites/:site/bulks/:bulk/reversal': { params: { ...site, bulk: nowhere } },
  'GET /v1/sites/:site/filters': { params: site },
  'POST /v1/sites/:site/filters': {
    params: site,
    body: { name: 'Reported', queue: 'reported', filter: {} },
  },
  'DELETE /v1/sites/:site/filters/:filter': { params: { ...site, filter: nowhere } },
  'GET /v1/sites/:site/settings': { params: site },
  'PUT /v1/sites/:site/settings': {
    params: site,
    body: { version: 1_000_000, name: 'Demo', origins: [origin], takesGuests: false },
  },
  'POST /v1/sites/:site/doctor': { params: site, body: { url: 'https://nowhere.example/' } },
  'GET /v1/sites/:site/export': { params: site },
  'GET /v1/sites/:site/members': { params: site },
  'PUT /v1/sites/:site/members/:account': {
    params: { ...site, account: nowhere },
    body: { role: 'lead', sections: null, was: { role: 'moderator', sections: null } },
  },
  'GET /v1/sites/:site/invitations': { params: site },
  'POST /v1/sites/:site/invitations': {
    params: site,
    body: { email: 'mo@demo.example', role: 'moderator', sections: null, language: 'en' },
  },
  'POST /v1/sites/:site/invitations/:invitation/mail': { params: { ...site, invitation: nowhere } },
  'DELETE /v1/sites/:site/invitations/:invitation': { params: { ...site, invitation: nowhere } },
  'POST /v1/invitations/reading': { body: { token: 'made-up-made-up-made-up' } },
  'POST /v1/invitations/acceptance': {
    body: { token: 'made-up-made-up-made-up', account: { name: 'New', password: 'a long password' } },
  },
  'GET /v1/sites/:site/keys': { params: site },
  'POST /v1/sites/:site/keys': { params: site, body: { purpose: 'push' } },
  'DELETE /v1/sites/:site/keys/:key': { params: { ...site, key: nowhere } },
  'GET /v1/sites/:site/webhooks': { params: site },
  'POST /v1/sites/:site/webhooks': {
    params: site,
    body: { url: 'ftp://nowhere', events: ['comment.created'] },
  },
  'PATCH /v1/sites/:site/webhooks/:webhook': {
    params: { ...site, webhook: nowhere },
    body: { version: 1, enabled: false },
  },
  'DELETE /v1/sites/:site/webhooks/:webhook': { params: { ...site, webhook: nowhere } },
  'POST /v1/sites/:site/webhooks/:webhook/secret': { params: { ...site, webhook: nowhere } },
  'POST /v1/sites/:site/webhooks/:webhook/test': { params: { ...site, webhook: nowhere } },
  'GET /v1/sites/:site/webhooks/:webhook/deliveries': { params: { ...site, webhook: nowhere } },
  'POST /v1/sites/:site/webhooks/:webhook/deliveries/resend': { params: { ...site, webhook: nowhere } },
  'POST /v1/sites/:site/webhooks/:webhook/deliveries/:delivery/resend': {
    params: { ...site, webhook: nowhere, delivery: nowhere },
  },
  'GET /v1/sites/:site/transparency/publication': { params: site },
  'PUT /v1/sites/:site/transparency/publication': { params: site, body: { isPublic: false } },
  'GET /v1/sites/:site/numbers': { params: site },
  'GET /v1/sites/:site/numbers.csv': { params: site },
  'GET /v1/sites/:site/articles/:article/numbers': { params: { ...site, article: nowhere } },
  'GET /v1/sites/:site/articles/:article/numbers.csv': { params: { ...site, article: nowhere } },
  'GET /v1/sites/:site/cases/:case/export': { params: { ...site, case: nowhere } },
  'POST /v1/sites/:site/cases/:case/translation': {
    params: { ...site, case: nowhere },
    body: { revision: 1, target: 'en' },
  },
  'PUT /v1/sites/:site/cases/:case/claim': { params: { ...site, case: nowhere } },
  'DELETE /v1/sites/:site/cases/:case/claim': { params: { ...site, case: nowhere } },
  'POST /v1/sites/:site/cases/:case/decisions': { params: { ...site, case: nowhere }, body: decision },
  'POST /v1/sites/:site/decisions/:decision/reversal': { params: { ...site, decision: nowhere } },
  'GET /v1/sites/:site/rules': { params: site, query: { version: 1_000_000 } },
  'PUT /v1/sites/:site/rules': { params: site, body: { version: 1_000_000, rules: noRules } },
  'GET /v1/sites/:site/rules/versions': { params: site },
  'POST /v1/sites/:site/rules/versions/:version': {
    params: { ...site, version: 1_000_000 },
    body: { decision: 'drop' },
  },
  'POST /v1/sites/:site/rules/trial': { params: site, body: { rules: noRules } },
  'GET /v1/sites/:site/learning': { params: site },
  'PUT /v1/sites/:site/learning': { params: site, body: { on: true, holdAt: null } },
  'DELETE /v1/sites/:site/learning': { params: site },
}

/** The names of the contract's routes. */
export const namesOf = (table: typeof routes) => Object.keys(table).filter((name) => isName(table, name))

function isName(table: typeof routes, name: string): name is RouteName {
  return name in table
}
