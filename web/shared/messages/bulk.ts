import type { BulkDecision, Selection, Standing } from '../../../core/contract/bulk.ts'
import type { Raid } from '../../../core/contract/moderation.ts'
import type { Signal } from '../../../core/contract/signal.ts'
import { count } from './count.ts'

const comments = (n: number) => count(n, 'comment', 'comments')
const which = (n: number) => (n === 1 ? 'which' : 'each of which')

const past: Record<BulkDecision['action'], string> = {
  approve: 'approved',
  reject: 'rejected',
  hold: 'held and passed on',
  escalate: 'escalated',
}
const hours = (n: number) => (n % 24 === 0 ? count(n / 24, 'day', 'days') : count(n, 'hour', 'hours'))

const signal: Record<Signal['kind'], string> = {
  new_author: 'New account',
  guest: 'By a guest',
  word_list: 'Word on the list',
  links: 'Links',
  rate: 'Many comments in a short time',
  article: 'Sensitive or old article',
  duplicate: 'Says nearly the same as others',
  passage_unknown: 'Passage not in the article',
  timed_out: 'Author timed out',
  rejected_before: 'Rejected before',
  learned: 'Looks like what was rejected here',
}
const standing: Record<Standing, string> = {
  new: 'Nothing decided about them yet',
  clean: 'Only approved so far',
  rejected: 'Something rejected before',
}

/** What the console says of filters. */
export const filterText = {
  title: 'Filter',
  open: 'Filter',
  active: 'Filtered by',
  remove: (what: string) => `Take the filter away: ${what}`,
  clear: 'Take all away',
  any: 'Any',
  signal: 'Why it is here',
  signals: signal,
  standing: 'Its author',
  standings: standing,
  waiting: 'Waits for at least',
  waits: hours,
  language: 'Language (two letters, for example de)',
  section: 'Section: how the article’s path begins, for example /politics/',
  like: 'As the case in hand',
  article: 'Same article',
  author: 'Same author',
  chips: {
    article: (title: string | null) => `Article: ${title ?? 'one'}`,
    author: (name: string | null) => `By ${name ?? 'one person'}`,
    raid: () => 'One raid, each by itself',
    section: (path: string) => `Section ${path}`,
    language: (tag: string) => `Language: ${tag}`,
    waiting: (n: number) => `Waits for ${hours(n)} or more`,
  },
  saved: 'Saved filters',
  choose: 'Choose one',
  name: 'Save this as',
  save: 'Save',
  savedAs: (name: string) => `Saved as “${name}”, for all who moderate this site.`,
  needsName: 'Give it a name first.',
  nothingToSave: 'Choose a queue or a filter first.',
  delete: (name: string) => `Delete “${name}”`,
  deleted: (name: string) => `“${name}” is deleted. What was filtered by it stays as it is.`,
  nothing: 'No case that waits is like this.',
}

/** What the console says of comments that say nearly the same, which are one case in the queues. */
export const raidText = {
  row: (n: number) => `${n.toLocaleString('en')} alike`,
  title: (n: number) => `A raid: ${comments(n)} alike`,
  facts: ({ people, articles }: Raid, from: string, to: string) =>
    `By ${count(people, 'person', 'people')}, in ${count(articles, 'article', 'articles')}, ${from === to ? `at ${from}` : `from ${from} to ${to}`}.`,
  help: 'A decision is about all of them, after you have seen what it means. A warning, a time-out or a ban is for each author by themselves.',
  show: 'Show each',
  each: 'The comments of this raid',
  reading: 'Reading them…',
  apart: 'Take them one by one',
  alone: 'Decide it alone',
  aloneOf: (name: string) => `Decide it alone: the comment by ${name}`,
  same: 'The same words',
  more: (n: number) => `${count(n, 'more', 'more')}: take them one by one to see all.`,
  act: (act: string, n: number) => `${act} ${n.toLocaleString('en')}…`,
}

/** What the console says of decisions about many cases at once. */
export const bulkText = {
  open: (n: number) => (n === 1 ? 'Decide it as a bulk…' : `Decide all ${n.toLocaleString('en')}…`),
  title: 'Decide many at once',
  reading: 'Looking at what that is…',
  about: (n: number, authors: number) =>
    n === 0 ? 'Nothing here is yours to decide.' : `${comments(n)} by ${count(authors, 'person', 'people')}`,
  beyond: (n: number) => `The most urgent 500. ${count(n, 'more waits', 'more wait')} behind these.`,
  shown: (n: number, all: number) =>
    n === 0
      ? 'Readers see none of them now.'
      : n === all
        ? 'Readers see all of them now.'
        : `Readers see ${n.toLocaleString('en')} of them now.`,
  apart: ({ leads, appeals, proposals, objections, own, claimed }: Selection['apart']) =>
    [
      leads > 0 && `${comments(leads)} left to those who lead`,
      appeals > 0 && `${count(appeals, 'appeal', 'appeals')}, ${which(appeals)} wants its own answer`,
      proposals > 0 &&
        `${count(proposals, 'proposed ban', 'proposed bans')}, ${which(proposals)} wants its own decision`,
      objections > 0 &&
        `${count(objections, 'objection', 'objections')}, ${which(objections)} wants its own decision`,
      own > 0 && `${comments(own)} that you wrote`,
      claimed > 0 && `${comments(claimed)} that somebody else has in hand`,
    ].filter((one) => one !== false),
  staysOut: 'Left as they are:',
  examples: 'What the most urgent say',
  question: 'What do you decide about all of them?',
  why: (n: number) => `Reject ${comments(n)}. Why?`,
  sure: (action: BulkDecision['action'], why: string | null, n: number, shown: number) => {
    switch (action) {
      case 'approve':
        return `Approve ${comments(n)}? Readers see them all after that.`
      case 'reject':
        return `Reject ${comments(n)} as ${why ?? ''}? ${shown > 0 ? `Readers no longer see ${shown === n ? 'them' : `the ${shown.toLocaleString('en')} that they see now`}. ` : ''}Their authors are told why.`
      case 'hold':
        return `Hold ${comments(n)} and pass them on? ${shown > 0 ? 'Readers do not see them until somebody decides.' : 'They stay hidden and leave your queue.'}`
      case 'escalate':
        return `Leave ${comments(n)} to those who lead?`
    }
  },
  confirm: 'Yes, all of them',
  back: 'Something else',
  deciding: (done: number, all: number) =>
    `${done.toLocaleString('en')} of ${all.toLocaleString('en')} decided`,
  undoing: (n: number) => `Undoing… ${n.toLocaleString('en')} so far`,
  stop: 'Stop here',
  goOn: 'Go on',
  stoppedFor: (why: string, done: number, all: number) =>
    `${why} ${done.toLocaleString('en')} of ${all.toLocaleString('en')} are decided.`,
  did: (action: BulkDecision['action'], n: number, left: number) =>
    `You ${past[action]} ${comments(n)}.${left > 0 ? ` ${count(left, 'other had', 'others had')} changed meanwhile and ${left === 1 ? 'stays as it is' : 'stay as they are'}.` : ''}`,
  undone: (n: number, kept: number) =>
    `Undone: ${comments(n)} ${n === 1 ? 'waits' : 'wait'} again.${kept > 0 ? ` ${count(kept, 'decision stands', 'decisions stand')}, because something happened since.` : ''}`,
  notUndone: (why: string) => `Not all of it could be undone: ${why} Press U to go on.`,
}
