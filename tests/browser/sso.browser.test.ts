import { mkdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSite, makeKey, type Site } from '../../server/sites/index.ts'
import { writeSignIn } from '../../server/sso/index.ts'
import { serveDemo, type Served } from '../setup/serve.ts'
import { client, openProvider, type OpenProvider } from '../sso/provider.ts'
import { signToken } from '../sso/tokens.ts'
import { axeFindings } from './publisher.ts'
import { openAuthority, openStrictBrowser, type Authority } from './secure.ts'
import { openBeside, panel, post, signIn } from './stage.ts'

/** Where pictures of the pages are kept, for whoever wants to look at them. */
const pictures = process.env['PICTURES']
const words = 'A paragraph that is long enough to be talked about by several people at once.'

let authority: Authority
let browser: Awaited<ReturnType<typeof openStrictBrowser>>
let served: Served
let provider: OpenProvider
let site: Site
let secret: Buffer
/** Where Postil is, a page that may embed the site, and one of another site. */
let postil: string
let news: string
let elsewhere: string
/** What Postil was asked. */
const asked: IncomingMessage[] = []

beforeAll(async () => {
  authority = await openAuthority()
  served = await serveDemo(undefined, null, {
    fetchPrivate: true,
    oidcSecrets: new Map([['demo', client.secret]]),
  })
  const { app, db } = served
  postil = await authority.serve(
    'postil.test',
    (request, reply) => {
      asked.push(request)
      app.routing(request, reply)
    },
    (request, socket, head) => void app.server.emit('upgrade', request, socket, head),
  )
  news = await authority.serve('news.test', (request, reply) => {
    void pageOf(request.url ?? '').then((html) =>
      reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
    )
  })
  elsewhere = await authority.serve('elsewhere.test', (_request, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>')
  })
  site = await createSite(db, { slug: 'demo', name: 'Demo', origins: [news] })
  await createSite(db, { slug: 'other', name: 'Other', origins: [elsewhere] })
  secret = Buffer.from((await makeKey(db, site.id, null, 'sign_in')).secret.replace('whsec_', ''), 'base64')
  provider = await openProvider(
    { pages: postil, server: served.origin, site: 'demo' },
    { olga: { name: 'Olga', email: 'olga@id.example', email_verified: true } },
  )
  await writeSignIn(db, site.id, {
    jwksUrl: null,
    takesModerators: false,
    provider: { issuer: provider.issuer, client: client.id, name: 'News account' },
  })
  browser = await openStrictBrowser(authority)
})
afterAll(async () => {
  await browser.close()
  await provider.close()
  await authority.close()
  await served.close()
})
beforeEach(() => browser.context.clearCookies())

/** A page of the publisher's; under `/jwt/` it says who reads it, by a token of its server. */
async function pageOf(path: string): Promise<string> {
  const sub = /^\/jwt\/(\w*)/.exec(path)?.[1]
  const token = sub ? await signToken(secret, { sub, name: sub }) : ''
  return `<!doctype html><html lang="en"><title>${path}</title><link rel="icon" href="data:,">
    <script type="module" src="${postil}/embed.js" data-site="demo" ${sub === undefined ? '' : `data-token="${token}"`}></script>
    <main><article><h1>Of ${path}</h1><p>${words}</p><p>And a second one, which nobody in this test talks about.</p></article></main></html>`
}

async function visit(address: string): Promise<Page> {
  const page = await browser.context.newPage()
  await page.goto(address)
  return page
}

async function openPage(path: string): Promise<Page> {
  const page = await visit(news + path)
  await openBeside(page, words)
  return page
}

/** The same page once more, from the server. */
async function reload(page: Page): Promise<void> {
  await page.reload()
  await openBeside(page, words)
}

const signedInAs = (page: Page, name: string) => panel(page).getByText(`Signed in as ${name}`).waitFor()
const signOut = async (page: Page) => {
  await panel(page).getByRole('button', { name: 'Sign out' }).click()
  await panel(page).getByRole('button', { name: 'Sign in to comment' }).first().waitFor()
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png` })
}

test('this browser keeps third parties from cookies that are not partitioned', async () => {
  const tracker = await authority.serve('tracker.test', (request, reply) => {
    reply
      .writeHead(200, {
        'access-control-allow-origin': news,
        'access-control-allow-credentials': 'true',
        'set-cookie': [
          'shared=1; Secure; SameSite=None; Path=/',
          'apart=1; Secure; SameSite=None; Path=/; Partitioned',
        ],
      })
      .end(request.headers.cookie ?? '')
  })
  const page = await visit(`${news}/plain`)
  const told = await page.evaluate(async (address) => {
    await fetch(address, { credentials: 'include' })
    return await (await fetch(address, { credentials: 'include' })).text()
  }, tracker)
  expect(told).toBe('apart=1')
  await page.close()
})

test('by the window: sign in, comment, reload, still signed in, sign out', async () => {
  const page = await openPage('/window')
  await signIn(page, 'ada@demo.example')
  await post(page, 'By the window.')
  await reload(page)
  await signedInAs(page, 'Ada')
  await panel(page).getByText('By the window.').waitFor()
  await signOut(page)
  await reload(page)
  await panel(page).getByRole('button', { name: 'Sign in to comment' }).first().waitFor()
  await page.close()
})

test('by a token of the page: signed in at once, also without a new one, until the page says nobody is', async () => {
  const page = await openPage('/jwt/Nora')
  await signedInAs(page, 'Nora')
  await post(page, 'By a token.')
  await reload(page)
  await signedInAs(page, 'Nora')
  const exchanged = () => asked.filter(({ url }) => url?.endsWith('/session/jwt') === true).length
  const before = exchanged()
  await page.goto(`${news}/plain`)
  await openBeside(page, words)
  await signedInAs(page, 'Nora')
  expect(exchanged(), 'the cookie did').toBe(before)

  await page.goto(`${news}/jwt/Otto`)
  await openBeside(page, words)
  await signedInAs(page, 'Otto')
  await page.evaluate(() => {
    const tag = document.querySelector<HTMLScriptElement>('script[data-site]')
    if (tag) tag.dataset['token'] = ''
  })
  await panel(page).getByRole('button', { name: 'Sign in to comment' }).first().waitFor()
  const token = await signToken(secret, { sub: 'Nora', name: 'Nora' })
  await page.evaluate((given) => {
    const tag = document.querySelector<HTMLScriptElement>('script[data-site]')
    if (tag) tag.dataset['token'] = given
  }, token)
  await signedInAs(page, 'Nora')
  await page.goto(`${news}/jwt/`)
  await openBeside(page, words)
  await panel(page).getByRole('button', { name: 'Sign in to comment' }).first().waitFor()
  await page.close()
})

test('a page that signs its readers in itself is asked in place of the window', async () => {
  const page = await openPage('/jwt/')
  await page.evaluate(() => {
    addEventListener('postil:sign-in', (event) => {
      event.preventDefault()
      document.title = 'asked'
    })
  })
  await panel(page).getByRole('button', { name: 'Sign in to comment' }).first().click()
  await expect.poll(() => page.title()).toBe('asked')
  expect(browser.context.pages().filter((one) => one.url().includes('/signin/'))).toEqual([])
  await page.close()
})

test('a token that is refused is the site’s affair: it is told so, and the reader can sign in by hand', async () => {
  const page = await browser.context.newPage()
  const told: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'warning') told.push(message.text())
  })
  await page.goto(`${news}/plain`)
  await page.evaluate(() => {
    const tag = document.querySelector<HTMLScriptElement>('script[data-site]')
    if (tag) tag.dataset['token'] = 'made up'
  })
  await openBeside(page, words)
  await expect.poll(() => told.join()).toContain('not signed with a key of this site')
  await signIn(page, 'bela@demo.example')
  await page.close()
})

test('by the site’s provider: sign in, comment, reload, still signed in, sign out there too', async () => {
  const page = await openPage('/provider')
  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    panel(page).getByRole('button', { name: 'Sign in to comment' }).first().click(),
  ])
  const link = window.getByRole('link', { name: 'Continue with News account' })
  await link.waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await picture(window, `signin-${colorScheme}`)
    expect(await axeFindings(window)).toEqual([])
  }
  await link.click()
  await window.locator('input[name=login]').fill('olga')
  await window.locator('input[name=password]').fill('any')
  await window.locator('button[type=submit]').click()
  await Promise.all([window.waitForEvent('close'), window.locator('button[type=submit]').click()])
  await signedInAs(page, 'Olga')
  await post(page, 'By the provider.')
  await reload(page)
  await signedInAs(page, 'Olga')
  await signOut(page)
  const leave = panel(page).getByRole('link', { name: 'Sign out of News account too' })
  await picture(page, 'signed-out')
  expect(await axeFindings(page)).toEqual([])
  const [there] = await Promise.all([page.waitForEvent('popup'), leave.click()])
  await there.locator('button[name=logout]').click()
  await there.waitForURL(`${postil}/signin/**`)
  await there.close()
  await page.close()
})

test('who goes back at the provider is told so, and can still sign in here', async () => {
  const page = await openPage('/provider')
  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    panel(page).getByRole('button', { name: 'Sign in to comment' }).first().click(),
  ])
  await window.getByRole('link', { name: 'Continue with News account' }).click()
  await window.getByRole('link', { name: /cancel/i }).click()
  await window.getByRole('alert').filter({ hasText: 'you went back' }).waitFor()
  expect(new URL(window.url()).hash).toBe('')
  await window.close()
  await page.close()
})

test('the page of another site can neither read nor write with that session', async () => {
  const page = await openPage('/jwt/Nora')
  await signedInAs(page, 'Nora')
  await post(page, 'Hers alone.')
  const { id, thread_id, article_id } = await served.db
    .selectFrom('comment')
    .select(['id', 'thread_id', 'article_id'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const before = await served.db.selectFrom('comment').select('id').execute()

  const stranger = await visit(elsewhere)
  asked.length = 0
  const body = JSON.stringify({ body: 'Not hers.' })
  const tries = [
    ['GET', '/v1/sites/demo/session'],
    ['GET', `/v1/sites/demo/articles/${article_id}/threads`],
    ['GET', '/v1/sites/demo/inbox'],
    ['POST', `/v1/sites/demo/threads/${thread_id}/comments`],
    ['PATCH', `/v1/sites/demo/comments/${id}`],
    ['POST', `/v1/sites/demo/comments/${id}/withdrawal`],
    ['DELETE', '/v1/sites/demo/session'],
    ['POST', '/v1/sites/demo/session/jwt'],
  ] as const
  for (const [method, path] of tries)
    for (const mode of ['cors', 'no-cors'] as const) {
      const told = await stranger.evaluate(
        async ([address, how]) =>
          fetch(address, how)
            .then(async (answer) => `${answer.type} ${await answer.text()}`)
            .catch(() => 'blocked'),
        [
          postil + path,
          {
            method: mode === 'no-cors' && method !== 'GET' ? 'POST' : method,
            mode,
            credentials: 'include',
            ...(method !== 'GET' && {
              body,
              headers: { 'content-type': mode === 'cors' ? 'application/json' : 'text/plain' },
            }),
          },
        ] as const,
      )
      expect(told, `${mode} ${method} ${path}`).toMatch(/^(blocked|opaque )$/)
    }
  expect(asked.length).toBeGreaterThan(tries.length)
  for (const { headers, url } of asked) expect(headers.cookie ?? '', url).not.toContain('postil-demo')
  // Of their own site they may ask, and nobody is signed in there.
  const own = await stranger.evaluate(
    async (address) => (await fetch(address, { credentials: 'include' })).text(),
    `${postil}/v1/sites/other/session`,
  )
  expect(JSON.parse(own)).toEqual({ viewer: null })

  const after = await served.db.selectFrom('comment').select('id').execute()
  expect(after).toEqual(before)
  const { latest_revision } = await served.db
    .selectFrom('comment')
    .select('latest_revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(latest_revision).toBe(1)
  await reload(page)
  await signedInAs(page, 'Nora')
  await stranger.close()
  await page.close()
})
