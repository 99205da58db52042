import { createHmac } from 'node:crypto'

/** A webhook's secrets, as they are kept. */
export interface Secrets {
  secret: Buffer
  previous_secret: Buffer | null
  previous_until: Date | null
}

/**
 * The headers of a message by the Standard Webhooks specification, symmetric signatures (`v1`): with the newest secret, and beside it with
 * the one before for as long as that holds.
 * @param at when it is sent: each attempt has its own time, and the message its id for good
 */
export function signedHeaders(
  message: { id: string; body: string },
  { secret, previous_secret, previous_until }: Secrets,
  at: Date,
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const keys = [secret]
  if (previous_secret && previous_until && at < previous_until) keys.push(previous_secret)
  const signed = `${message.id}.${timestamp}.${message.body}`
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
