import { createHash, X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { chromium, type BrowserContext } from 'playwright-core'
import { generate } from 'selfsigned'
import { launching } from './stage.ts'

/** A certificate authority of one test, and servers with certificates of it, on host names under `.test` (RFC 6761). */
export interface Authority {
  /** SHA-256 of its public key, as Chromium wants it. */
  pin: string
  /** @returns the origin that a handler answers at from now on */
  serve(host: string, answer: RequestListener, upgrade?: Upgrade): Promise<string>
  close(): Promise<void>
}
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

export async function openAuthority(): Promise<Authority> {
  const common = { keyType: 'ec', algorithm: 'sha256' } as const
  const ca = await generate([{ name: 'commonName', value: 'A test of Postil' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
  const publicKey = new X509Certificate(ca.cert).publicKey.export({ type: 'spki', format: 'der' })
  const servers: Server[] = []
  return {
    pin: createHash('sha256').update(publicKey).digest('base64'),
    async serve(host, answer, upgrade) {
      const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
        ...common,
        ca: { key: ca.private, cert: ca.cert },
        extensions: [
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
        ],
      })
      const server = createServer({ key, cert: [cert, ca.cert].join('\n') }, answer)
      if (upgrade) server.on('upgrade', upgrade)
      servers.push(server)
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      const address = server.address()
      return `https://${host}:${typeof address === 'object' && address ? address.port : 0}`
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((closed) => server.close(closed))
      }
    },
  }
}

/** A browser as many people have it: it trusts the authority, finds its hosts, and keeps third parties from cookies. */
export async function openStrictBrowser({
  pin,
}: Authority): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'postil-profile-'))
  await mkdir(join(profile, 'Default'))
  await writeFile(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ profile: { block_third_party_cookies: true, cookie_controls_mode: 1 } }),
  )
  const context = await chromium.launchPersistentContext(profile, {
    ...launching,
    args: [
      ...launching.args,
      '--host-resolver-rules=MAP *.test 127.0.0.1',
      `--ignore-certificate-errors-spki-list=${pin}`,
    ],
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  context.setDefaultTimeout(25_000)
  return {
    context,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
