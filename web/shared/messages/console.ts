import type {
  CaseView,
  Days,
  Decision,
  PastDecision,
  QueueName,
  RejectReason,
  SanctionKind,
} from '../../../core/contract/moderation.ts'
import { shortened } from '../../../core/text/shortened.ts'
import { bulkText, filterText, raidText } from './bulk.ts'
import { count } from './count.ts'
import { learningText } from './learning.ts'
import { hoursText } from './hours.ts'
import { objectionText } from './objection.ts'
import { retentionText } from './retention.ts'
import { numbersText } from './numbers.ts'
import { transparencyText } from './transparency.ts'
import { twoPeopleText } from './two-people.ts'

const reason: Record<RejectReason, string> = {
  abuse: 'Abuse',
  spam: 'Spam',
  off_topic: 'Off topic',
  illegal: 'Illegal',
  other: 'Something else',
}

const queues: Record<QueueName, string> = {
  all: 'All',
  held: 'Held',
  reported: 'Reported',
  escalated: 'Escalated',
  appeals: 'Appeals',
  sampled: 'Sampled',
}

/** A language's name; its code where it is none that is known. */
const languageName = (code: string): string => {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

/** An age in its largest whole unit. */
function age(instant: string, now: number): { n: number; unit: 'min' | 'h' | 'd' } {
  const minutes = Math.max(0, Math.floor((now - Date.parse(instant)) / 60_000))
  if (minutes < 60) return { n: minutes, unit: 'min' }
  return minutes < 1440
    ? { n: Math.floor(minutes / 60), unit: 'h' }
    : { n: Math.floor(minutes / 1440), unit: 'd' }
}
const inUnits = {
  min: (n: number) => count(n, 'minute', 'minutes'),
  h: (n: number) => count(n, 'hour', 'hours'),
  d: (n: number) => count(n, 'day', 'days'),
}

/** What a moderator was slower than, and how long ago it was. */
const faster = ({ by, action, at }: Decision, now: number) => {
  const seconds = Math.max(1, Math.round((now - Date.parse(at)) / 1000))
  const { n, unit } = age(at, now)
  return `${by} ${past[action]} this ${seconds < 60 ? `${seconds} s` : inUnits[unit](n)} ago.`
}

/** A reason within a sentence. */
const lower = (why: RejectReason) => reason[why].toLowerCase()

/** Minutes as somebody says them. */
function span(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  return [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`].filter(Boolean).join(' ')
}

const standing: Record<SanctionKind, string> = {
  warning: 'Warned',
  time_out: 'Timed out',
  ban: 'Banned',
}

const decidedAs: Record<Exclude<Decision['action'], 'reverse'>, string> = {
  approve: 'Approved',
  reject: 'Rejected',
  warn: 'Warned',
  time_out: 'Timed out',
  ban: 'Banned',
  hold: 'Held',
  escalate: 'Escalated',
  uphold_appeal: 'Appeal upheld',
  dismiss_appeal: 'Appeal dismissed',
  propose_ban: 'Ban proposed',
  object: 'Objected',
}

const past: Record<Decision['action'], string> = {
  approve: 'approved',
  reject: 'rejected',
  warn: 'rejected, with a warning to its author,',
  time_out: 'rejected, with a time-out for its author,',
  ban: 'rejected, with a ban of its author,',
  hold: 'held and passed on',
  escalate: 'escalated',
  reverse: 'undid the decision about',
  uphold_appeal: 'upheld the appeal about',
  dismiss_appeal: 'dismissed the appeal about',
  propose_ban: 'proposed a ban and hid',
  object: 'objected to the decision about',
}

/** What a case is about, in a word or two. */
function causeOf(one: Pick<CaseView, 'cause' | 'reports' | 'proposal' | 'objection'>): string {
  if (one.objection) return 'Objection'
  if (one.proposal) return 'Ban proposed'
  if (one.cause === 'appealed') return 'Appeal'
  if (one.reports.length === 0) return one.cause === 'sampled' ? 'Sampled' : 'Held'
  return one.reports.length === 1 ? 'Reported' : `Reported ${one.reports.length}×`
}

/** What the moderators' console says. */
export const consoleText = {
  title: 'Moderation',
  loading: 'Reading the queue…',
  retry: 'Try again',
  settings: 'Settings',
  signInNeeded: 'Sign in to moderate',
  signIn: 'Sign in',
  signOut: 'Sign out',
  noRole: 'No site to moderate',
  noRoleHelp: (email: string) =>
    `The account ${email} has no moderator role. A publisher of the site, or who runs this server, can give it one.`,
  site: 'Site',
  onlyIn: (sections: string[]) => `only ${sections.join(', ')}`,
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
  transparency: transparencyText(reason),
  numbers: numbersText,
  filter: filterText,
  bulk: bulkText,
  raid: raidText,
  learning: learningText,
  search: {
    title: 'Search',
    help: 'Comments of the site by their words or by who wrote them, also those that wait or were rejected. A new comment is found a minute later, mostly.',
    label: 'Words or a name',
    send: 'Search',
    found: (count: number, more: boolean) =>
      count === 0
        ? 'Nothing was found. Try other words, or fewer.'
        : `${count}${more ? ' or more' : ''} found, the newest first`,
    waits: 'Waits',
    states: {
      live: 'Live',
      held: 'Held',
      rejected: 'Rejected',
      withdrawn: 'Withdrawn',
      erased: 'Erased',
    },
    nobody: 'Somebody whose account was erased',
    toQueue: 'Show it in the queue',
    more: 'Show more',
  },
  typos: 'Typos',
  typosHelp:
    'What readers found in your articles. Only those who publish see it; tick off what is dealt with.',
  loadingTypos: 'Reading the typos…',
  noTypos: 'No typo waits for you.',
  shouldSay: 'It should say:',
  noWording: 'The reader did not say what it should say.',
  done: 'Done',
  typoSettle: (words: string) => `Done: ${shortened(words, 60)}`,
  typoDone: 'Ticked off.',
  rules: 'Rules',
  rulesHelp:
    'What a comment has to pass before readers see it. A rule holds a comment for a moderator; it never rejects one. Who works for the site is not asked.',
  loadingRules: 'Reading the rules…',
  rulesOf: (version: number, by: string | null) =>
    version === 0 ? 'Nobody has set rules yet.' : `Version ${version}${by === null ? '' : `, by ${by}`}`,
  who: 'Who writes',
  holdFirst: 'Shown comments somebody needs before their comments appear without a look',
  rateComments: 'Most comments by one person (empty: any number)',
  rateMinutes: 'in so many minutes',
  rateHelp: 'More are held; three times as many are refused.',
  text: 'What it says',
  words: 'Words and phrases, one in a line',
  wordsHelp:
    'Look-alike letters, accents, invisible characters, digits for letters and spaced letters hide none. A line between slashes is a regular expression (RE2).',
  linesOf: (from: number, to: number, all: number) =>
    `Lines ${from.toLocaleString('en')} to ${to.toLocaleString('en')} of ${all.toLocaleString('en')}`,
  linesBefore: 'Lines before',
  linesAfter: 'Lines after',
  mostLinks: 'Most links in one comment (empty: any number)',
  linksAfter: 'Shown comments somebody needs before they may link',
  duplicateCopies: 'Held when so many others say nearly the same (empty: not looked for)',
  duplicateHours: 'in the last hours (72 at most)',
  sampleTitle: 'What is let through',
  sample: 'Of a hundred comments that appear without a look, how many are looked at later (0: none)',
  sampleHelp:
    'Picked at random, for the queue “Sampled”: so you see what the rules miss. 200 wait at the most.',
  hours: hoursText,
  twoPeople: twoPeopleText(reason),
  objection: objectionText(past, reason),
  retention: retentionText,
  where: 'Where it stands',
  olderThan: 'Days after which comments on an article are held (empty: never)',
  slowMode: 'Slow mode: seconds between two comments of one person (0: none)',
  readOnly: 'Comments are closed',
  sensitive: 'Sensitive: all comments are held',
  ruleAddress: 'Address of an article',
  addArticle: 'Add the article',
  unknownArticle: 'No article of this site has that address.',
  removeArticle: (title: string) => `Leave “${title}” out`,
  try: 'Try',
  trying: 'Trying the rules on the last comments…',
  tried: (held: number, looked: number, approved: number) =>
    held === 0
      ? `Would have held none of the last ${looked.toLocaleString('en')}.`
      : `Would have held ${held.toLocaleString('en')} of the last ${looked.toLocaleString('en')}; you approved ${approved.toLocaleString('en')} of them.`,
  triedRest: (rejected: number, live: number, waiting: number) =>
    `Rejected: ${rejected}. Shown and not decided: ${live}. Waiting: ${waiting}.`,
  triedExamples: (n: number) => count(n, 'example', 'examples'),
  tryFirst: 'Try the rules to switch them on.',
  switchOn: 'Switch on',
  switchedOn: (version: number) => `Switched on as version ${version}.`,
  readNewest: 'Read the rules that hold now',
  line: (n: number, what: string) => `Line ${n}: ${what}`,
  versions: 'Earlier versions',
  versionLine: (words: number) => count(words, 'word', 'words'),
  goBack: 'Go back to this',
  goBackTo: (version: number) => `Go back to version ${version}`,
  wentBack: (version: number) => `Version ${version} stands in the fields. Try it, then switch it on.`,
  stateNow: {
    CHECKING: 'waiting',
    HELD: 'waiting',
    LIVE: 'shown',
    APPROVED: 'approved',
    REJECTED: 'rejected',
    WITHDRAWN: 'withdrawn',
    ERASED: 'erased',
  },
  stoodAt: (section: string) => `Stood at: ${section}`,
  comments: (n: number) => count(n, 'comment', 'comments'),
  cause: causeOf,
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
  olderIsShown: 'Readers see its older text',
  inArticle: 'See it in the article',
  shownText: 'What is shown of the text',
  asItReads: 'As it reads',
  whatChanged: 'What changed',
  comparedWith: 'Compared with the text that readers see:',
  changeMarks: { out: 'Gone: ', in: 'New: ' },
  covered: 'The text is covered.',
  coveredFor: (causes: ('illegal' | 'abuse' | 'word_list')[]) =>
    `${causes
      .map((cause) => (cause === 'word_list' ? 'It has a word on the list' : `Reported as ${lower(cause)}`))
      .join('. ')}.`,
  reveal: 'Show the text',
  translation: {
    ask: 'Translate',
    asking: 'Asking for a translation…',
    byMachine: (language: string | null) =>
      `Machine translation${language === null ? '' : ` from ${languageName(language)}`}. It can be wrong.`,
  },
  below: (n: number) => `${count(n, 'answer', 'answers')} below it`,
  moreReplies: (n: number) => `${n} more in the thread`,
  guest: 'guest',
  byGuest: 'By a guest, without an account: what guests write always waits',
  newAccount: (n: number) => `New account: ${count(n, 'comment', 'comments')} shown so far`,
  wordOnList: (word: string) => `Word on the list: ${word}`,
  links: (n: number) => `It has ${count(n, 'link', 'links')}`,
  rate: (n: number) => `Its author wrote ${count(n, 'comment', 'comments')} in a short time`,
  articleRule: (detail: string) =>
    detail === 'sensitive'
      ? 'Its article is marked as sensitive'
      : `Its article was ${count(Number(detail), 'day', 'days')} old`,
  copies: (n: number) => `${count(n, 'other comment says', 'other comments say')} nearly the same`,
  timedOut: (day: string) => `Its author is timed out until ${day}`,
  rejectedBefore: 'An earlier text of this comment was rejected',
  passageUnknown: 'The passage it is about is not in the article as this server knows it',
  reportsWeigh: (groups: [RejectReason, number][], minutes: number) => {
    const all = groups.reduce((sum, [, n]) => sum + n, 0)
    const kinds = groups.map(([why, n]) => (groups.length > 1 ? `${n} as ${lower(why)}` : `as ${lower(why)}`))
    return `${count(all, 'report', 'reports')} (${kinds.join(', ')}) ${all === 1 ? 'counts' : 'count'} as ${span(minutes)} of waiting`
  },
  wordsWeigh: (minutes: number) => `A word on the list counts as ${span(minutes)} of waiting`,
  sampledWeighs: (minutes: number) =>
    `Picked at random, to look at what the rules let through: it comes ${span(minutes)} later`,
  learnedWeighs: (minutes: number) => learningText.weighs(span(minutes)),
  shownWeighs: (minutes: number) => `That readers see it counts as ${span(minutes)} of waiting`,
  waits: (minutes: number) => `It has waited ${span(minutes)}`,
  waitsAs: (minutes: number, as: number) =>
    `It has waited ${span(minutes)}, so its place in the queue is that of ${span(as)}`,
  reports: 'What readers reported',
  somebody: 'Somebody without an account',
  moreReports: (n: number) => count(n, 'older report', 'older reports'),
  reporter: ({ upheld, dismissed }: { upheld: number; dismissed: number }) =>
    upheld + dismissed === 1
      ? `an earlier report was ${upheld === 1 ? 'upheld' : 'dismissed'}`
      : `${upheld} of ${upheld + dismissed} earlier reports were upheld`,
  author: 'Who wrote it',
  authorRecord: ({ shownComments, approved, rejected }: CaseView['comment']['author']) =>
    `${shownComments >= 100 ? '100 or more comments' : count(shownComments, 'comment', 'comments')} shown · ${approved} approved · ${rejected} rejected`,
  joined: (day: string) => `here since ${day}`,
  newHere: 'New: readers have seen no comment of theirs yet',
  standing: (kind: SanctionKind, until: string | null) =>
    until ? `${standing[kind]} until ${until}` : standing[kind],
  standingFor: (why: RejectReason) => `(${lower(why)})`,
  history: 'Decided last about their other comments',
  pastDecision: ({ action, reason: why, by }: PastDecision) =>
    `${action === 'reverse' ? 'Undone' : decidedAs[action]} by ${by}${why ? ` (${lower(why)})` : ''}, on`,
  restNow: ({ minutes, decisions }: { minutes: number; decisions: number }) =>
    `You have decided ${count(decisions, 'case', 'cases')} in ${minutes} minutes. A break is a good idea.`,
  dismiss: 'Dismiss',
  careOf: {
    cover: 'Cover text reported as abuse or illegal, or with a word on the list, until I ask',
    calm: 'Show comments in grey, smaller text',
  },
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
  act: {
    approve: 'Approve',
    reject: 'Reject',
    hold: 'Hold',
    escalate: 'Escalate',
    warn: 'Warn',
    time_out: 'Time out',
    ban: 'Ban',
  },
  appealBy: (name: string) => `${name} appeals`,
  appealAbout: 'It is about this text:',
  appealAnswer: 'Your answer, which the author reads',
  appealNeedsAnswer: 'Write why, in a sentence or more. The author reads it.',
  appealNotYours: 'Somebody else answers this: you decided first, or wrote the comment.',
  appealIsFinal:
    'Upheld, the comment comes back and what the decision meant for its author ends. An answer is final.',
  appealUpheldBy: (name: string) => `${name} upheld it:`,
  appealDismissedBy: (name: string) => `${name} dismissed it:`,
  appealFirst: 'Answer the appeal, or escalate it.',
  uphold: 'Uphold the appeal',
  dismissAppeal: 'Dismiss it',
  moreActions: 'More',
  keep: 'Keep it and go on',
  next: 'Next',
  previous: 'Previous',
  queues: 'Queues',
  queueName: queues,
  queueShort: (open: number, oldest: string | null, now: number) => {
    if (oldest === null) return String(open)
    const { n, unit } = age(oldest, now)
    return `${open} · ${n} ${unit}`
  },
  /** The same for a screen reader, with the name of the queue. */
  queueLong: (name: QueueName, open: number, oldest: string | null, now: number) => {
    if (oldest === null) return `${queues[name]}: nothing waits`
    const { n, unit } = age(oldest, now)
    return `${queues[name]}: ${count(open, 'case', 'cases')}, the oldest for ${inUnits[unit](n)}`
  },
  clearQueue: 'Nothing waits in this queue.',
  hasInHand: (name: string) => `${name} has this in hand.`,
  inHandOf: (name: string) => `${name} has it`,
  lapsed: 'You were away, so others may think this case is free. Any key takes it in hand again.',
  leadsOnly: 'This case is left to those who lead the moderation of this site.',
  ownWords: 'You wrote this comment. Somebody else decides about it.',
  undo: 'Undo',
  undoing: 'Undoing…',
  question: {
    reject: 'Why reject it?',
    warn: 'Reject it and warn its author. Why?',
    time_out: (days: Days | null) =>
      days === null
        ? 'Reject it and time its author out. For how long?'
        : `Reject it, and a time-out of ${count(days, 'day', 'days')} for its author. Why?`,
    ban: 'Reject it and ban its author. Why?',
    queue: 'Which queue?',
  },
  days: (n: Days) => count(n, 'day', 'days'),
  note: 'Note for the record (may be left empty)',
  cancel: 'Cancel',
  reason,
  did: (action: Decision['action'], name: string) => `You ${past[action]} ${name}’s comment.`,
  undone: (name: string) => `Undone: ${name}’s comment waits again.`,
  refused: (name: string, why: string) => `${name}’s comment came back: ${why}`,
  notUndone: (name: string, why: string) => `The decision about ${name}’s comment stands: ${why}`,
  faster: (decision: Decision, now: number) =>
    `${faster(decision, now)} It is decided; only ${decision.by} can undo it.`,
  keepOrObject: (decision: Decision, now: number) => `${faster(decision, now)} Keep it so, or object?`,
  fasterOpen: (decision: Decision, now: number) =>
    `${faster(decision, now)} Keep it so and go on, or decide otherwise?`,
  withdrawn: 'Its author withdrew this while you were reading.',
  changed: 'This changed while you were reading. Read it again, then decide.',
  signedOut: 'You are no longer signed in. Sign in again in another tab, then decide once more.',
  keyHelp: 'Keys',
  keyOf: {
    approve: 'Approve',
    reject: 'Reject: then 1 to 5 for the reason',
    hold: 'Hold: hide it and pass it on to others',
    escalate: 'Escalate: leave it to those who lead',
    warn: 'Reject and warn: then 1 to 5 for the reason',
    time_out: 'Reject and time out: then 1 to 4 for 1, 3, 7 or 30 days, then 1 to 5 for the reason',
    ban: 'Reject and ban, or propose it where a ban wants two people: then 1 to 5 for the reason, then once more or Enter',
    undo: 'Undo your last decision',
    note: 'Write a note for the record; Esc leaves it',
    reveal: 'Show a covered text',
    translate: 'Have the text translated by a machine, or put the translation away',
    next: 'Next case',
    previous: 'Previous case',
    queue: 'Another queue: then 1 to 6',
    filter: 'Filter the queue',
    bulk: 'Decide all that are shown at once',
    raid: 'Take the comments of a raid one by one, and back',
    help: 'Show these keys',
  },
  escapes: 'Close what is open',
  changeKey: 'Change',
  changeKeyOf: (what: string) => `Change the key of “${what}”`,
  pressKey: 'Press a letter',
  noLetter: 'Only a letter from A to Z, or ?, can be a key.',
  keyTaken: (key: string, what: string) => `${key} is the key of “${what}”. Choose another one.`,
  keyChanged: (key: string, what: string) => `${key} is now the key of “${what}”.`,
  resetKeys: 'Reset',
  keysReset: 'The keys are as they were at first.',
  singleKeys: 'Decide with single keys',
  close: 'Close',
} as const
