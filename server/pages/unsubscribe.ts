import { html } from 'ghtml'
import type { Unsubscribing } from '../follows/index.ts'
import { mailText, type MailText } from '../mail/index.ts'
import { layout } from './layout.ts'

/** Asks whether mail shall end: a link alone ends nothing, since mail programs and scanners open links by themselves. */
export function unsubscribePage({ language, about }: Unsubscribing): string {
  const say = mailText(language)
  return frame(
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
  return frame(
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
  return frame(say, say.page.unknown, html`<p>${say.page.unknownHelp}</p>`)
}

function frame(say: MailText, title: string, body: string): string {
  return layout({
    title,
    language: say.language,
    direction: say.direction,
    canonical: null,
    head: '<meta name="robots" content="noindex" />',
    embed: null,
    body: html`<div class="reading discussion">
      <h1>${title}</h1>
      !${body}
    </div>`,
  })
}
