import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveDemo, type Served } from '../setup/serve.ts'

let served: Served
let threads: string
beforeAll(async () => {
  served = await serveDemo()
  const { id } = await served.db.selectFrom('article').select('id').executeTakeFirstOrThrow()
  threads = `/v1/sites/demo/articles/${id}/threads`
})
afterAll(() => served.close())

/** As it comes over the wire: fetch would unpack it. */
const ask = (path: string, encoding: string) =>
  new Promise<{ headers: NodeJS.Dict<string | string[]>; bytes: Buffer }>((resolve, reject) => {
    const sent = request(served.origin + path, { headers: { 'accept-encoding': encoding } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve({ headers: answer.headers, bytes: Buffer.concat(parts) }))
    })
    sent.on('error', reject).end()
  })

describe('an answer', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('is packed as the browser takes it: %s', async (encoding, unpack) => {
    const plain = await ask(threads, 'identity')
    const packed = await ask(threads, encoding)
    expect(packed.headers['content-encoding']).toBe(encoding)
    expect(packed.headers['vary']).toMatch(/accept-encoding/i)
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2)
    // The hours that hold begin with the answer.
    const timeless = (bytes: Buffer) => bytes.toString().replace(/"from":"[^"]*"/, '')
    expect(timeless(unpack(packed.bytes))).toBe(timeless(plain.bytes))
  })

  it('of the build comes packed once and for all, and plain to who asks for that', async () => {
    const packed = await ask('/embed.js', 'br')
    const plain = await ask('/embed.js', 'identity')
    expect(packed.headers['content-encoding']).toBe('br')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(brotliDecompressSync(packed.bytes).equals(plain.bytes)).toBe(true)
  })

  it.each(['/console/', '/signin/'])(
    'is the same page, under the same policy, packed or not: %s',
    async (path) => {
      const packed = await ask(path, 'br')
      const plain = await ask(path, 'identity')
      expect(packed.headers['content-encoding']).toBe('br')
      expect(brotliDecompressSync(packed.bytes).equals(plain.bytes)).toBe(true)
      for (const name of [
        'content-security-policy',
        'content-type',
        'cache-control',
        'x-content-type-options',
      ])
        expect(packed.headers[name]).toBe(plain.headers[name])
      expect(packed.headers['content-security-policy']).toContain("default-src 'none'")
    },
  )

  it('is kept for good where its name holds its hash, packed or not', async () => {
    const page = brotliDecompressSync((await ask('/console/', 'br')).bytes).toString()
    const script = /assets\/[\w-]+\.js/.exec(page)?.[0] ?? ''
    for (const encoding of ['br', 'gzip', 'identity'])
      expect((await ask(`/${script}`, encoding)).headers['cache-control']).toContain('immutable')
  })

  it('is not packed where that saves nothing', async () => {
    expect((await ask('/healthz', 'br')).headers['content-encoding']).toBeUndefined()
  })
})

it('a packed body is not unpacked: it could be small here and huge there', async () => {
  const answer = await fetch(`${served.origin}/v1/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      origin: served.origin,
    },
    body: gzipSync(JSON.stringify({ email: 'ada@demo.example', password: 'margin-notes' })),
  })
  expect(answer.status).toBe(415)
})
