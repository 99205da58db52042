import { lookup } from 'node:dns'
import { fetch } from 'undici'
import { allowed, FetchError, guardedAgent } from './guard.ts'
import { isPublic } from './public-address.ts'

/** Of an answer, no more is read. */
const shown = 1_000
const patience = 15_000
const userAgent = 'Postil/1 (webhooks)'

/** What came back, as far as it was read. */
export interface Answer {
  status: number
  /** As it was sent; null where it was not. */
  retryAfter: string | null
  body: string
}

/** How a process sends. */
export interface Sending {
  /** Whether to this machine and its network too, and without TLS: for development. */
  fetchPrivate: boolean
  /** Ends what is under way. */
  signal?: AbortSignal | undefined
  /** Milliseconds that an answer may take. */
  timeout?: number
}

/**
 * Refuses an address that nothing is ever sent to: one without TLS, of a private network, or with a password in it. A name is
 * looked at when it is connected to.
 * @param fetchPrivate whether this machine and its network are allowed too, and what has no TLS: for development
 * @returns the address, normalised
 * @throws FetchError
 */
export function allowedTarget(address: string, fetchPrivate: boolean): string {
  const url = allowed(address, null, fetchPrivate ? () => true : isPublic)
  if (!fetchPrivate && !url.startsWith('https:'))
    throw new FetchError('address', `${address} is no https address.`)
  return url
}

/**
 * Sends a body to a server that somebody named. It follows no redirect, waits 15 seconds at the most, reads the first kilobyte of the
 * answer, and connects to addresses of the public internet only. An answer's status counts even where its body never ends.
 * @throws FetchError where there was no answer; the message says why; the signal's reason where that ended it
 */
export async function post(
  address: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  { fetchPrivate, signal, timeout = patience }: Sending,
): Promise<Answer> {
  const agent = guardedAgent(fetchPrivate ? () => true : isPublic, lookup)
  try {
    const answer = await fetch(allowedTarget(address, fetchPrivate), {
      method: 'POST',
      headers: { ...headers, 'user-agent': userAgent },
      body,
      redirect: 'manual',
      dispatcher: agent,
      signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
    })
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      body: await beginning(answer.body),
    }
  } catch (error) {
    throw signal?.aborted ? error : inWords(error, timeout)
  } finally {
    // With what of the body nobody reads.
    await agent.destroy()
  }
}

async function beginning(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= shown) break
    }
  } catch {
    // What came until then.
  }
  return Buffer.concat(chunks).subarray(0, shown).toString('utf8').toWellFormed().replaceAll('\0', '')
}

function inWords(error: unknown, timeout: number): unknown {
  if (error instanceof FetchError || !(error instanceof Error)) return error
  if (error.cause instanceof FetchError) return error.cause
  const why =
    error.name === 'TimeoutError'
      ? `There was no answer within ${timeout / 1000} seconds.`
      : `It cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`
  return new FetchError('network', why, { cause: error })
}
