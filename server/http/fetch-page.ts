import { lookup } from 'node:dns'
import { fetch, type Headers, type Response } from 'undici'
import { allowed, FetchError, guardedAgent } from './guard.ts'
import { isPublic } from './public-address.ts'

export { FetchError }

const sizeLimit = 5 * 1024 * 1024
const redirectLimit = 3
const timeout = 20_000
/** What is asked for, and what is taken for it. */
const kinds = {
  page: {
    accept: 'text/html, application/xhtml+xml',
    type: /^(?:text\/html|application\/xhtml\+xml)\b/i,
    name: 'text/html',
  },
  feed: {
    accept: 'application/rss+xml, application/atom+xml, application/xml, text/xml',
    type: /^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i,
    name: 'XML',
  },
}
const userAgent = 'Postil/1 (reads the articles of sites that embed it)'

/** A page as it was answered. */
export interface FetchedPage {
  /** After redirects. */
  url: string
  headers: Headers
  source: string
}

/** Which addresses of the network may be connected to, where it is not all public ones. */
export type Reach = Pick<FetchRules, 'may'>

/** What a page says of itself, to be asked the next time only whether it changed. */
export function validatorsOf({ headers }: FetchedPage) {
  return { etag: headers.get('etag'), last_modified: headers.get('last-modified') }
}

export interface FetchRules {
  /** Where the page may be, also after redirects; null where the operator named the address. */
  origins: ReadonlySet<string> | null
  /** Whether an address of the network may be connected to. */
  may?: (address: string) => boolean
  resolve?: typeof lookup
  /** What is known of the page, to be told only whether it changed. */
  known?: { etag: string | null; lastModified: string | null }
  /** A page where it is not given. */
  as?: keyof typeof kinds
}

/**
 * Fetches a page for the server: within the rules, three redirects, 5 MB (unpacked) and 20 seconds. It sends no cookie and keeps
 * none. What is checked is the address that is connected to, at every redirect anew, so a name cannot lead elsewhere.
 * @returns null where it has not changed (304)
 * @throws FetchError
 */
export async function fetchPage(address: string, rules: FetchRules): Promise<FetchedPage | null> {
  const { may = isPublic, resolve = lookup, as = 'page' } = rules
  const agent = guardedAgent(may, resolve)
  const signal = AbortSignal.timeout(timeout)
  try {
    let url = allowed(address, rules.origins, may)
    for (let redirects = 0; ; redirects += 1) {
      const answer = await fetch(url, {
        dispatcher: agent,
        redirect: 'manual',
        signal,
        headers: {
          accept: kinds[as].accept,
          'user-agent': userAgent,
          ...conditions(rules),
        },
      })
      const location = answer.headers.get('location')
      if (answer.status < 300 || answer.status >= 400 || location === null) return await read(url, answer, as)
      if (redirects === redirectLimit)
        throw new FetchError('redirect', `${address} redirects more than ${redirectLimit} times.`)
      if (!URL.canParse(location, url))
        throw new FetchError('redirect', `${url} redirects to what is no address.`)
      url = allowed(new URL(location, url).href, rules.origins, may)
    }
  } catch (error) {
    throw inWords(address, error)
  } finally {
    // With what of the body nobody reads.
    await agent.destroy()
  }
}

function conditions({ known }: FetchRules): Record<string, string> {
  return {
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
  }
}

async function read(url: string, answer: Response, as: keyof typeof kinds): Promise<FetchedPage | null> {
  if (answer.status === 304) return null
  if (answer.status !== 200) throw new FetchError('status', `${url} answers ${answer.status}.`)
  const type = answer.headers.get('content-type') ?? ''
  if (!kinds[as].type.test(type))
    throw new FetchError('type', `${url} is ${type || 'of no type'}, not ${kinds[as].name}.`)
  const chunks: Uint8Array[] = []
  let size = 0
  const body: AsyncIterable<Uint8Array> | [] = answer.body ?? []
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > sizeLimit) throw new FetchError('size', `${url} is larger than 5 MB; no more was read.`)
    chunks.push(chunk)
  }
  return { url, headers: answer.headers, source: decode(Buffer.concat(chunks), type) }
}

/** By the encoding that the header says, else XML's declaration, the page's `meta` (HTML standard, its first 1,024 bytes), else UTF-8. */
function decode(bytes: Buffer, type: string): string {
  const named =
    /charset=["']?([^\s"';]+)/i.exec(type) ??
    /^<\?xml[^>]+encoding=["']([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 200)) ??
    /<meta[^>]+charset=["']?([^\s"'>;]+)/i.exec(bytes.toString('latin1', 0, 1024))
  try {
    return new TextDecoder(named?.[1] ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function inWords(address: string, error: unknown): unknown {
  if (error instanceof FetchError || !(error instanceof Error)) return error
  if (error.cause instanceof FetchError) return error.cause
  const why =
    error.name === 'TimeoutError'
      ? `did not answer within ${timeout / 1000} seconds`
      : `cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`
  return new FetchError('network', `${address} ${why}.`, { cause: error })
}
