import { lookup } from 'node:dns'
import { fetch } from 'undici'
import { allowed, FetchError, guardedAgent } from './guard.ts'
import { isPublic } from './public-address.ts'

/** Keys, metadata and tokens are some thousand bytes. */
const sizeLimit = 512 * 1024
const timeout = 10_000
const userAgent = 'Postil/1 (single sign-on of sites that embed it)'

/** What libraries for JOSE and OpenID Connect ask the network with. */
export type ApiFetch = (
  url: string,
  options: {
    method: string
    headers: Headers | Record<string, string>
    body?: BodyInit | Uint8Array | null | undefined
    signal?: AbortSignal | undefined
  },
) => Promise<Response>

/**
 * A `fetch` for what a server answers to programs: it follows no redirect, reads half a megabyte at the most in ten seconds, and
 * connects only to addresses of the public internet.
 * @param fetchPrivate whether those of this machine and its network are allowed too: for development
 * @throws FetchError from the function it gives
 */
export function apiFetch(fetchPrivate: boolean): ApiFetch {
  const may = fetchPrivate ? () => true : isPublic
  return async (url, { method, headers, body, signal }) => {
    const address = allowed(url, null, may)
    const agent = guardedAgent(may, lookup)
    const ends = [AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]
    try {
      const answer = await fetch(address, {
        method,
        headers: { ...Object.fromEntries(new Headers(headers)), 'user-agent': userAgent },
        // As bytes: undici here is of another version than the one whose classes are global.
        ...(body != null && { body: body instanceof Uint8Array ? body : await new Response(body).bytes() }),
        redirect: 'manual',
        dispatcher: agent,
        signal: AbortSignal.any(ends),
      })
      const chunks: Uint8Array[] = []
      let size = 0
      const parts: AsyncIterable<Uint8Array> | [] = answer.body ?? []
      for await (const chunk of parts) {
        size += chunk.byteLength
        if (size > sizeLimit) throw new FetchError('size', `${url} answers more than ${sizeLimit} bytes.`)
        chunks.push(chunk)
      }
      const { status } = answer
      const isEmpty = status === 204 || status === 205 || status === 304
      return new Response(isEmpty ? null : Buffer.concat(chunks), {
        status,
        headers: [...answer.headers],
      })
    } finally {
      await agent.destroy()
    }
  }
}
