import { html } from 'ghtml'
import type { CommentView } from '../../core/contract/threads.ts'
import { addressOf } from '../../core/threads/address.ts'
import { toHtml, toPlainText } from '../text/index.ts'
import type { MailText } from './messages/index.ts'
import type { MailThread } from './read.ts'

/** What a mail says, in the language it says it. */
export interface Letter {
  say: MailText
  heading: string
  threads: (Omit<MailThread, 'title'> & { title: string | null })[]
  /** Comments that are new and not shown. */
  more: number
  /** Of the links. */
  origin: string
  /** All of the article's discussion; null where the mail is about several. */
  discussion: string | null
  why: string
  unsubscribe: string
}

/** A mail as plain text. */
export function mailPlain(letter: Letter): string {
  const { say, origin } = letter
  const threads = letter.threads.map(({ title, quote, comments }) =>
    [
      ...(title === null ? [] : [title]),
      quote === null ? say.onArticle : `> ${quote}`,
      '',
      comments
        .map(({ comment, reason }) =>
          [
            `${nameOf(comment)}${reason === 'reply' ? ` (${say.answersYou})` : ''} · ${when(comment, say)}`,
            '',
            toPlainText(comment.body ?? []),
            '',
            `${say.open}: ${origin}${addressOf.comment(comment.id)}`,
          ].join('\n'),
        )
        .join('\n\n'),
    ].join('\n'),
  )
  return [
    letter.heading,
    ...threads,
    [
      ...(letter.more > 0 ? [say.more(letter.more)] : []),
      ...(letter.discussion === null ? [] : [`${say.discussion}: ${letter.discussion}`]),
    ].join('\n'),
    // What follows is a signature: mail programs leave it out of an answer.
    `-- \n${letter.why}\n${say.unsubscribe}: ${letter.unsubscribe}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n\n')
    .concat('\n')
}

/** The few rules that mail programs keep to, with colours that are read on dark ground, too. */
const style = `
  body { margin: 0 auto; max-width: 36em; padding: 1.5em 1em; font: 16px/1.55 Georgia, 'Noto Serif', serif; }
  h1 { font-size: 1.25em; line-height: 1.3; }
  h2 { font-size: 1em; margin: 2em 0 0.5em; }
  blockquote { margin: 0 0 1em; padding: 0 0.9em; border: solid #8a8378; border-width: 0 3px; }
  .by { margin: 1.5em 0 0.3em; }
  .end { margin-top: 2.5em; padding-top: 1em; border-top: 1px solid #8a8378; font-size: 0.86em; }
`

/**
 * What stands around every mail as HTML.
 * @param main what it says, as HTML
 * @param end why it came, as HTML
 */
export function mailPage(say: MailText, heading: string, main: string, end: string): string {
  return html`<!doctype html>
    <html lang="${say.language}" dir="${say.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${heading}</title>
        <style>
          !${style}
        </style>
      </head>
      <body>
        <h1>${heading}</h1>
        !${main}
        <div class="end">!${end}</div>
      </body>
    </html>`
}

/** A mail as HTML. Whatever people wrote is escaped, or printed from its tree. */
export function mailHtml(letter: Letter): string {
  const { say, heading, threads, more, discussion } = letter
  return mailPage(
    say,
    heading,
    threads.map((thread) => threadHtml(letter, thread)).join(''),
    html`
      !${more > 0 ? html`<p>${say.more(more)}</p>` : ''}
      !${discussion === null ? '' : html`<p><a href="${discussion}">${say.discussion}</a></p>`}
      <p>${letter.why} <a href="${letter.unsubscribe}">${say.unsubscribe}</a></p>
    `,
  )
}

function threadHtml(letter: Letter, { title, quote, comments }: Letter['threads'][number]): string {
  const { say } = letter
  return html`
    !${title === null ? '' : html`<h2 dir="auto">${title}</h2>`}
    !${quote === null ? html`<p>${say.onArticle}</p>` : html`<blockquote dir="auto">${quote}</blockquote>`}
    !${comments.map(({ comment, reason }) => commentHtml(letter, comment, reason === 'reply')).join('')}
  `
}

function commentHtml({ say, origin }: Letter, comment: CommentView, answers: boolean): string {
  return html`
    <p class="by">
      <b><bdi>${nameOf(comment)}</bdi></b>
      ${answers ? say.answersYou : ''} · ${when(comment, say)}
    </p>
    <div dir="auto">!${toHtml(comment.body ?? [])}</div>
    <p><a href="${origin}${addressOf.comment(comment.id)}">${say.open}</a></p>
  `
}

const nameOf = ({ author }: CommentView) => author?.name ?? ''

const when = ({ createdAt }: CommentView, { language }: MailText) =>
  new Date(createdAt).toLocaleString(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
