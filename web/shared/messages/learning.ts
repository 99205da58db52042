import type { Learning } from '../../../core/contract/learning.ts'
import type { LearntWord, Signal } from '../../../core/contract/signal.ts'
import { count } from './count.ts'

type Learnt = Extract<Signal, { kind: 'learned' }>
type Measured = NonNullable<Learning['measured']>

const percent = (share: number) => `${Math.round(100 * share)} %`

/** Of fewer comments, numbers say nothing. */
const fewest = 5

/** A word with what became of the comments it was in, where that is known; apart, since it may run the other way. */
const inComments = ({ word, approved, rejected }: LearntWord) =>
  `“\u2068${word}\u2069”${approved + rejected === 0 ? '' : ` (${rejected} of ${approved + rejected} rejected)`}`

/** What the console says of learning from decisions. */
export const learningText = {
  title: 'Learning',
  help: 'Postil learns from what this site’s moderators approve and reject. A comment that looks like rejected ones comes earlier in the queue and, if you choose so, waits for a moderator before readers see it. It never rejects anything by itself.',
  loading: 'Reading what was learnt…',
  on: 'Learn from decisions, and order the queue by it',
  holdQuestion: 'When does a comment wait for a moderator?',
  holdNever: 'Never for this reason. It only orders the queue',
  holdFrom: (n: number) => `From ${n} % on`,
  holdFigures: ({ held, rejected }: Measured['at'][number], of: Measured) =>
    held === 0
      ? `Would have held none of the last ${of.decisions}.`
      : `Would have held ${held} of the last ${of.decisions}. ${percent(rejected / held)} of these were rejected (precision), which is ${percent(rejected / of.rejected)} of all that was (recall).`,
  save: 'Save',
  saved: 'Saved.',
  howWell: 'How well it guesses',
  learntFrom: (approved: number, rejected: number) =>
    `It has learnt from ${count(approved, 'approved comment', 'approved comments')} and ${count(rejected, 'rejected one', 'rejected ones')}.`,
  notReady: ({ decisions, ofEach }: Learning['needed']) =>
    `That is too few to guess by. It is used once there are ${decisions}, with ${ofEach} of each.`,
  auc: (auc: number) =>
    `Given a rejected and an approved comment, it took the right one for the rejected in ${Math.round(100 * auc)} of 100 cases. (AUC ${auc.toFixed(2)}; a coin has 50 of 100.)`,
  measuredOn: (n: number) =>
    `Measured on the last ${count(n, 'decision', 'decisions')}. Each was guessed before it was learnt.`,
  learntAt: 'Last learnt:',
  wordsAgainst: 'Words that speak for rejecting',
  wordsFor: 'Words that speak for approving',
  noWords: 'None yet.',
  wordsHelp: 'Of the words that three people or more have used, the strongest first.',
  inComments,
  forgetTitle: 'Start anew',
  forget: 'Forget everything…',
  forgetHelp: 'For example when the rules of the site have changed. The decisions and the record stay.',
  forgetQuestion: 'Forget all that was learnt here?',
  forgetWarning: (n: number) =>
    `What was learnt from ${count(n, 'comment', 'comments')} is deleted and does not come back. It learns anew from the decisions that come.`,
  forgetIt: 'Forget it',
  forgotten: 'Forgotten. It learns anew from now on.',
  /** On the card, as a cause. */
  signal: ({ probability, similar: { approved, rejected }, words }: Learnt) =>
    [
      `Looks like comments that were rejected here (${percent(probability)})`,
      ...(approved + rejected < fewest ? [] : [`${rejected} of ${approved + rejected} similar ones were`]),
      ...(words.length === 0 ? [] : [`words that speak for it: ${words.map(inComments).join(', ')}`]),
    ].join('; '),
  weighs: (time: string) => `That it looks like rejected comments counts as ${time} of waiting`,
}
