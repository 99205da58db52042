import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewSiteSettings } from '../../core/contract/sites.ts'
import { toOrigin } from '../../core/sites/origin.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { createSite } from '../../server/sites/index.ts'
import type { Caller } from '../moderation/caller.ts'
import { openDesk, type Desk } from '../moderation/desk.ts'
import { password } from '../moderation/stage.ts'
import { servePages, type Pages } from '../setup/pages.ts'
import { serveDemo } from '../setup/serve.ts'
import { runPostil } from '../setup/postil.ts'

let desk: Desk
let pages: Pages
let lena: Caller
beforeAll(async () => {
  desk = await openDesk({ fetchPrivate: true })
  pages = await servePages((request, reply) => {
    const tag =
      request.url === '/right'
        ? '<script type="module" src="/embed@1.js" data-site="demo"></script>'
        : request.url === '/other'
          ? '<script type="module" src="/embed@1.js" data-site="other"></script>'
          : ''
    reply.writeHead(200, { 'content-type': 'text/html' })
    reply.end(`<!doctype html><link rel="canonical" href="${request.url ?? ''}">${tag}<article><p>One.</p>`)
  })
  const { demo } = desk.stage
  // Before the site is first asked for and so remembered.
  await createSite(desk.stage.db, { ...demo, origins: [...demo.origins, pages.origin] })
  const id = await createAccount(desk.stage.db, { email: 'lena@demo.example', name: 'Lena', password })
  await setRole(desk.stage.db, demo.id, id, 'lead')
  lena = await desk.stage.as('lena@demo.example')
})
afterAll(async () => {
  await pages.close()
  await desk.stage.close()
})

const about = { params: { site: 'demo' } }
const read = () => desk.pia.ok('GET /v1/sites/:site/settings', about)
const put = (body: NewSiteSettings) => desk.pia.ok('PUT /v1/sites/:site/settings', { ...about, body })
const changes = () =>
  desk.stage.db
    .selectFrom('audit')
    .select(['action', 'actor_id', 'subject'])
    .where('site_id', '=', desk.stage.demo.id)
    .where('action', '=', 'change_site')
    .orderBy('number', 'desc')
    .execute()

test.each([
  ['https://Example.org/news/?a#b', 'https://example.org'],
  [' http://localhost:4000 ', 'http://localhost:4000'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['example.org', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['null', null],
  ['https://user:pass@example.org', null],
  ['https://', null],
  ['*', null],
])('the origin of %j is %j', (address, origin) => {
  expect(toOrigin(address)).toBe(origin)
})

describe('name and origins', () => {
  test('come with the tag for the pages and an article to try the look on', async () => {
    expect(await read()).toMatchObject({
      name: 'Demo',
      tag: '<script type="module" src="http://localhost:4000/embed@1.js" data-site="demo"></script>',
      article: { address: '/a/demo' },
      sendsMail: false,
    })
  })

  test('are changed, kept as origins, and changed back: each of it in the audit log', async () => {
    const before = await read()
    const after = await put({
      version: before.version,
      name: '  Gazette ',
      origins: [...before.origins, 'https://Gazette.example/front'],
      takesGuests: true,
    })
    expect(after).toMatchObject({ version: before.version + 1, name: 'Gazette', takesGuests: true })
    expect(after.origins).toEqual([...before.origins, 'https://gazette.example'].sort())
    const { name, origins, takesGuests } = before
    const undone = await put({ version: after.version, name, origins, takesGuests })
    expect(undone).toMatchObject({ name, origins, takesGuests: false })
    const [last, first] = await changes()
    expect(first?.actor_id).toMatch(/^[0-9a-f-]{36}$/)
    expect(first?.subject).toEqual({
      version: after.version,
      name: 'Gazette',
      added: 'https://gazette.example',
      guests: 'on',
    })
    expect(last?.subject).toMatchObject({
      name: 'Demo',
      removed: 'https://gazette.example',
      guests: 'off',
    })
    await desk.expectWhole()
  })

  test('the same once more is no change', async () => {
    const [before, known] = [await read(), await changes()]
    const { version, name, origins, takesGuests } = before
    expect(await put({ version, name, origins, takesGuests })).toEqual(before)
    expect(await changes()).toEqual(known)
  })

  test('are not written over what somebody else has changed: of many at once, one is first', async () => {
    const before = await read()
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, nth) =>
        desk.pia.request('PUT /v1/sites/:site/settings', {
          ...about,
          body: { version: before.version, name: `Name ${nth}`, origins: before.origins, takesGuests: false },
        }),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409])
    const now = await read()
    const stale = await desk.pia.refused('PUT /v1/sites/:site/settings', 409, {
      ...about,
      body: { version: before.version, name: 'Mine', origins: [], takesGuests: false },
    })
    expect(stale).toMatchObject({ settings: { version: now.version, name: now.name, origins: now.origins } })
    expect(await read()).toEqual(now)
    await put({ version: now.version, name: 'Demo', origins: now.origins, takesGuests: false })
  })

  test('the command line’s changes count as well', async () => {
    const before = await read()
    await createSite(desk.stage.db, { slug: 'demo', name: 'By command', origins: before.origins })
    expect(await read()).toMatchObject({ version: before.version + 1, name: 'By command' })
    expect((await changes())[0]).toMatchObject({ actor_id: null, subject: { name: 'By command' } })
    // What it does not say of guests stays.
    const demo = { slug: 'demo', name: 'Demo', origins: before.origins }
    await createSite(desk.stage.db, { ...demo, takesGuests: true })
    await createSite(desk.stage.db, demo)
    expect(await read()).toMatchObject({ name: 'Demo', takesGuests: true })
    await createSite(desk.stage.db, { ...demo, takesGuests: false })
    expect(await read()).toMatchObject({ takesGuests: false })
  })

  test.each(['example.org', 'javascript:alert(1)', 'https://a:b@example.org', ''])(
    'an origin that is none is named: %j',
    async (wrong) => {
      const before = await read()
      const problem = await desk.pia.refused('PUT /v1/sites/:site/settings', 400, {
        ...about,
        body: {
          version: before.version,
          name: 'Demo',
          origins: ['https://ok.example', wrong],
          takesGuests: false,
        },
      })
      expect(problem.errors).toEqual([
        { field: 'origins.1', detail: `"${wrong}" is no address like https://www.example.org` },
      ])
      expect(await read()).toEqual(before)
    },
  )

  test('a lead neither reads nor changes them, nor has pages looked at', async () => {
    await lena.ok('GET /v1/sites/:site/rules', about)
    await lena.refused('GET /v1/sites/:site/settings', 403, about)
    const body = { version: 1, name: 'Mine', origins: [], takesGuests: false }
    await lena.refused('PUT /v1/sites/:site/settings', 403, { ...about, body })
    await lena.refused('POST /v1/sites/:site/doctor', 403, {
      ...about,
      body: { url: `${pages.origin}/right` },
    })
  })
})

describe('the doctor', () => {
  const examine = async (url: string) =>
    (await desk.pia.ok('POST /v1/sites/:site/doctor', { ...about, body: { url } })).findings

  test('says of a page on the site’s origins what the command says', async () => {
    expect(await examine(`${pages.origin}/right`)).toContainEqual({
      level: 'right',
      about: 'script',
      says: `The script tag is right: ${pages.origin}/embed@1.js.`,
      change: null,
    })
    expect(await examine(`${pages.origin}/without`)).toContainEqual({
      level: 'fault',
      about: 'script',
      says: 'There is no script tag of Postil on the page.',
      change: '<script type="module" src="http://localhost:4000/embed@1.js" data-site="demo"></script>',
    })
  })

  test('holds a page that names another site against this one', async () => {
    expect((await examine(`${pages.origin}/other`)).filter(({ level }) => level === 'fault')).toEqual([
      expect.objectContaining({ about: 'site', says: 'The script tag names the site "other", not "demo".' }),
    ])
  })

  test.each(['https://elsewhere.example/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'nonsense'])(
    'fetches nothing but pages on the site’s origins: %s',
    async (url) => {
      const asked = pages.asked.length
      expect(await examine(url)).toEqual([expect.objectContaining({ level: 'fault', about: 'address' })])
      expect(pages.asked.length).toBe(asked)
    },
  )
})

test('a change is heard by every server at once, and a private address is fetched by none', async () => {
  const served = await serveDemo()
  const other = await served.another()
  const allows = async (origin: string) => {
    const answer = await fetch(`${other.origin}/v1/sites/demo/session`, { headers: { origin } })
    return answer.headers.get('access-control-allow-origin')
  }
  expect(await allows('https://new.example')).toBeNull()
  const { code } = await runPostil(
    { DATABASE_URL: served.url },
    ...['site', 'demo', '--name', 'Demo', '--origin', 'https://new.example', '--origin', pages.origin],
  )
  expect(code).toBe(0)
  await expect.poll(() => allows('https://new.example')).toBe('https://new.example')
  const signedIn = await fetch(`${other.origin}/v1/session`, {
    method: 'POST',
    headers: { origin: other.origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'pia@demo.example', password }),
  })
  const answer = await fetch(`${other.origin}/v1/sites/demo/doctor`, {
    method: 'POST',
    headers: {
      origin: other.origin,
      'content-type': 'application/json',
      cookie: signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    },
    body: JSON.stringify({ url: `${pages.origin}/right` }),
  })
  expect(await answer.json()).toMatchObject({
    findings: [{ about: 'address', says: '127.0.0.1 is not an address of the public internet.' }],
  })
  await other.close()
  await served.close()
})
