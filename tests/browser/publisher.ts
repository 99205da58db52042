import { createServer } from 'node:http'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { createSite, findSite } from '../../server/sites/index.ts'
import type { Stage } from './stage.ts'

interface PublishedPage {
  html?: string
  /** Of the page; English without it. */
  lang?: string
  policy?: (postil: string) => string
  /** The page from its first to its last letter, instead of `html`. */
  source?: (postil: string) => string
}

/** Serves pages of a publisher, on an origin (and, for browsers, a site) of its own, with the demo site's embed. */
export async function openPublisher(
  stage: Stage,
  pages: Record<string, PublishedPage>,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '', stage.origin).pathname]
    if (!page) return response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(page.policy && { 'content-security-policy': page.policy(stage.origin) }),
    })
    response.end(
      page.source?.(stage.origin) ??
        `<!doctype html><html lang="${page.lang ?? 'en'}"><meta name="viewport" content="width=device-width"><title>A page of ${request.url ?? ''}</title><link rel="icon" href="data:,"><script type="module" src="${stage.origin}/embed.js" data-site="demo"></script><body>${page.html ?? ''}</body></html>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const site = await findSite(stage.db, 'demo')
  await createSite(stage.db, {
    slug: 'demo',
    name: 'Demo',
    origins: [...(site?.origins ?? []), origin],
  })
  return {
    origin,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What axe finds, shadow roots included. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    })
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
    )
  })
}

/** By how much a page can be scrolled sideways. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
