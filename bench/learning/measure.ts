import type { Guess } from '../../server/database/schema.ts'
import { featuresOf } from '../../server/moderation/learning/features.ts'
import { judge } from '../../server/moderation/learning/judge.ts'
import { aucOf, heldAt } from '../../server/moderation/learning/measure.ts'
import { learn, newModel, weightsOf } from '../../server/moderation/learning/model.ts'
import { keepResults } from '../results.ts'
import { readMails } from './mails.ts'

const all = 6046
/** Guesses count from the first mail after so many. */
const begun = 500
/** As long as comments are, for which there is a time. */
const usual = 500

/** How well and how fast mails are told apart by what was learnt of those before them: each is guessed, then learnt. */
async function main(): Promise<void> {
  const mails = await readMails(all)
  const model = newModel()
  const guesses: Guess[] = []
  const learning = microseconds(mails.length, (at) => {
    const mail = mails[at]
    if (mail) guesses.push([learn(model, featuresOf(mail.text, []), mail.isSpam), mail.isSpam ? 1 : 0])
  })
  const learnt = {
    ...model,
    weights: weightsOf(model),
    words: new Map(),
    recent: guesses.slice(-500),
    holdAt: null,
  }
  const judging = (length: number) =>
    microseconds(mails.length, (at) => {
      judge(learnt, mails[at]?.text.slice(0, length) ?? '', [])
    })
  const later = guesses.slice(begun)
  const letters = mails.reduce((sum, { text }) => sum + text.length, 0) / mails.length
  await keep({
    mails: mails.length,
    lettersOnAverage: Math.round(letters),
    'auc of the 500 after 500': rounded(aucOf(later.slice(0, 500))),
    'auc of all after 500': rounded(aucOf(later)),
    'held at 90 % after 500': heldAt(later, 0.9),
    'spam after 500': later.filter(([, fell]) => fell === 1).length,
    'µs to judge a mail': judging(Infinity),
    [`µs to judge ${usual} letters`]: judging(usual),
    'µs to learn a mail': learning,
  })
}

/** Of the processor's time, for one of so many. */
function microseconds(times: number, work: (at: number) => void): number {
  const before = process.cpuUsage()
  for (let at = 0; at < times; at += 1) work(at)
  const { user, system } = process.cpuUsage(before)
  return Math.round((user + system) / times)
}

const rounded = (figure: number | null) => figure?.toFixed(4) ?? '–'

async function keep(figures: object): Promise<void> {
  console.log(figures)
  await keepResults('learning', figures)
}

await main()
