import type { Counted } from '../../../../core/text/counted.ts'

/** What the parts of the embed say that are fetched when they are asked for. */
export const more = (counted: Counted) => ({
  language: 'en',

  copyLink: 'Copy link',
  linkCopied: 'The link is copied.',
  copyByHand: 'Copy this address:',

  report: 'Report',
  reportWhy: 'What is wrong with it?',
  reportText: 'Anything the moderators should know? (optional)',
  reportSend: 'Send the report',
  reported: 'Thank you. A moderator will look at it.',
  categories: {
    abuse: 'Abuse or hatred',
    spam: 'Spam or advertising',
    off_topic: 'Not about the passage',
    illegal: 'Against the law',
    other: 'Something else',
  },

  earlier: (count: number) => counted(count, { one: '# earlier version', other: '# earlier versions' }),

  nextUnread: (count: number) => `Next unread (${counted(count)})`,
  previousUnread: 'Previous unread',
  markAllRead: 'Mark all as read',
  allRead: 'Everything is read.',
  unread: (count: number) => counted(count, { one: '# unread', other: '# unread' }),
  quote: 'Quote',
  hide: (name: string) => `Hide comments by ${name}`,
  hidden: (name: string) => `Comments by ${name} are hidden on this device.`,
  unhide: (name: string) => `Show comments by ${name} again`,
  undoHiding: 'Undo',

  wasThere: 'before: ',
  isThere: 'now: ',

  pickWords: (quote: string) =>
    `Select the words in the article that the thread on “${quote}” belongs to, or press the mark of a paragraph.`,

  otherDraft: 'You wrote something else here in another tab:',
  useThat: 'Use that',
  keepMine: 'Keep mine',
  formatting: 'Formatting',
  format: {
    bold: 'Bold',
    italic: 'Italic',
    quote: 'Quote',
    link: 'Insert a link',
    list: 'List',
    code: 'Program code',
  },
  reactionsHere: 'Reactions to this passage',
  reactions: {
    agree: 'Agree',
    helpful: 'Helpful',
    question: 'Question',
    source: 'Needs a source',
  },
  notReacted: 'Not saved: the server does not answer. Try again.',
  signedOut: 'You are no longer signed in. Press once more to sign in.',
  typo: 'Typo…',
  typoReported: 'Typo reported',
  typoText: 'What should it say? (optional)',
  typoWho: 'Only the publisher sees this. It takes the place of your reaction here, if you have one.',
  typoSend: 'Send',
  typoSent: 'Thank you. Only the publisher sees this.',
  typoReplaced: 'A reaction here would take its place.',
  takeBack: 'Take it back',
  mark: 'Mark',
  markThread: 'Mark this thread',
  marks: {
    answered: 'Answered',
    corrected: 'Corrected',
  },
  unmark: 'Take the mark back',
  chosenWords: 'Chosen words',
  chooseKeys:
    'Left and right go by word, up and down by sentence; with Shift they extend. Enter takes the words, Escape goes back.',
  previousWord: 'Previous word',
  nextWord: 'Next word',
  previousSentence: 'Previous sentence',
  nextSentence: 'Next sentence',
  extend: 'Extend',
  commentOnThese: 'Comment on these words',

  sortBy: 'Sort by',
  orders: { passage: 'order in the text', newest: 'latest comment', discussed: 'most discussed' },
  commentCount: (count: number) => counted(count, { one: '# comment', other: '# comments' }),
  wholeArticle: 'The whole article',
  showInArticle: 'Show in the article',
})

export type MoreText = ReturnType<typeof more>
