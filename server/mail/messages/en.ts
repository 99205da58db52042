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
    notice: {
      subject: {
        reject: (title: string) => `Your comment on “${title}” was removed`,
        warn: (title: string) => `Your comment on “${title}” was removed, and you were warned`,
        time_out: (title: string) => `Your comment on “${title}” was removed, and you are timed out`,
        ban: (title: string) => `Your comment on “${title}” was removed, and you can no longer write there`,
        reverse: (title: string) => `The decision about your comment on “${title}” was taken back`,
        uphold_appeal: (title: string) => `Your appeal was upheld: your comment on “${title}” is back`,
        dismiss_appeal: (title: string) => `Your appeal about your comment on “${title}” was dismissed`,
      },
      many: {
        reject: (count: number, site: string) =>
          `${counted(count, { one: '# comment', other: '# comments' })} of yours on ${site} were removed`,
        reverse: (count: number, site: string) =>
          `What was decided about ${counted(count, { one: '# comment', other: '# comments' })} of yours on ${site} was taken back`,
        why: (site: string) =>
          `You get this mail because a moderator of ${site} decided about several of your comments.`,
      },
      rule: {
        abuse: 'The rule: no abuse and no hatred.',
        spam: 'The rule: no spam and no advertising.',
        off_topic: 'The rule: comments are about their passage.',
        illegal: 'The reason: we take it to be against the law.',
        other: 'The reason: it goes against the rules of this site.',
      },
      warned: 'Before you write again there, say beside the article that you have read this.',
      until: (day: string) => `Until ${day}, a moderator looks at what you write before others see it.`,
      found: {
        reports: 'Readers reported the comment. A person decided about it, not a program.',
        rules: 'An automatic check held the comment. A person decided about it, not a program.',
        moderator: 'A moderator came upon the comment. A person decided about it, not a program.',
      },
      quoted: 'Your comment:',
      stands: 'What was decided about your comment before no longer holds.',
      answer: 'The answer:',
      redress:
        'If you think that this is wrong, you can ask for another look beside your comment, within six months and free of charge. Somebody else then decides.',
      elsewhere: 'You can also turn to a certified body for out-of-court dispute settlement, or to a court.',
      open: 'To your comment',
      why: (site: string) => `You get this mail because a moderator of ${site} decided about your comment.`,
    },
    report: {
      receipt: (title: string) => `We have your report about a comment on “${title}”`,
      received: 'A moderator will look at it. When it is decided, you get another mail.',
      outcome: (title: string) => `Your report about a comment on “${title}” was decided`,
      removed: 'The comment was removed.',
      stays:
        'The comment stays. A moderator did not find that it goes against the law or the rules of this site.',
      person: 'A person decided, not a program.',
      open: 'The comment',
      why: (site: string) =>
        `You get this mail because this address was given in a report to ${site}. If that was not you, nothing else will be sent but the outcome.`,
    },
    claim: {
      heading: 'Comments from before: are they yours?',
      asked: (name: string) =>
        `Somebody who is signed in as ${name} asked for the comments that were written under this address before the discussion moved here.`,
      found: (count: number, name: string, site: string) =>
        `${counted(count, { one: '# comment', other: '# comments' })} as ${name} on ${site}`,
      open: 'Have them put under your name',
      holds:
        'The link holds for a day, once, and only for who is signed in with this account. If you did not ask for this, do nothing: then nothing happens.',
      why: 'You get this mail because somebody asked for it in the account with this address.',
    },
    invitation: {
      subject: {
        moderator: (site: string) => `You are invited to moderate ${site}`,
        lead: (site: string) => `You are invited to lead the moderation of ${site}`,
        publisher: (site: string) => `You are invited to publish ${site}`,
      },
      about: {
        moderator: 'As a moderator you decide about comments that wait for a person.',
        lead: 'You decide about comments, and settle what the site asks of them.',
        publisher:
          'You settle everything about the site: where it is shown, who works for it, and what it asks of comments.',
      },
      accept: 'Accept the invitation',
      lasts:
        'The link works once, and for seven days. You sign in there with this address, or make an account for it.',
      why: (site: string) =>
        `You get this mail because somebody who publishes ${site} gave this address. If it is not meant for you, do nothing.`,
    },
    webhook: {
      subject: (site: string) => `A webhook of ${site} was disabled`,
      gone: (url: string) =>
        `${url} answered with the status 410, which says that nothing more is wanted there. So nothing more is sent.`,
      failing: (url: string) => `For five days nothing has arrived at ${url}. So nothing more is sent.`,
      todo: 'If messages are wanted there: see to it that the server takes them, send it a test, and enable the webhook again.',
      open: 'To the webhooks',
      kept: 'What waited is sent then. What happens while the webhook is disabled is not told.',
      why: (site: string) => `You get this mail because you publish ${site}.`,
    },
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
