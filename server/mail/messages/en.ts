import type { Counted } from '../../../core/text/counted.ts'

/** What mail says, and the page that ends it. */
export const mail = (counted: Counted) => {
  const comments = (count: number) => counted(count, { one: '# new comment', other: '# new comments' })
  return {
    language: 'en',
    direction: 'ltr' as 'ltr' | 'rtl',
    subject: {
      article: (count: number, title: string) => `${comments(count)} on “${title}”`,
      thread: (count: number, title: string) => `${comments(count)} in a thread on “${title}”`,
      replies: (count: number, site: string) =>
        `${counted(count, { one: '# new reply', other: '# new replies' })} to you on ${site}`,
    },
    onArticle: 'On the whole article',
    answersYou: 'answers you',
    open: 'Read and answer',
    more: (count: number) =>
      counted(count, {
        one: '# more comment is not shown here.',
        other: '# more comments are not shown here.',
      }),
    discussion: 'The whole discussion',
    why: {
      article: (title: string) => `You get this mail because you follow the article “${title}”.`,
      thread: (title: string) => `You get this mail because you follow a thread on “${title}”.`,
      replies: (site: string) => `You get this mail because you asked for replies to you on ${site}.`,
    },
    unsubscribe: 'No more mail about this',
    page: {
      title: 'No more mail?',
      about: {
        article: (title: string) => `Mail about new comments on “${title}”`,
        thread: (title: string) => `Mail about new comments in a thread on “${title}”`,
        replies: (site: string) => `Mail about replies to you on ${site}`,
      },
      button: 'Send me no more of it',
      done: 'You will get no more of this mail.',
      kept: 'What is new still comes into your inbox beside the article.',
      unknown: 'This link does not work',
      unknownHelp: 'Open it from the mail once more, or copy the whole of it.',
    },
  }
}

export type MailText = ReturnType<typeof mail>
