import type { CaseView, Decision, RejectReason } from '../../../core/contract/moderation.ts'

const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`)

const reason: Record<RejectReason, string> = {
  abuse: 'Abuse',
  spam: 'Spam',
  off_topic: 'Off topic',
  illegal: 'Illegal',
  other: 'Something else',
}

const past: Record<Decision['action'], string> = {
  approve: 'approved',
  reject: 'rejected',
  reverse: 'undid the decision about',
}

/** What the moderators' console says. */
export const consoleText = {
  title: 'Moderation',
  loading: 'Reading the queue…',
  retry: 'Try again',
  signInNeeded: 'Sign in to moderate',
  signIn: 'Sign in',
  signOut: 'Sign out',
  noRole: 'No site to moderate',
  noRoleHelp: (email: string) =>
    `The account ${email} has no moderator role. A publisher of the site, or who runs this server, can give it one.`,
  site: 'Site',
  unreachable: 'The server does not answer. Nothing is lost; try again in a moment.',
  offline: 'Not connected. Trying again; the queue may be behind.',
  behind: (why: string) => `The queue on screen may be behind: ${why}`,
  clear: 'The queue is clear.',
  clearHelp: 'What needs you appears here by itself.',
  keys: 'Keys',
  waiting: (n: number) => count(n, 'case waiting', 'cases waiting'),
  arrived: (n: number) => count(n, 'new case below', 'new cases below'),
  fresh: (n: number) => `${n} new`,
  isNew: 'New',
  cameBack: 'Came back',
  more: (n: number) => `${count(n, 'more waits', 'more wait')} behind these.`,
  queue: 'Queue',
  views: 'Views',
  passages: 'Lost passages',
  passagesHelp:
    'Threads on words that are no longer in their article. Open the article, find the thread under “the whole article”, and attach it to the words it belongs to now.',
  loadingPassages: 'Reading the lost passages…',
  noPassages: 'Every thread is at its passage.',
  morePassages: 'Show more',
  texts: 'Waiting texts',
  textsHelp:
    'A new text of an article that looks like another article’s is not shown until you have looked at it. The discussion stays with the text that readers see.',
  loadingTexts: 'Reading the waiting texts…',
  noTexts: 'No text waits for you.',
  beginsWith: 'It begins:',
  emptyText: 'It has no words.',
  take: 'Show this text',
  takeHelp: (title: string) => `Show this text as “${title}”`,
  drop: 'Drop this text',
  dropHelp: (title: string) => `Drop this text of “${title}”`,
  deciding: 'Saving…',
  taken: (title: string) => `Readers of “${title}” see the new text now; its threads follow their passages.`,
  dropped: (title: string) => `Dropped. “${title}” stays as it was.`,
  stoodAt: (section: string) => `Stood at: ${section}`,
  comments: (n: number) => count(n, 'comment', 'comments'),
  cause: (one: Pick<CaseView, 'cause' | 'reports'>) =>
    one.reports.length === 0
      ? 'Held'
      : one.reports.length === 1
        ? 'Reported'
        : `Reported ${one.reports.length}×`,
  commentBy: (name: string) => `Comment by ${name}`,
  noText: 'The text is gone: it was withdrawn or erased.',
  passage: 'On this passage',
  wholePassage: 'The whole passage',
  wholeArticle: 'On the article as a whole',
  above: 'Above it in the thread',
  earlier: (n: number) => count(n, 'earlier comment', 'earlier comments'),
  why: 'Why it is here',
  edited: (revision: number) => `edited, revision ${revision}`,
  isShown: 'Readers see it now',
  isHidden: 'Readers do not see it yet',
  record: (n: number) => `${count(n, 'comment', 'comments')} shown so far`,
  newAccount: (n: number) => `New account: ${count(n, 'comment', 'comments')} shown so far`,
  wordOnList: (word: string) => `Word on the list: ${word}`,
  passageUnknown: 'The passage it is about is not in the article as this server knows it',
  reported: (category: RejectReason, n: number) => `${reason[category]} · ${count(n, 'report', 'reports')}`,
  noWords: 'no words added',
  decisions: 'Earlier decisions',
  olderDecisions: (n: number) => count(n, 'older one', 'older ones'),
  decision: ({ by, action, reason: why }: Decision) =>
    action === 'reverse'
      ? `${by} undid a decision`
      : `${by} ${past[action]} it${why ? `: ${reason[why]}` : ''}`,
  meanwhileGone:
    'This case has left the queue since you opened it: someone decided it, or its author withdrew it.',
  meanwhileChanged: 'This case has changed since you opened it.',
  goOn: 'Go on',
  showNow: 'Show it as it is now',
  showIt: 'Show it',
  approve: 'Approve',
  reject: 'Reject',
  next: 'Next',
  previous: 'Previous',
  undo: 'Undo',
  undoing: 'Undoing…',
  whyReject: 'Why reject it?',
  note: 'Note for the record (may be left empty)',
  cancel: 'Cancel',
  reason,
  did: (action: 'approve' | 'reject', name: string) => `You ${past[action]} ${name}’s comment.`,
  undone: (name: string) => `Undone: ${name}’s comment waits again.`,
  refused: (name: string, why: string) => `${name}’s comment came back: ${why}`,
  notUndone: (name: string, why: string) => `The decision about ${name}’s comment stands: ${why}`,
  faster: ({ by, action }: Decision) => `${by} ${past[action]} this while you were reading.`,
  withdrawn: 'Its author withdrew this while you were reading.',
  changed: 'This changed while you were reading. Read it again, then decide.',
  signedOut: 'You are no longer signed in. Sign in again in another tab, then decide once more.',
  keyHelp: 'Keys',
  keyOf: {
    a: 'Approve',
    r: 'Reject: then 1 to 5 for the reason',
    u: 'Undo your last decision',
    j: 'Next case',
    k: 'Previous case',
    '?': 'Show these keys',
    Esc: 'Close what is open',
  },
  singleKeys: 'Decide with single keys',
  close: 'Close',
} as const
