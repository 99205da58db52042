import type { Counted } from '../../../core/text/counted.ts'

/** What the pages made on the server say. */
export const pages = (counted: Counted) => ({
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  quoted: (words: string) => `“${words}”`,
  of: (title: string) => `Discussion of “${title}”`,
  readArticle: 'Read the article',
  inArticle: 'Show it in the article',
  wholeDiscussion: 'The whole discussion',
  wholeThread: (count: number) =>
    `The whole thread: ${counted(count, { one: '# comment', other: '# comments' })}`,
  onArticle: 'On the whole article',
  wordingNow: (words: string) => `It now reads: “${words}”`,
  gone: 'These words are no longer in the article.',
  comment: (name: string) => `Comment by ${name}`,
  answerTo: (name: string) => `answers ${name}`,
  link: 'Link to this comment',
  edited: 'edited',
  removed: 'Removed.',
  empty: 'Nobody has said anything here yet.',
  next: 'Next page',
  unknownPerson: 'Somebody',
  withoutScript: 'Read the discussion of this article (it takes no JavaScript)',
  report: {
    link: 'Report',
    title: 'Report a comment',
    about: (name: string) => `The comment by ${name}`,
    why: 'What is wrong with it?',
    categories: {
      abuse: 'Abuse or hatred',
      spam: 'Spam or advertising',
      off_topic: 'Not about the passage',
      illegal: 'Against the law',
      other: 'Something else',
    },
    explain: 'Why do you think so?',
    name: 'Your name',
    email: 'Your e-mail address',
    mail: 'You get a receipt by mail, and another mail when it is decided. Nobody else sees your address.',
    faith: 'I believe in good faith that what I say here is true and complete.',
    send: 'Send the report',
    done: 'Your report has arrived',
    doneHelp: 'A moderator will look at it. A receipt is on its way to you by mail.',
    wrong: 'Something is missing. Please fill in every field and tick the box.',
  },
  faults: {
    missing: {
      title: 'Nothing stands here',
      help: 'The address may have been cut off, or what stood here is gone.',
    },
    busy: { title: 'Too many pages at once', help: 'Wait a minute, then load this page again.' },
    away: {
      title: 'This page cannot be made right now',
      help: 'Nothing is lost. Load it again in a moment.',
    },
    broken: {
      title: 'Something went wrong here',
      help: 'It was written down for who runs this server. Load the page again; if it stays, tell them.',
    },
  },
})

export type PageText = ReturnType<typeof pages>
