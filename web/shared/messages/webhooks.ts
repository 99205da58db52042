import type {
  Delivery,
  DeliveryStatus,
  Webhook,
  WebhookEventType,
  WebhookTest,
} from '../../../core/contract/webhooks.ts'

const when = (instant: string) =>
  new Date(instant).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })
/** The server counts no further. */
const counted = 1_000
const count = (n: number) => (n < counted ? String(n) : '1,000 or more')

const events: Record<WebhookEventType, string> = {
  'comment.created': 'readers see a comment for the first time',
  'comment.changed': 'a comment is edited, hidden, withdrawn or back',
  'decision.made': 'a moderator decided',
  'decision.reversed': 'a moderator took a decision back',
  'article.created': 'an article is here',
  'article.revised': 'an article has another text',
  'account.created': 'somebody came by your sign-on for the first time',
  'account.sanctioned': 'somebody was warned, timed out or banned',
  'account.erased': 'an account was erased: erase what you have of it',
}
const why: Record<NonNullable<Webhook['disabled']>['why'], string> = {
  publisher: 'by a publisher',
  gone: 'for it answered 410, which says that it wants no more',
  failing: 'for nothing had arrived in five days',
}
const told = ({ events: chosen }: Pick<Webhook, 'events'>) =>
  chosen.length === Object.keys(events).length ? 'Told of everything' : `Told of ${chosen.join(', ')}`
const meanwhile = 'What happens meanwhile is not told.'

/** What the console says of webhooks. */
export const webhooksText = {
  loading: 'Reading the webhooks…',
  title: 'Webhooks',
  help: 'A server of yours is told what happens here: a signed request for each comment, decision, article and person.',
  none: 'No webhooks yet.',
  refresh: 'Read again',
  url: 'Address',
  urlHint: 'It starts with https:// and is on the public internet.',
  urlMissing: 'Type the address of your server, like https://www.example.org/postil.',
  description: 'What it is for',
  descriptionHint: 'For you alone. It may be left empty.',
  events: 'Tell it when',
  event: events,
  eventsMissing: 'Choose one at least.',
  all: 'All',
  nothing: 'None',
  add: 'Add a webhook',
  adding: 'Adding the webhook…',
  added: 'Added.',
  secret: 'The secret of the webhook. It is shown this once: keep it where your server verifies what comes.',
  secretLabel: 'The secret',
  rotated: (until: string | null) =>
    until === null ? '' : `The secret before holds too, until ${when(until)}: exchange it by then.`,
  /** How one fares, and whether somebody has to look at it. */
  health({ disabled, failingSince, problem, deliveredAt, nextAt, waiting }: Webhook): {
    level: 'hint' | 'fault'
    text: string
  } {
    if (disabled) {
      const last = disabled.why !== 'failing' || problem === null ? '' : ` The last time: ${problem}`
      const text = `Disabled on ${when(disabled.at)}, ${why[disabled.why]}. ${meanwhile}${last}`
      return { level: disabled.why === 'publisher' ? 'hint' : 'fault', text }
    }
    if (failingSince !== null) {
      const next = nextAt === null ? '' : ` Sent again on ${when(nextAt)}.`
      return { level: 'fault', text: `Failing since ${when(failingSince)}. ${problem ?? ''}${next}` }
    }
    if (deliveredAt !== null)
      return { level: 'hint', text: `Fine: the last message arrived on ${when(deliveredAt)}.` }
    return { level: 'hint', text: waiting > 0 ? 'Nothing has arrived yet.' : 'Nothing was sent yet.' }
  },
  backlog: ({ waiting, dead }: Webhook) =>
    [
      ...(waiting > 0 ? [`${count(waiting)} waiting`] : []),
      ...(dead > 0 ? [`${count(dead)} given up`] : []),
    ].join(' · '),
  told,
  theirs: ({ url, description, disabled, ...webhook }: Webhook) =>
    `By now it is ${disabled ? 'disabled' : 'enabled'}, its address is ${url}${description === '' ? '' : `, and it is for “${description}”`}. ${told(webhook)}. Yours is still in the fields.`,
  overlap: ({ previousSecretUntil }: Webhook) =>
    previousSecretUntil === null ? '' : `The secret before holds until ${when(previousSecretUntil)}.`,
  test: 'Test',
  testOf: (url: string) => `Test: ${url}`,
  testing: 'Sending a test…',
  tested: ({ arrived, status, problem, milliseconds }: WebhookTest) =>
    arrived
      ? `The test arrived: ${status ?? ''}, after ${milliseconds} ms.`
      : `The test did not arrive: ${problem ?? `it answers ${status ?? 'nothing'}.`} It took ${milliseconds} ms.`,
  answer: 'How the answer begins',
  change: 'Change',
  changeOf: (url: string) => `Change: ${url}`,
  enable: 'Enable',
  enableOf: (url: string) => `Enable: ${url}`,
  enabled: 'Enabled. What waits is sent now.',
  disable: 'Disable',
  disableOf: (url: string) => `Disable: ${url}`,
  disabled: `Disabled. ${meanwhile}`,
  rotate: 'New secret',
  rotateOf: (url: string) => `New secret: ${url}`,
  rotateQuestion:
    'The secret before still holds. Another new one ends it at once; only the one of now goes on beside the new one.',
  rotateIt: 'Make it',
  rotating: 'Making a secret…',
  delete: 'Delete',
  deleteOf: (url: string) => `Delete: ${url}`,
  deleteQuestion: 'What waits for it is deleted with it, and neither comes back.',
  deleteIt: 'Delete it',
  deleted: (url: string) => `Deleted: ${url}`,
  messages: 'Messages',
  messagesOf: (url: string) => `Messages: ${url}`,
  deliveries: {
    loading: 'Reading the messages…',
    help: 'What arrived is kept for seven days, the rest for thirty.',
    show: 'Show',
    status: {
      all: 'all',
      waiting: 'waiting',
      dead: 'given up',
      delivered: 'arrived',
    } satisfies Record<DeliveryStatus | 'all', string>,
    none: 'There are none.',
    more: 'Show more',
    happened: ({ happenedAt }: Delivery) => when(happenedAt),
    state({ status, attempts, lastAt, lastStatus, problem, nextAt }: Delivery): string {
      const times = attempts === 1 ? 'after one attempt' : `after ${attempts} attempts`
      if (status === 'delivered')
        return `Arrived ${lastAt === null ? '' : `on ${when(lastAt)}, `}${times}: ${lastStatus ?? ''}`
      const last = lastAt === null ? '' : ` The last on ${when(lastAt)}: ${problem ?? lastStatus ?? ''}`
      if (status === 'dead') return `Given up ${times}.${last}`
      if (attempts === 0) return 'Waits to be sent.'
      return `Waits ${times}.${last}${nextAt === null ? '' : ` Sent again on ${when(nextAt)}.`}`
    },
    resend: 'Send again',
    resendOf: ({ type, happenedAt }: Delivery) => `Send again: ${type}, ${when(happenedAt)}`,
    resendAll: 'Send again all that were given up',
    resending: 'Having it sent again…',
    resent: (n: number) =>
      n === 0
        ? 'Nothing was given up.'
        : n === 1
          ? 'One message waits to be sent again.'
          : `${n} messages wait to be sent again.`,
  },
} as const
