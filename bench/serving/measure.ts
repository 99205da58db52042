import { request } from 'undici'
import Fastify from 'fastify'
import { fillDiscussion } from '../discussion.ts'
import { loadApart } from '../load.ts'
import { sized } from '../options.ts'
import { keepRows } from '../results.ts'
import { middle, row, type Row } from '../rows.ts'
import { served } from '../served.ts'

const connections = sized(32, 2)
const seconds = sized(5, 1)
const runs = sized(5, 1)
/** Those before, which are not counted. */
const warm = sized(1, 0)
/** As browsers send it, and as it is without packing. */
const encodings = ['br', 'identity']

/** How many readers a second get the first page of a discussion that did not change, beside Fastify with those bytes at hand. */
async function main(): Promise<void> {
  await served({ durable: false, connections: 20 }, async ({ db, site, origin }) => {
    const { articleId } = await fillDiscussion(db, site.id, origin, 100)
    const path = `/v1/sites/${site.slug}/articles/${articleId}/threads`
    const rows: Row[] = []
    for (const encoding of encodings) rows.push(await compare(origin, path, encoding))
    await keepRows('serving', rows, { connections, seconds, runs })
  })
}

async function compare(origin: string, path: string, encoding: string): Promise<Row> {
  const headers = { 'accept-encoding': encoding }
  const { body, headers: said } = await request(origin + path, { headers })
  const bytes = Buffer.from(await body.arrayBuffer())
  const bare = await ready(bytes, {
    'content-type': 'application/json',
    ...packedAs(said['content-encoding']),
  })
  const ask = (to: string) =>
    loadApart({ origin: to, connections, seconds, requests: [{ method: 'GET', path, headers }] })
  const seen: Record<'bare' | 'ours', number[]> = { bare: [], ours: [] }
  for (let run = 0; run < warm + runs; run += 1) {
    const [one, other] = [await ask(bare.origin), await ask(origin)]
    if (run >= warm) {
      seen.bare.push(one)
      seen.ours.push(other)
    }
  }
  await bare.close()
  const { median, spread } = middle(seen.ours)
  return row(`thread list, unchanged, ${encoding === 'br' ? 'brotli' : 'plain'}, ${bytes.length} bytes`, {
    unit: 'requests/s',
    bare: middle(seen.bare).median,
    ours: median,
    spread,
    limit: { is: '≥', value: 0.8, of: 'bare' },
  })
}

const packedAs = (encoding: unknown) => (typeof encoding === 'string' ? { 'content-encoding': encoding } : {})

/** Fastify that answers whatever it is asked with these bytes. */
async function ready(bytes: Buffer, headers: Record<string, string>) {
  const app = Fastify()
  app.get('/*', (_, reply) => reply.headers(headers).send(bytes))
  const origin = await app.listen({ port: 0, host: 'localhost' })
  return { origin, close: () => app.close() }
}

await main()
