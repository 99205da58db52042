import { v7 as uuid } from 'uuid'
import type { WebhookTest } from '../../core/contract/webhooks.ts'
import type { Database } from '../database/connect.ts'
import { FetchError } from '../http/guard.ts'
import { post, type Sending } from '../http/post.ts'
import { bodyOf, testBody, type About } from './message.ts'
import type { Failure } from './retry.ts'
import { signedHeaders, type Secrets } from './sign.ts'

/** Where messages go, and what they are signed with. */
export interface Target extends Secrets {
  site_id: string
  url: string
}

/** What an attempt came to: a status of 200 to 299 says that the message has arrived, and nothing else does. */
export interface Attempt extends Failure {
  arrived: boolean
  body: string
}

/**
 * Sends a delivery, as what it is about is now.
 * @throws what ended the attempt, where the process is to stop
 */
export async function send(
  db: Database,
  delivery: About & Target & { id: string },
  sending: Sending,
): Promise<Attempt> {
  const { id, site_id } = delivery
  return await attempt(delivery, { id, body: await bodyOf(db, site_id, delivery) }, sending)
}

/** Sends a message that is about nothing, to see whether it arrives. It is kept nowhere. */
export async function sendTest(db: Database, target: Target, fetchPrivate: boolean): Promise<WebhookTest> {
  const message = { id: uuid(), body: await testBody(db, target.site_id) }
  const begun = performance.now()
  const { arrived, status, problem, body } = await attempt(target, message, { fetchPrivate })
  const milliseconds = Math.round(performance.now() - begun)
  return { arrived, status, problem: arrived ? null : problem, body, milliseconds }
}

async function attempt(
  target: Target,
  message: { id: string; body: string },
  { fetchPrivate, signal }: Sending,
): Promise<Attempt> {
  const headers = signedHeaders(message, target, new Date())
  try {
    const answer = await post(target.url, { headers, body: message.body }, { fetchPrivate, signal })
    const { status } = answer
    return { ...answer, arrived: status >= 200 && status < 300, problem: problemOf(status) }
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    return { arrived: false, status: null, problem: error.message, retryAfter: null, body: '' }
  }
}

const problemOf = (status: number) =>
  status >= 300 && status < 400
    ? `It redirects (${status}), which is not followed. Enter the address that it leads to.`
    : `It answers ${status}.`
