import { Type, type Static, type TSchema } from 'typebox'
import { Counter, Cursor, Id, Instant, nullable } from './common.ts'
import { Action } from './moderation.ts'
import { RejectReason, SanctionKind } from './reasons.ts'
import { CommentState } from './threads.ts'

const closed = { additionalProperties: false }
const Site = { site: Type.String({ description: "the site's short name" }) }

/** A comment as all readers see it when the message is sent, whatever happened since. */
const CommentNow = Type.Object(
  {
    ...Site,
    id: Id,
    articleId: Id,
    threadId: Id,
    parentId: nullable(Id),
    state: CommentState,
    author: nullable(
      Type.Object(
        { id: Id, name: Type.String() },
        { ...closed, description: 'null: not seen, or the account was erased' },
      ),
    ),
    html: nullable(Type.String({ description: 'null: readers see no text; delete your copy' })),
    text: nullable(Type.String({ description: 'the same without markup' })),
    language: nullable(Type.String({ description: "of the text, BCP 47; null: the article's" })),
    revision: Type.Integer({ description: 'of the text that is seen; 0: none is' }),
    createdAt: Instant,
    editedAt: nullable(Instant),
  },
  closed,
)

const DecisionMade = Type.Object(
  {
    ...Site,
    id: Id,
    action: Action,
    reason: nullable(RejectReason),
    caseId: Id,
    commentId: Id,
    articleId: Id,
    revision: Type.Integer({ description: 'of the comment' }),
    authorId: Id,
    by: Id,
    reverses: nullable(Type.String({ description: 'the id of the decision that it takes back' })),
    at: Instant,
  },
  closed,
)

const ArticleNow = Type.Object(
  {
    ...Site,
    id: Id,
    url: nullable(Type.String()),
    slug: Type.String(),
    title: Type.String(),
    language: nullable(Type.String()),
    revision: Type.Integer({ description: 'of its text; 0: the server has none yet' }),
    publishedAt: nullable(Instant),
  },
  closed,
)

const AccountNow = Type.Object(
  {
    ...Site,
    id: Id,
    name: nullable(Type.String({ description: 'null: erased since' })),
    provider: nullable(Type.String({ description: '`jwt`, or the issuer' })),
    subject: nullable(Type.String({ description: "the provider's own id of the person" })),
  },
  closed,
)

const Sanctioned = Type.Object(
  {
    ...Site,
    id: Id,
    accountId: Id,
    kind: SanctionKind,
    reason: RejectReason,
    decisionId: Id,
    until: nullable(Instant),
    liftedAt: nullable(Instant),
  },
  closed,
)

/** What there is to be told of. */
export const webhookEventTypes = [
  'comment.created',
  'comment.changed',
  'decision.made',
  'decision.reversed',
  'article.created',
  'article.revised',
  'account.created',
  'account.sanctioned',
  'account.erased',
] as const
export const WebhookEventType = Type.Enum(webhookEventTypes)
export type WebhookEventType = Static<typeof WebhookEventType>

/** What is told of each. */
export const webhookData = {
  'comment.created': CommentNow,
  'comment.changed': CommentNow,
  'decision.made': DecisionMade,
  'decision.reversed': DecisionMade,
  'article.created': ArticleNow,
  'article.revised': ArticleNow,
  'account.created': AccountNow,
  'account.sanctioned': Sanctioned,
  'account.erased': Type.Object({ ...Site, id: Id }, closed),
} as const satisfies Record<WebhookEventType, TSchema>

/** The body of a message of one type, for OpenAPI. */
export const webhookMessage = (type: WebhookEventType): TSchema =>
  Type.Object(
    {
      type: Type.Literal(type),
      timestamp: Type.String({ description: 'when it happened, ISO 8601 in UTC' }),
      data: webhookData[type],
    },
    closed,
  )

const Url = Type.String({ minLength: 1, maxLength: 2000, description: 'https, on the public internet' })
const Description = Type.String({ maxLength: 200, description: 'for people' })
const Events = Type.Array(WebhookEventType, { minItems: 1, maxItems: webhookEventTypes.length })

export const Webhook = Type.Object(
  {
    id: Id,
    version: Type.Integer({ description: 'grows with each change; a change names the one it began with' }),
    url: Type.String(),
    description: Type.String(),
    events: Type.Array(WebhookEventType),
    createdAt: Instant,
    previousSecretUntil: nullable(
      Type.String({ description: 'an instant, until which messages are signed with the secret before too' }),
    ),
    disabled: nullable(
      Type.Object(
        {
          at: Instant,
          why: Type.Union([Type.Literal('publisher'), Type.Literal('gone'), Type.Literal('failing')], {
            description: '`gone`: it answered 410; `failing`: nothing was delivered for five days',
          }),
        },
        closed,
      ),
    ),
    deliveredAt: nullable(Type.String({ description: 'when a message last arrived' })),
    failingSince: nullable(Type.String({ description: 'when the first of the failures since then was' })),
    problem: nullable(Type.String({ description: 'what stood in the way the last time' })),
    nextAt: nullable(Type.String({ description: 'when something is sent next; null: nothing waits' })),
    waiting: Type.Integer({ description: 'messages; counted up to 1,000' }),
    dead: Type.Integer({ description: 'messages; counted up to 1,000' }),
  },
  closed,
)
export type Webhook = Static<typeof Webhook>

export const Webhooks = Type.Object({ webhooks: Type.Array(Webhook) }, closed)
export type Webhooks = Static<typeof Webhooks>

export const NewWebhook = Type.Object(
  { url: Url, description: Type.Optional(Description), events: Events },
  closed,
)
export type NewWebhook = Static<typeof NewWebhook>

export const WebhookChange = Type.Object(
  {
    version: Counter,
    url: Type.Optional(Url),
    description: Type.Optional(Description),
    events: Type.Optional(Events),
    enabled: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type WebhookChange = Static<typeof WebhookChange>

export const MadeWebhook = Type.Object(
  { webhook: Webhook, secret: Type.String({ description: '`whsec_` and base64; told this once' }) },
  closed,
)
export type MadeWebhook = Static<typeof MadeWebhook>

/** What became of a test message. */
export const WebhookTest = Type.Object(
  {
    arrived: Type.Boolean({ description: 'answered with a status of 200 to 299' }),
    status: nullable(Type.Integer({ description: 'null: there was no answer' })),
    problem: nullable(Type.String()),
    body: Type.String({ description: 'how the answer begins' }),
    milliseconds: Type.Integer(),
  },
  closed,
)
export type WebhookTest = Static<typeof WebhookTest>

export const DeliveryStatus = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('delivered'),
  Type.Literal('dead'),
])
export type DeliveryStatus = Static<typeof DeliveryStatus>

export const Delivery = Type.Object(
  {
    id: Type.String({ description: 'its `webhook-id`' }),
    type: WebhookEventType,
    subject: Type.String({ description: 'the id of what it is about' }),
    happenedAt: Instant,
    status: DeliveryStatus,
    attempts: Type.Integer(),
    lastAt: nullable(Type.String({ description: 'when it was last sent' })),
    lastStatus: nullable(Type.Integer({ description: 'what was answered; null: nothing' })),
    problem: nullable(Type.String()),
    nextAt: nullable(Type.String({ description: 'before which others go first' })),
  },
  closed,
)
export type Delivery = Static<typeof Delivery>

/** The newest first. */
export const DeliveryPage = Type.Object({ deliveries: Type.Array(Delivery), next: nullable(Cursor) }, closed)
export type DeliveryPage = Static<typeof DeliveryPage>

export const Resent = Type.Object(
  { resent: Type.Integer({ description: 'messages that wait to be sent again' }) },
  closed,
)
export type Resent = Static<typeof Resent>
