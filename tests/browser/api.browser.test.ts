import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type * as Api from '../../web/embed/public.ts'
import { openPublisher } from './publisher.ts'
import { openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

/** What the pages below make known, as a publisher's own script does. */
declare const window: Window & { postil: typeof Api; told: string[] }

const article = (name: string, attributes = '') =>
  `<article ${attributes}><h2>${name}</h2><p>The first paragraph of ${name}, long enough to be talked about.</p><p>The second paragraph of ${name}, which is no shorter than that.</p></article>`
const page = (body: string, head = '') =>
  `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Pages</title><link rel="icon" href="data:,">${head}<body>${body}</body></html>`
const tag = (postil: string) => `<script type="module" src="${postil}/embed.js" data-site="demo"></script>`
const script = (postil: string) => `<script type="module">
  import * as postil from '${postil}/embed.js'
  window.postil = postil
  window.told = []
  for (const event of ['count', 'open', 'close', 'post'])
    postil.on(event, ({ url, discussion, ...more }) =>
      window.told.push([event, new URL(url).pathname, ...Object.values(more)].join(' ')))
</script>`

let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
const faults: string[] = []
beforeAll(async () => {
  stage = await openStage()
  publisher = await openPublisher(stage, {
    '/by-hand': { source: (postil) => page(article('One') + article('Two'), script(postil)) },
    '/several': {
      source: (postil) =>
        page(
          `<main>${article('One', 'data-postil-url="/one"')}${article('Two', 'data-postil-url="/two"')}</main>`,
          tag(postil) + script(postil),
        ),
    },
    '/element': {
      source: (postil) =>
        page(
          `<div id="app">${article('One')}<postil-discussion data-site="demo" data-url="/placed"></postil-discussion></div>`,
          script(postil),
        ),
    },
    '/app': {
      source: (postil) =>
        page(
          `<main>${article('One')}</main>`,
          `<link rel="canonical" href="/app">${tag(postil)}${script(postil)}`,
        ),
    },
    '/bare': { source: (postil) => page(`<main>${article('One')}</main>`, tag(postil) + script(postil)) },
  })
})
afterAll(async () => {
  await publisher.close()
  await stage.close()
})
let open: Page[] = []
afterEach(async () => {
  for (const one of open) await one.context().close()
  open = []
  expect(faults.splice(0)).toEqual([])
})

async function visit(path: string): Promise<Page> {
  const context = await stage.browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const visited = await context.newPage()
  visited.setDefaultTimeout(25_000)
  open.push(visited)
  visited.on('pageerror', (error) => faults.push(String(error)))
  visited.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text())
  })
  await visited.goto(publisher.origin + path)
  return visited
}

const marks = (visited: Page, words: string) =>
  visited.locator('postil-discussion').getByRole('button', { name: words })
const told = (visited: Page) => visited.evaluate(() => window.told)
/** Shows another article, as a single-page application does. */
const show = (visited: Page, html: string) =>
  visited.evaluate((shown) => {
    const main = document.querySelector('main')
    const next = document.createRange().createContextualFragment(shown)
    main?.replaceChildren(next)
  }, html)
const articlesAsked = (visited: Page) => {
  const asked: string[] = []
  visited.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.endsWith('/articles') && request.method() === 'GET')
      asked.push((searchParams.get('url') ?? '').replace(publisher.origin, ''))
  })
  return asked
}

describe('the page’s own script', () => {
  it('mounts a discussion beside each article, hears what happens, and takes them away', async () => {
    const visited = await visit('/by-hand')
    await visited.evaluate(() => {
      const [one, two] = document.querySelectorAll('article')
      const first = window.postil.mount(one, { site: 'demo', url: '/first' })
      if (window.postil.mount(one, { site: 'demo', url: '/first' }) !== first)
        throw new Error('there are two')
      window.postil.mount(two, { site: 'demo', url: '/second' })
    })
    await marks(visited, 'first paragraph of One').waitFor({ state: 'attached' })
    await marks(visited, 'first paragraph of Two').waitFor({ state: 'attached' })
    await expect
      .poll(() => told(visited))
      .toEqual(expect.arrayContaining(['count /first 0', 'count /second 0']))

    await openBeside(visited, 'first paragraph of One')
    await signIn(visited, 'ada@demo.example')
    await post(visited, 'About the first.')
    // The open panel may cover it.
    await marks(visited, 'second paragraph of Two').press('Enter')
    await panel(visited).getByLabel('Comment on this passage').waitFor()
    // One at a time.
    expect(await panel(visited).count()).toBe(1)
    await post(visited, 'About the second.')
    const happened = async () =>
      (await told(visited))
        .map((line) => line.replace(/[0-9a-f-]{36}/, 'ID'))
        .filter((line) => !line.endsWith(' 0'))
    // The socket may bring a comment's count before the answer says that it was posted.
    await expect
      .poll(async () => (await happened()).toSorted())
      .toEqual([
        'close /first',
        'count /first 1',
        'count /second 1',
        'open /first',
        'open /second',
        'post /first ID false',
        'post /second ID false',
      ])
    expect((await happened())[0]).toBe('open /first')

    await visited.evaluate(() => {
      window.postil.unmount(document.querySelectorAll('article')[1])
    })
    expect(await panel(visited).count()).toBe(0)
    await marks(visited, 'Two').first().waitFor({ state: 'detached' })
    await marks(visited, 'first paragraph of One').waitFor({ state: 'attached' })
    await visited.evaluate(() => {
      window.postil.unmount()
      document.querySelector('article')?.append(document.createElement('p'))
    })
    expect(await visited.locator('postil-discussion').count()).toBe(0)
    // Nothing of them listens any more.
    await expect.poll(() => stage.app.websocketServer.clients.size).toBe(0)
  })

  it('is told when it names no site, and the page goes on', async () => {
    const visited = await visit('/by-hand')
    const problem = await visited.evaluate(() => {
      try {
        window.postil.mount()
        return ''
      } catch (error) {
        return String(error)
      }
    })
    expect(problem).toContain('mount needs a site')
    expect(await visited.locator('postil-discussion').count()).toBe(0)
  })

  it('dresses all discussions, also those that come later', async () => {
    const visited = await visit('/by-hand')
    await visited.evaluate(() => {
      const [one, two] = document.querySelectorAll('article')
      window.postil.mount(one, { site: 'demo', url: '/first' })
      window.postil.setTheme({ scheme: 'dark', accent: 'rgb(1, 2, 3)' })
      window.postil.mount(two, { site: 'demo', url: '/second' })
    })
    const dressed = (nth: number) =>
      visited
        .locator('postil-discussion .mark.whole span')
        .nth(nth)
        .evaluate((face) => [getComputedStyle(face).color, getComputedStyle(face).colorScheme])
    for (const nth of [0, 1]) await expect.poll(() => dressed(nth)).toEqual(['rgb(1, 2, 3)', 'dark'])
    await visited.evaluate(() => window.postil.setTheme({ scheme: 'auto', accent: null }))
    await expect.poll(() => dressed(0)).toEqual(['rgb(122, 46, 29)', 'normal'])
  })
})

describe('several articles on a page', () => {
  it('have a discussion each, at their own addresses; so have those that scrolling brings, and none is left behind', async () => {
    const visited = await visit('/several')
    const asked = articlesAsked(visited)
    await marks(visited, 'first paragraph of Two').waitFor({ state: 'attached' })
    await visited.evaluate(
      (html) => {
        document.querySelector('main')?.append(document.createRange().createContextualFragment(html))
        history.replaceState(null, '', '/three')
      },
      article('Three', 'data-postil-url="/three"'),
    )
    await marks(visited, 'first paragraph of Three').waitFor({ state: 'attached' })
    expect(asked).toContain('/three')
    await openBeside(visited, 'first paragraph of Three')
    await signIn(visited, 'bela@demo.example')
    await post(visited, 'Far down the page.')
    await visited.evaluate(() => document.querySelector('article')?.remove())
    await expect.poll(() => visited.locator('postil-discussion').count()).toBe(2)
    await panel(visited).getByText('Far down the page.').waitFor()
    const { url } = await stage.db
      .selectFrom('article')
      .select('url')
      .where('url', 'like', '%/three')
      .executeTakeFirstOrThrow()
    expect(url).toBe(`${publisher.origin}/three`)
  })

  it('a comment’s link opens it at its own article', async () => {
    const first = await visit('/several')
    await openBeside(first, 'second paragraph of Two')
    await signIn(first, 'bela@demo.example')
    await post(first, 'To be linked.')
    const { id, thread_id: thread } = await stage.db
      .selectFrom('comment')
      .select(['id', 'thread_id'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const second = await visit(`/several#postil=${thread}/${id}`)
    await panel(second).getByText('To be linked.').waitFor()
    expect(await panel(second).count()).toBe(1)
  })
})

describe('an element on the page', () => {
  it('is a discussion while it is there, and goes to another address when it says so', async () => {
    const visited = await visit('/element')
    const asked = articlesAsked(visited)
    await marks(visited, 'first paragraph of One').waitFor({ state: 'attached' })
    expect(await visited.locator('postil-discussion').count()).toBe(1)
    await visited.evaluate(() => {
      document.querySelector('postil-discussion')?.setAttribute('data-url', '/elsewhere')
    })
    await expect.poll(() => asked).toContain('/elsewhere')
    await marks(visited, 'first paragraph of One').waitFor({ state: 'attached' })
    await openBeside(visited, 'first paragraph of One')
    const element = await visited.evaluateHandle(() => document.querySelector('postil-discussion'))
    await visited.evaluate((gone) => gone?.remove(), element)
    await expect.poll(() => visited.evaluate((gone) => gone?.shadowRoot?.childElementCount, element)).toBe(0)
    await visited.evaluate((back) => back && document.querySelector('#app')?.append(back), element)
    await marks(visited, 'first paragraph of One').waitFor({ state: 'attached' })
  })
})

describe('a page that goes on to another article without loading', () => {
  it('shows that article’s discussion, once canonical link and words are its own', async () => {
    const visited = await visit('/app')
    const asked = articlesAsked(visited)
    await openBeside(visited, 'first paragraph of One')
    await signIn(visited, 'ada@demo.example')
    await post(visited, 'Of the first article.')
    await visited.evaluate(() => {
      history.pushState(null, '', '/app/next')
      document.querySelector('link[rel=canonical]')?.setAttribute('href', '/app/next')
    })
    await show(visited, article('Two'))
    await marks(visited, 'first paragraph of Two').waitFor({ state: 'attached' })
    await expect.poll(() => asked).toContain('/app/next')
    await panel(visited).waitFor({ state: 'detached' })
    await openBeside(visited, 'first paragraph of Two')
    await panel(visited).getByText('Signed in as Ada').waitFor()
    expect(await panel(visited).getByText('Of the first article.').count()).toBe(0)
    // And back.
    await visited.evaluate(() => {
      history.back()
      document.querySelector('link[rel=canonical]')?.setAttribute('href', '/app')
    })
    await show(visited, article('One'))
    await visited.getByRole('button', { name: /1 comment on .*first paragraph of One/ }).click()
    await panel(visited).getByText('Of the first article.').waitFor()
    await expect.poll(() => stage.app.websocketServer.clients.size).toBe(1)
  })

  it('goes by the address where the canonical link is left behind', async () => {
    const visited = await visit('/app')
    const asked = articlesAsked(visited)
    await marks(visited, 'first paragraph of One').waitFor({ state: 'attached' })
    await visited.evaluate(() => history.pushState(null, '', '/app/third'))
    await show(visited, article('Three'))
    await marks(visited, 'first paragraph of Three').waitFor({ state: 'attached' })
    await expect.poll(() => asked).toContain('/app/third')
    await visited.evaluate(() => history.pushState(null, '', '/app/fourth'))
    await show(visited, article('Four'))
    await expect.poll(() => asked).toContain('/app/fourth')
  })

  it('stays with its article where only the address changes', async () => {
    const visited = await visit('/bare?utm_source=mail')
    const asked = articlesAsked(visited)
    await marks(visited, 'first paragraph of One').waitFor({ state: 'attached' })
    await openBeside(visited, 'first paragraph of One')
    await panel(visited).getByText('Sign in to comment').first().waitFor()
    await visited.evaluate((html) => {
      history.replaceState(null, '', '/bare')
      document.querySelector('main article')?.append(document.createRange().createContextualFragment(html))
    }, '<p>A paragraph that came late, after the address was tidied up.</p>')
    await marks(visited, 'A paragraph that came late').waitFor({ state: 'attached' })
    expect(await panel(visited).count()).toBe(1)
    expect(asked.filter((url) => url === '/bare')).toEqual([])
  })
})
