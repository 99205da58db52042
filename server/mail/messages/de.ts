import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => {
  const comments = (count: number) => counted(count, { one: '# neuer Kommentar', other: '# neue Kommentare' })
  return {
    language: 'de',
    direction: 'ltr',
    subject: {
      article: (count, title) => `${comments(count)} zu „${title}“`,
      thread: (count, title) => `${comments(count)} in einer Diskussion zu „${title}“`,
      replies: (count, site) =>
        `${counted(count, { one: '# neue Antwort', other: '# neue Antworten' })} an Sie auf ${site}`,
    },
    onArticle: 'Zum ganzen Artikel',
    answersYou: 'antwortet Ihnen',
    open: 'Lesen und antworten',
    more: (count) =>
      counted(count, {
        one: '# weiterer Kommentar ist hier nicht gezeigt.',
        other: '# weitere Kommentare sind hier nicht gezeigt.',
      }),
    discussion: 'Die ganze Diskussion',
    why: {
      article: (title) => `Sie erhalten diese E-Mail, weil Sie dem Artikel „${title}“ folgen.`,
      thread: (title) => `Sie erhalten diese E-Mail, weil Sie einer Diskussion zu „${title}“ folgen.`,
      replies: (site) =>
        `Sie erhalten diese E-Mail, weil Sie Antworten an Sie auf ${site} per E-Mail gewünscht haben.`,
    },
    unsubscribe: 'Keine E-Mails mehr dazu',
    page: {
      title: 'Keine E-Mails mehr?',
      about: {
        article: (title) => `E-Mails über neue Kommentare zu „${title}“`,
        thread: (title) => `E-Mails über neue Kommentare in einer Diskussion zu „${title}“`,
        replies: (site) => `E-Mails über Antworten an Sie auf ${site}`,
      },
      button: 'Diese E-Mails abbestellen',
      done: 'Sie erhalten diese E-Mails nicht mehr.',
      kept: 'Neues kommt weiterhin in Ihren Posteingang neben dem Artikel.',
      unknown: 'Dieser Link funktioniert nicht',
      unknownHelp: 'Öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie ihn vollständig.',
    },
  }
}
