import { createServer as createTls } from 'node:https'
import { createServer, type RequestListener, type Server } from 'node:http'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, test } from 'vitest'
import { allowedTarget, post } from '../../server/http/post.ts'

const message = { headers: { 'content-type': 'application/json' }, body: '{}' }
const local = { fetchPrivate: true }
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
})

async function listening(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
const serving = async (answer: RequestListener) =>
  `http://127.0.0.1:${await listening(createServer(answer))}/hook`

describe('an address that nothing is sent to', () => {
  test.each([
    'http://hooks.example/',
    'ftp://hooks.example/',
    'no address',
    'https://user:word@hooks.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://10.0.0.8/',
    'https://169.254.169.254/latest/meta-data',
    'https://0x7f.1/',
  ])('%s', (address) => {
    expect(() => allowedTarget(address, false)).toThrow()
  })

  test('a name that leads to this machine', async () => {
    let asked = 0
    const port = await listening(createServer(() => (asked += 1)))
    await expect(post(`https://localhost:${port}/`, message, { fetchPrivate: false })).rejects.toThrow(
      /not an address of the public internet/,
    )
    expect(asked).toBe(0)
  })
})

test('a redirect is not followed', async () => {
  let followed = 0
  const there = await serving((_request, response) => {
    followed += 1
    response.end()
  })
  for (const status of [301, 302, 303, 307, 308]) {
    const here = await serving((_request, response) => response.writeHead(status, { location: there }).end())
    expect(await post(here, message, local)).toMatchObject({ status })
  }
  expect(followed).toBe(0)
})

test('one that does not answer is left', async () => {
  const silent = await serving(() => undefined)
  await expect(post(silent, message, { ...local, timeout: 50 })).rejects.toThrow(
    'There was no answer within 0.05 seconds.',
  )
})

test('of an answer that never ends no more than a kilobyte is read', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<undefined>()
  const endless = await serving((_request, response) => {
    response.on('close', () => resolve(undefined))
    const write = () => {
      while (response.write('x'.repeat(64 * 1024)));
      response.once('drain', write)
    }
    write()
  })
  const { status, body } = await post(endless, message, local)
  expect(status).toBe(200)
  expect(body).toBe('x'.repeat(1_000))
  await closed
})

test('a status counts, though its body stops short', async () => {
  const short = await serving((_request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('Thank you', () => response.destroy())
  })
  expect(await post(short, message, local)).toMatchObject({ status: 200, body: 'Thank you' })
})

test('a certificate that nobody vouches for is refused, before anything is said', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  })
  let asked = 0
  const port = await listening(createTls({ key, cert }, () => (asked += 1)))
  await expect(post(`https://localhost:${port}/`, message, local)).rejects.toThrow(/cannot be reached/)
  expect(asked).toBe(0)
})

test('a server that stops ends what is under way', async () => {
  const stopping = new AbortController()
  const silent = await serving(() => stopping.abort(new Error('The server stops.')))
  await expect(post(silent, message, { ...local, signal: stopping.signal })).rejects.toThrow(
    'The server stops.',
  )
})
