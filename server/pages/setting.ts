import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'ghtml'
import type { HoursPeriod } from '../../core/contract/hours.ts'
import type { CommentView } from '../../core/contract/threads.ts'
import { varyBy } from '../http/vary.ts'
import type { Database } from '../database/connect.ts'
import { hoursOf } from '../moderation/index.ts'
import type { DiscussedArticle } from '../threads/index.ts'
import { textFor, textIn, type PageText } from './messages/index.ts'

/** What all pages of a discussion have in common. */
export interface Setting {
  article: DiscussedArticle
  /** The texts, in the page's language. */
  say: PageText
  /** Whether one may write, now and later. */
  hours: HoursPeriod[]
  /** Of this server, as the reader reached it. */
  origin: string
}

/**
 * The texts of an answer: in the article's language, as in the embed; where it has none, or none of ours, in the first of the
 * reader's that we have.
 */
export function speak(request: FastifyRequest, reply: FastifyReply, language: string | null): PageText {
  const own = textIn(language)
  if (own) return own
  varyBy(reply, 'Accept-Language')
  return textFor(request.headers['accept-language'])
}

/** What the pages about an article have in common, for who asks. */
export const settingOf = async (
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  article: DiscussedArticle,
): Promise<Setting> => ({
  article,
  say: speak(request, reply, article.language),
  hours: await hoursOf(db, article.siteId, article),
  origin: `${request.protocol}://${request.host}`,
})

export const nameOf = (say: PageText, comment: CommentView): string =>
  comment.author?.name ?? say.unknownPerson

export const shortened = (text: string, most = 140): string =>
  text.length <= most ? text : `${text.slice(0, most).trimEnd()}…`

/** The attributes of an element with the article's own words: a page may speak another language than its article. */
export const asInArticle = ({ language, direction }: DiscussedArticle): string =>
  html`lang="${language ?? ''}" dir="${direction}"`

// Not in any text, and never sent.
const place = '\0'

/** A text with markup where it takes a word; all else in it is escaped as always. */
export function around(text: (word: string) => string, markup: string): string {
  const [before = '', after = ''] = text(place).split(place)
  return html`${before}!${markup}${after}`
}
