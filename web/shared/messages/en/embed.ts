import type { Counted } from '../../../../core/text/counted.ts'

/** What the thread view says. */
export const embed = (counted: Counted) => ({
  language: 'en',
  passageTitle: 'On this passage',
  articleTitle: 'On the whole article',
  close: 'Close the discussion',
  loading: 'Loading the discussion…',
  wait: 'One moment…',
  empty: 'Nobody has said anything here yet.',
  failed: 'The discussion could not be loaded.',
  retry: 'Try again',
  reconnecting: 'Reconnecting… What you see may not be the newest.',
  readers: (count: number) => counted(count, { one: '# reader here now', other: '# readers here now' }),
  more: 'Show more comments',
  moreThreads: 'Show more threads',
  orphans: 'Passages that are no longer found in the article',
  orphanNote: 'The words this thread is about are not in the article as it is now.',
  inSection: (heading: string) => `In “${heading}”`,
  stoodHere: (count: number) =>
    counted(count, {
      one: '# thread on words that stood here before',
      other: '# threads on words that stood here before',
    }),
  wordingChanged: 'The wording changed since',
  reattach: 'Attach to other words',
  attachHere: 'Attach here',
  attached: 'Attached to these words.',
  undo: 'Undo',
  longSelection: `Your selection is longer than ${counted(2000)} characters: the thread will be on its beginning.`,
  wholeParagraphInstead: 'Comment on the whole paragraph instead',
  newComment: (name: string) => `New comment by ${name}`,
  fresh: (count: number) => counted(count, { one: '# new', other: '# new' }),
  showFresh: (count: number) => counted(count, { one: 'Show # new comment', other: 'Show # new comments' }),
  sheetHeight: 'Height of the discussion',
  sheetHeights: { peek: 'low', half: 'half of the window', full: 'whole window' },

  chooseWords: 'Choose words',
  onArticle: 'On the article',
  allPassages: (count: number) => `All passages (${counted(count)})`,
  hideMarks: 'Hide the marks in the margin',
  showMarks: 'Show the marks in the margin',

  thread: (quote: string) => `Thread on “${quote}”`,
  replyTo: (name: string) => `Reply to ${name}`,
  reply: 'Reply',
  menu: 'More',
  moreAbout: (name: string) => `More about the comment by ${name}`,
  edit: 'Edit',
  withdraw: 'Withdraw',
  cancel: 'Cancel',
  edited: 'edited',
  sending: 'Sending…',
  unknownPerson: 'Somebody',
  states: {
    live: '',
    held: 'Only you see this: it waits for a moderator.',
    rejected: 'Only you see this: a moderator removed it.',
    withdrawn: 'Withdrawn by its author.',
    erased: 'Erased.',
  },
  removed: 'Removed by a moderator.',
  heldFor: {
    new_author: 'First comments of a new account are looked at before they appear.',
    word_list: 'It holds a word that this site looks at first.',
    passage_unknown: 'Its passage is not in the article as this site knows it.',
    timed_out: 'You are timed out on this site: a moderator looks at what you write first.',
    rejected_before: 'An earlier text of this comment was removed, so a moderator looks at the new one.',
  } as Record<string, string>,
  reasons: {
    abuse: 'abuse or hatred',
    spam: 'spam or advertising',
    off_topic: 'not about the passage',
    illegal: 'against the law',
    other: 'against the rules of this site',
  } as Record<string, string>,
  rejectedFor: (reason: string) => `Reason: ${reason}.`,

  replies: (count: number) => counted(count, { one: '# reply', other: '# replies' }),
  continueThread: (count: number) => `Continue this thread (${counted(count)})`,
  wholeThread: 'Back to the whole thread',
  unread: 'Unread',
  hiddenComment: 'A comment by somebody you hid.',
  show: 'Show',

  writeOnPassage: 'Comment on this passage',
  writeOnArticle: 'Comment on the article',
  writeReply: 'Write a reply',
  writeEdit: 'Change your comment',
  send: 'Post',
  save: 'Save',
  sendHint: 'Ctrl + Enter posts.',
  left: (characters: number) =>
    characters >= 0
      ? counted(characters, { one: '# character left', other: '# characters left' })
      : counted(-characters, { one: '# character too many', other: '# characters too many' }),
  notSent: 'Not sent.',
  noAnswer: 'The server does not answer. Please try again.',
  /** Why the server said no, by its status. */
  problems: {
    400: 'The server does not take this as it is. Shorten or change it.',
    401: 'Sign in first.',
    403: 'You may not do this here.',
    404: 'What this is about is no longer there.',
    409: 'It was changed meanwhile, or is no longer there. Look at it again.',
    429: 'That was too often. Wait a moment, then try again.',
    500: 'Something went wrong on the server. Nothing was saved; try again in a moment.',
  },
  unreachable: 'The server does not answer. Your text is kept; try again.',

  signIn: 'Sign in to comment',
  signedInAs: (name: string) => `Signed in as ${name}`,
  signOut: 'Sign out',
  popupBlocked: 'Your browser blocked the sign-in window. Open it here:',
  signInLapsed: 'Sign in again to post it. Your text is kept.',

  waiting: 'Waiting for the network. It will be sent by itself.',
  tryNow: 'Try now',
  takeBack: 'Take back',
  signInToSend: 'Sign in to send',
  unkept: 'This browser keeps no drafts when you leave the page.',
  changedMeanwhile: 'It was changed elsewhere meanwhile. It now reads:',
})

export type EmbedText = ReturnType<typeof embed>

export const more = () => import('./more.ts')
