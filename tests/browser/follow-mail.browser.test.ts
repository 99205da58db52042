import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { finishJobs } from '../setup/jobs.ts'
import { axeFindings, openPublisher } from './publisher.ts'
import { openStage, panel, type Stage } from './stage.ts'

const absatz = 'Das ist ein Absatz, der lang genug ist, um am Rand besprochen zu werden.'

let office: PostOffice
let stage: Stage
let publisher: Awaited<ReturnType<typeof openPublisher>>
let ada: Page
let bela: Page
beforeAll(async () => {
  office = await openPostOffice()
  stage = await openStage(office.url)
  publisher = await openPublisher(stage, {
    '/de': { lang: 'de', html: `<main><article><h1>Der Rand</h1><p>${absatz}</p></article></main>` },
  })
  ada = await open('ada@demo.example')
  await post(ada, 'Das frage ich mich auch.')
  bela = await open('bela@demo.example')
})
afterAll(async () => {
  await publisher.close()
  await stage.close()
  await office.close()
})

const button = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })

/** The German page, with the discussion of its paragraph open, and somebody signed in. */
async function open(email: string): Promise<Page> {
  const context = await stage.browser.newContext({ reducedMotion: 'reduce', bypassCSP: true })
  const page = await context.newPage()
  page.setDefaultTimeout(25_000)
  await page.goto(`${publisher.origin}/de`)
  await page.locator('article p').hover()
  await page
    .getByRole('navigation', { name: 'Kommentare' })
    .getByRole('button', { name: absatz.slice(0, 20) })
    .click()
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    button(page, 'Anmelden und kommentieren').click(),
  ])
  await popup.getByLabel('E-Mail').fill(email)
  await popup.getByLabel('Passwort', { exact: true }).fill('margin-notes')
  await popup.locator('form').getByRole('button', { name: 'Anmelden', exact: true }).click()
  await panel(page).locator('.bell').waitFor()
  return page
}

async function post(page: Page, text: string): Promise<void> {
  const field = panel(page).locator('textarea').last()
  await field.fill(text)
  await field.press('Control+Enter')
  await panel(page).locator('.comment:not(.sending)').filter({ hasText: text }).waitFor()
}

async function openSettings(page: Page): Promise<void> {
  await button(page, 'Posteingang').click()
  await button(page, 'Einstellungen').click()
}

const mailChoice = (page: Page) =>
  panel(page).getByRole('combobox', { name: `E-Mail: Diskussion über „${absatz}“` })
const chosen = (email: string) => () =>
  stage.db
    .selectFrom('follow')
    .innerJoin('account', 'account.id', 'follow.account_id')
    .select(['follow.kind', 'follow.mail', 'follow.language'])
    .where('account.email', '=', email)
    .where('follow.mail', '<>', 'off')
    .execute()
const shown = (page: Page) =>
  mailChoice(page).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)

it('a thread that is followed by mail comes by mail, in the language of the page, until its link ends that', async () => {
  await panel(bela).getByText('Das frage ich mich auch.').waitFor()
  await button(bela, 'Folgen').click()
  await button(bela, 'Sie folgen').waitFor()
  await openSettings(bela)
  await mailChoice(bela).waitFor()
  expect(await shown(bela)).toBe('Keine E-Mails')
  await mailChoice(bela).selectOption('Sofort per E-Mail')
  await expect.poll(chosen('bela@demo.example')).toEqual([{ kind: 'thread', mail: 'now', language: 'de' }])
  expect(await axeFindings(bela)).toEqual([])
  await bela.keyboard.press('Escape')

  await panel(ada).locator('.thread').getByRole('button', { name: 'Ada antworten' }).click()
  const field = panel(ada).locator('.comment textarea')
  await field.fill('Und noch etwas dazu.')
  await field.press('Control+Enter')
  await button(bela, 'Posteingang, 1 ungelesen').waitFor()
  await finishJobs(stage.db)
  const [mail, ...others] = office.to('bela@demo.example')
  expect(others).toEqual([])
  expect(mail?.subject).toContain('1 neuer Kommentar in einer Diskussion')
  expect(mail?.text).toContain('Und noch etwas dazu.')

  const raw = mail?.raw.replace(/\r\n[ \t]+/g, ' ') ?? ''
  const link = /^List-Unsubscribe: <([^>]+)>/im.exec(raw)?.[1] ?? ''
  const answer = await fetch(link.replace('https://postil.example', stage.origin), {
    method: 'POST',
    body: new URLSearchParams('List-Unsubscribe=One-Click'),
  })
  expect(answer.status).toBe(200)
  await button(bela, 'Posteingang, 1 ungelesen').click()
  await button(bela, 'Einstellungen').click()
  await mailChoice(bela).waitFor()
  expect(await shown(bela)).toBe('Keine E-Mails')
  await button(bela, 'Zurück zur Diskussion').click()
  expect(await button(bela, 'Sie folgen').getAttribute('aria-pressed')).toBe('true')
})

it('mail that came back is said so, with what the mail server said, and sent again when asked for', async () => {
  await openSettings(ada)
  const replies = panel(ada).getByRole('combobox', { name: 'E-Mail: Antworten an mich' })
  await replies.selectOption('Einmal am Tag per E-Mail')
  await expect.poll(chosen('ada@demo.example')).toEqual([{ kind: 'replies', mail: 'daily', language: 'de' }])
  await ada.keyboard.press('Escape')
  await stage.db
    .updateTable('account')
    .set({ mail_stopped_at: new Date(), mail_stopped_reason: '550 No such mailbox' })
    .where('email', '=', 'ada@demo.example')
    .execute()
  await openSettings(ada)
  await panel(ada).getByText('E-Mails an Ihre Adresse kamen zurück').waitFor()
  await panel(ada).getByText('550 No such mailbox').waitFor()
  expect(await axeFindings(ada)).toEqual([])
  await button(ada, 'Wieder schicken').press('Enter')
  await panel(ada).getByText('550 No such mailbox').waitFor({ state: 'detached' })
  const { mail_stopped_at: stopped } = await stage.db
    .selectFrom('account')
    .select('mail_stopped_at')
    .where('email', '=', 'ada@demo.example')
    .executeTakeFirstOrThrow()
  expect(stopped).toBeNull()
})
