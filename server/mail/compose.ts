import { createHash } from 'node:crypto'
import type { SendMailOptions } from 'nodemailer'
import { shortened } from '../../core/text/shortened.ts'
import { addressOf } from '../../core/threads/address.ts'
import type { MailConfig } from '../config.ts'
import { mailText } from './messages/index.ts'
import { mailHtml, mailPlain, type Letter } from './print.ts'
import type { Pending, Subscription } from './read.ts'

const titleLength = 120
/** A mail's reader asks for the passage's beginning; the rest is one tap away. */
const quoteLength = 400

/** One mail for a follow: its headers (RFC 2369, 2919, 3834, 8058), and what is new as text and as HTML. */
export function compose(to: Subscription, pending: Pending, config: MailConfig): SendMailOptions {
  const say = mailText(to.language)
  const { kind } = to.about
  const title = shortened(to.about.title, titleLength)
  const shown = pending.threads.reduce((count, { comments }) => count + comments.length, 0)
  const unsubscribe = `${config.publicUrl}/unsubscribe/${to.token}`
  const letter: Letter = {
    say,
    heading: say.subject[kind](pending.visible, title),
    threads: pending.threads.map((thread) => ({
      ...thread,
      // All of one article's say so above.
      title: kind === 'replies' ? shortened(thread.title, titleLength) : null,
      quote: thread.quote && shortened(thread.quote, quoteLength),
    })),
    more: pending.visible - shown,
    origin: config.publicUrl,
    discussion: to.articleId && config.publicUrl + addressOf.discussion(to.articleId),
    why: say.why[kind](title),
    unsubscribe,
  }
  const { hostname } = new URL(config.publicUrl)
  return {
    from: config.from,
    to: to.address,
    subject: letter.heading,
    messageId: `<${fingerprint([to.followId, ...pending.notifications])}@${hostname}>`,
    text: mailPlain(letter),
    html: mailHtml(letter),
    list: { id: { url: `${to.site.slug}.${hostname}`, comment: to.site.name }, unsubscribe },
    headers: {
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
      Precedence: 'bulk',
      'Content-Language': say.language,
    },
  }
}

const fingerprint = (ids: string[]) => createHash('sha256').update(ids.join()).digest('hex').slice(0, 32)
