import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBeside, openStage, panel, post, signIn, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

it('a link to a comment leads to a page without script, and from there into the article, with it in view', async () => {
  const ada = await stage.visit('/demo/')
  await openBeside(ada, 'the thing was for')
  await signIn(ada, 'ada@demo.example')
  for (let nth = 1; nth <= 12; nth += 1) await post(ada, `Comment number ${nth}.`)
  const own = panel(ada).locator('.comment').filter({ hasText: 'Comment number 12.' })
  const address = (await own.locator('a.when').getAttribute('href')) ?? ''

  const reader = await stage.visit(new URL(address).pathname, { javaScriptEnabled: false })
  expect(await reader.locator('[aria-current]').innerText()).toContain('Comment number 12.')
  const inArticle = await reader.getByRole('link', { name: 'Show it in the article' }).getAttribute('href')

  const bela = await stage.visit(`/demo/${new URL(inArticle ?? '').hash}`)
  const comment = panel(bela).locator('.comment.linked')
  await comment.waitFor()
  expect(await comment.locator('.text').innerText()).toBe('Comment number 12.')
  await expect
    .poll(async () => {
      const box = await comment.boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= 900
    })
    .toBe(true)
  expect(await comment.evaluate((element) => element.matches(':focus'))).toBe(true)
  const lit = await bela.evaluate(() => [...(CSS.highlights.get('postil-passage') ?? [])].map(String))
  expect(lit.join()).toContain('A note of this kind')
})

it('a link to a comment that is no longer there opens the whole discussion, and breaks nothing', async () => {
  const id = '01890000-0000-7000-8000-000000000000'
  const bela = await stage.visit(`/demo/#postil=${id}/${id}`)
  await panel(bela).getByText('On the whole article').waitFor()
})
