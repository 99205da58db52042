import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Database } from '../database/connect.ts'
import { noteUse, secretsOf, type Site } from '../sites/index.ts'
import { ProblemError } from './problem.ts'

/** Seconds that the sender's clock may be off, as Standard Webhooks has it. */
export const tolerance = 5 * 60
const longestId = 200

/** A message that one of a site's servers signed. */
export interface Signed {
  /** The key's id. */
  key: string
  /** The message's id, by which a repeated one is known. */
  message: string
}

/**
 * Verifies a request by the Standard Webhooks specification, symmetric signatures (`v1`), against every key of the site
 * that holds. Nothing is said about time before the signature is right: who has no key learns nothing.
 * @param body the bytes as they were sent
 * @throws ProblemError `wrong-signature`
 */
export async function verifySignature(
  db: Database,
  site: Site,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Signed> {
  const message = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const signatures = headerOf(headers, 'webhook-signature')
  if (message.length > longestId) throw refusal(`webhook-id is longer than ${longestId} characters.`)
  if (!/^\d{1,12}$/.test(timestamp))
    throw refusal('webhook-timestamp is no whole number of seconds since 1970.')
  const given = signatures
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'))
  let key: string | null = null
  for (const { id, secret } of await secretsOf(db, site.id, 'push')) {
    const right = createHmac('sha256', secret).update(`${message}.${timestamp}.`).update(body).digest()
    for (const one of given) if (one.length === right.length && timingSafeEqual(one, right)) key ??= id
  }
  if (key === null) throw refusal('The signature is that of no key of this site that holds.')
  const behind = Math.round(Date.now() / 1000) - Number(timestamp)
  if (Math.abs(behind) > tolerance)
    throw refusal(
      `webhook-timestamp is ${Math.abs(behind)} seconds ${behind > 0 ? 'in the past' : 'in the future'}; ${tolerance} are allowed. Set the clock, and sign each attempt anew.`,
    )
  await noteUse(db, site.id, key)
  return { key, message }
}

function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name]
  if (typeof value !== 'string' || value === '')
    throw refusal(`There is no ${name}. Sign the request as Standard Webhooks does it.`)
  return value
}

const refusal = (why: string) => new ProblemError('wrong-signature', why)
