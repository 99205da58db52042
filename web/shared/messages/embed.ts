const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${new Intl.PluralRules('en').select(count) === 'one' ? one : many}`

/** All texts of the embed, in English. */
export const embedText = {
  language: 'en',
  marks: 'Comments on the passages of this article',
  mark: (comments: number, passage: string) =>
    comments === 0
      ? `Comment on “${passage}”`
      : `${counted(comments, 'comment', 'comments')} on “${passage}”`,
  wholeArticle: (comments: number) =>
    comments === 0
      ? 'Discuss the whole article'
      : `Discuss the whole article: ${counted(comments, 'comment', 'comments')}`,
  commentOnSelection: 'Comment',

  passageTitle: 'On this passage',
  articleTitle: 'On the whole article',
  close: 'Close the discussion',
  loading: 'Loading the discussion…',
  empty: 'Nobody has said anything here yet.',
  failed: 'The discussion could not be loaded.',
  retry: 'Try again',
  reconnecting: 'Reconnecting… What you see may not be the newest.',
  readers: (count: number) => counted(count, 'reader here now', 'readers here now'),
  more: 'Show more comments',
  moreThreads: 'Show more threads',
  orphans: 'Passages that are no longer found in the article',
  orphanNote: 'The words this thread is about are not in the article as it is now.',
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
      ? `${counted(characters, 'character', 'characters')} left`
      : `${counted(-characters, 'character', 'characters')} too many`,
  notSent: 'Not sent.',
  unreachable: 'The server does not answer. Your text is kept; try again.',

  signIn: 'Sign in to comment',
  signedInAs: (name: string) => `Signed in as ${name}`,
  signOut: 'Sign out',
  popupBlocked: 'Your browser blocked the sign-in window. Open it here:',
  signInLapsed: 'Sign in again, then post. Your text is kept.',
}
