import { html } from 'ghtml'
import type { Unsubscribing } from '../follows/index.ts'
import { mailText, type MailText } from '../mail/index.ts'
import { notice } from './layout.ts'

/** Asks whether mail shall end: a link alone ends nothing, since mail programs and scanners open links by themselves. */
export function unsubscribePage({ language, about }: Unsubscribing): string {
  const say = mailText(language)
  return notice(
    say,
    say.page.title,
    html`
      <p dir="auto">${say.page.about[about.kind](about.title)}</p>
      <form method="post"><button>${say.page.button}</button></form>
      <p class="caption">${say.page.kept}</p>
    `,
  )
}

/** Says that mail has ended. */
export function unsubscribedPage({ language, about }: Unsubscribing): string {
  const say = mailText(language)
  return notice(
    say,
    say.page.done,
    html`
      <p dir="auto">${say.page.about[about.kind](about.title)}</p>
      <p class="caption">${say.page.kept}</p>
    `,
  )
}

/** For a link that was cut off, or is of something that is gone. */
export function unknownLinkPage(say: MailText): string {
  return notice(say, say.page.unknown, html`<p>${say.page.unknownHelp}</p>`)
}
