import type { Counted } from '../counted.ts'

/** What the thread view says. */
export const embed = (counted: Counted) => ({
  language: 'en',
  passageTitle: 'On this passage',
  articleTitle: 'On the whole article',
  close: 'Close the discussion',
  loading: 'Loading the discussion…',
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
  wasThere: 'before: ',
  isThere: 'now: ',
  reattach: 'Attach to other words',
  pickWords: (quote: string) =>
    `Select the words in the article that the thread on “${quote}” belongs to, or press the mark of a paragraph.`,
  attachHere: 'Attach here',
  attached: 'Attached to these words.',
  undo: 'Undo',
  longSelection: `Your selection is longer than ${counted(2000)} characters: the thread will be on its beginning.`,
  wholeParagraphInstead: 'Comment on the whole paragraph instead',
  newComment: (name: string) => `New comment by ${name}`,

  thread: (quote: string) => `Thread on “${quote}”`,
  replyTo: (name: string) => `Reply to ${name}`,
  reply: 'Reply',
  edit: 'Edit',
  withdraw: 'Withdraw',
  withdrawSure: 'Withdraw this comment? Readers will no longer see it.',
  yesWithdraw: 'Withdraw it',
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
  } as Record<string, string>,
  reasons: {
    abuse: 'abuse or hatred',
    spam: 'spam or advertising',
    off_topic: 'not about the passage',
    illegal: 'against the law',
    other: 'against the rules of this site',
  } as Record<string, string>,
  rejectedFor: (reason: string) => `Reason: ${reason}.`,

  writeOnPassage: 'Comment on this passage',
  writeOnArticle: 'Comment on the article',
  writeReply: 'Write a reply',
  writeEdit: 'Change your comment',
  send: 'Post',
  save: 'Save',
  sendHint: 'Ctrl + Enter posts. *emphasis*, **strong**, > quote',
  left: (characters: number) =>
    characters >= 0
      ? counted(characters, { one: '# character left', other: '# characters left' })
      : counted(-characters, { one: '# character too many', other: '# characters too many' }),
  notSent: 'Not sent.',
  unreachable: 'The server does not answer. Your text is kept; try again.',

  signIn: 'Sign in to comment',
  signedInAs: (name: string) => `Signed in as ${name}`,
  signOut: 'Sign out',
  popupBlocked: 'Your browser blocked the sign-in window. Open it here:',
  signInLapsed: 'Sign in again, then post. Your text is kept.',
})

export type EmbedText = ReturnType<typeof embed>
