import { html } from 'ghtml'
import type { SendMailOptions } from 'nodemailer'
import type { TextBlock } from '../../core/contract/text.ts'
import type { MailConfig } from '../config.ts'
import { toHtml, toPlainText } from '../text/index.ts'
import type { MailText } from './messages/index.ts'
import { mailPage } from './print.ts'

/** What stands in a letter, one under the other: words, a title, a text that is quoted, or a link. */
export type Part =
  string | { title: string } | { quote: TextBlock[] } | { words: string } | { link: string; label: string }

/** A letter to one person, not to all who follow something. */
export interface PersonalLetter {
  to: { name: string; address: string }
  say: MailText
  heading: string
  parts: Part[]
  /** Why they get it. */
  why: string
  /** The same for the same letter, so that one which comes twice is known as one. */
  id: string
}

/** Writes a letter as text and as HTML. Whatever people wrote is escaped, or printed from its tree. */
export function personalMail(letter: PersonalLetter, config: MailConfig): SendMailOptions {
  const { say, heading, parts, why } = letter
  const { hostname } = new URL(config.publicUrl)
  return {
    from: config.from,
    to: letter.to,
    subject: heading,
    messageId: `<${letter.id}@${hostname}>`,
    text: [heading, ...parts.map(plain), `-- \n${why}`].join('\n\n').concat('\n'),
    html: mailPage(say, heading, parts.map(marked).join(''), html`<p>${why}</p>`),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': say.language },
  }
}

const quoted = (text: string) => text.replace(/^/gm, '> ')

function plain(part: Part): string {
  if (typeof part === 'string') return part
  if ('title' in part) return part.title
  if ('quote' in part) return quoted(toPlainText(part.quote))
  if ('words' in part) return quoted(part.words)
  return `${part.label}: ${part.link}`
}

function marked(part: Part): string {
  if (typeof part === 'string') return html`<p>${part}</p>`
  if ('title' in part) return html`<h2 dir="auto">${part.title}</h2>`
  if ('quote' in part) return html`<blockquote dir="auto">!${toHtml(part.quote)}</blockquote>`
  if ('words' in part) return html`<blockquote dir="auto">${part.words}</blockquote>`
  return html`<p><a href="${part.link}">${part.label}</a></p>`
}
