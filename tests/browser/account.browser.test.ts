import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { axeFindings } from './publisher.ts'
import { openStage, signInAt, type Stage } from './stage.ts'

/** Where pictures of the pages are kept, for whoever wants to look at them. */
const pictures = process.env['PICTURES']

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

test('a reader takes a copy of their data, and deletes their account, without script', async () => {
  const ada = await stage.visit('/account')
  await ada.getByRole('link', { name: 'Sign in' }).click()
  await signInAt(ada, 'ada@demo.example')
  await ada.getByRole('heading', { name: 'A copy of your data' }).waitFor()
  const plain = await ada
    .context()
    .browser()
    ?.newContext({
      javaScriptEnabled: false,
      storageState: await ada.context().storageState(),
    })
  if (!plain) throw new Error('the browser is gone')
  const page = await plain.newPage()
  await page.goto(`${stage.origin}/account`)
  await picture(page, 'account')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the copy' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('postil.jsonl')

  await page.getByRole('radio', { name: 'Those that readers see stay' }).check()
  await page.getByLabel('Your password').fill('not this one')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Delete the account' }).click()
  await page.getByRole('alert').filter({ hasText: 'The password is wrong' }).waitFor()
  expect(await page.getByRole('radio', { name: 'Those that readers see stay' }).isChecked()).toBe(true)
  await page.getByLabel('Your password').fill('margin-notes')
  await page.getByRole('checkbox').press('Space')
  await page.getByRole('button', { name: 'Delete the account' }).press('Enter')
  await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor()
  await picture(page, 'erasure')
  await expect
    .poll(async () => {
      await page.reload()
      return await page.getByText('All of it is done').count()
    })
    .toBe(1)
  await picture(page, 'erased')
  await page.goto(`${stage.origin}/account`)
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  await plain.close()
  await ada.context().close()
})

test.each([
  ['ar', 360, 'dark'],
  ['de', 1440, 'light'],
] as const)(
  'the page is right for everybody: in %s, %i pixels wide, %s',
  async (locale, width, colorScheme) => {
    const page = await stage.visit('/signin/?next=/account', {
      locale,
      colorScheme,
      bypassCSP: true,
      viewport: { width, height: 800 },
    })
    await page.locator('#email').fill('bela@demo.example')
    await page.locator('#password').fill('margin-notes')
    await page.locator('form button[type=submit]').click()
    await page.locator('form.report').waitFor()
    await picture(page, `account-${locale}`)
    expect(await axeFindings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
    await page.context().close()
  },
)

test('who alone publishes a site is told why the account stays', async () => {
  const pia = await stage.visit('/signin/?next=/account')
  await stage.db.deleteFrom('membership').where('role', '=', 'operator').execute()
  await signInAt(pia, 'pia@demo.example')
  await pia.getByRole('radio', { name: 'They are deleted too' }).check()
  await pia.getByLabel('Your password').fill('margin-notes')
  await pia.getByRole('checkbox').check()
  await pia.getByRole('button', { name: 'Delete the account' }).click()
  await pia.getByRole('alert').filter({ hasText: 'on the site “demo”' }).waitFor()
  await pia.context().close()
})
