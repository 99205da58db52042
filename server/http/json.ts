import type { FastifyInstance } from 'fastify'
import { ProblemError, fieldProblem } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body stays as the bytes that were sent: they are what is signed. */
    keepsBytes?: boolean
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Takes JSON more strictly than JSON.parse does (RFC 8259 §4, RFC 7493): valid UTF-8, no key twice, no key that
 * reaches into prototypes, no half characters, and no NUL, which PostgreSQL does not store. What two readers could
 * read differently is refused rather than guessed.
 */
export function takeStrictJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      if (request.headers['content-encoding'])
        throw new ProblemError('unsupported-type', 'Send the body without Content-Encoding.')
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body)
      if (request.routeOptions.config.keepsBytes) return done(null, bytes)
      // Clients send the type also with an empty body, where none is wanted.
      done(null, bytes.length === 0 ? undefined : parseStrict(bytes))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

/**
 * @param bytes a JSON text
 * @returns its value
 * @throws ProblemError that names the field where there is one
 */
export function parseStrict(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    throw fieldProblem('body', 'is not valid UTF-8')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw fieldProblem('body', 'is not JSON')
  }
  const keys = keysOf(text)
  for (const key of keys) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      throw fieldProblem(key, 'is not a field of this route')
  }
  if (keys.length !== countKeys(value)) throw fieldProblem(repeated(keys) ?? 'body', 'is there twice')
  return value
}

/** Every key as written, in order: in valid JSON a string followed by a colon is a key, and nothing else is. */
function keysOf(text: string): string[] {
  const keys: string[] = []
  for (const match of text.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g)) {
    if (match[2] && match[1]) keys.push(String(JSON.parse(match[1])))
  }
  return keys
}

/** Counts keys and looks at every text. Iterative, because a body of brackets may be nested as deep as it is long. */
function countKeys(root: unknown): number {
  let count = 0
  const left: [path: string, value: unknown][] = [['', root]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [path, value] = next
    if (typeof value === 'string') requireStorable(path || 'body', value)
    if (typeof value !== 'object' || value === null) continue
    const inner: [string, unknown][] = Object.entries(value)
    if (!Array.isArray(value)) count += inner.length
    for (const [key, item] of inner) left.push([path === '' ? key : `${path}.${key}`, item])
  }
  return count
}

function requireStorable(field: string, text: string): void {
  if (text.includes('\0')) throw fieldProblem(field, 'holds a NUL character. Remove it.')
  if (!text.isWellFormed())
    throw fieldProblem(field, 'holds half a character (a lone surrogate). Type it anew.')
}

function repeated(keys: string[]): string | undefined {
  const seen = new Set<string>()
  return keys.find((key) => seen.size === seen.add(key).size)
}
