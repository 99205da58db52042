import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { openConsole, type Stage } from './stage.ts'

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

/** The settings, at an address of their own. */
export async function openSettings(
  stage: Stage,
  part: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openConsole(stage, 'pia@demo.example', options)
  await button(page, 'Settings').waitFor()
  await page.goto(`${stage.origin}/console/?view=settings&part=${part}`)
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  return page
}

/** Goes on by Tab to what has this name. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => {
      const at = document.activeElement
      const label =
        at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement
          ? at.labels?.[0]
          : null
      return (at?.getAttribute('aria-label') ?? label?.textContent ?? at?.textContent ?? '').trim()
    })
    if (here.startsWith(name)) return
  }
  throw new Error(`Tab does not lead to “${name}”`)
}
