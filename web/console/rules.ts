import type { ArticleRule, Rules, RuleSet } from '../../core/contract/rules.ts'
import type { ApiProblem } from '../shared/api.ts'
import { consoleText as say } from '../shared/messages/console.ts'

/** What a number field holds: nothing while it is empty. */
type Field = number | null | undefined

/** The rules as the fields of the form have them, but for the words, which are read when they are needed. */
export interface Draft {
  holdFirst: Field
  mostLinks: Field
  linksAfter: Field
  rateComments: Field
  rateMinutes: Field
  olderThanDays: Field
  copies: Field
  hours: Field
  sample: Field
  slowMode: Field
  readOnly: boolean
  articles: (ArticleRule & { title: string })[]
}

/** Rules as fields. */
export function toDraft({ rules, titles }: RuleSet): Draft {
  const titleOf = (id: string) => titles.find(({ article }) => article === id)?.title ?? id
  return {
    holdFirst: rules.holdFirst,
    mostLinks: rules.links.most,
    linksAfter: rules.links.newAuthors,
    rateComments: rules.rate?.comments,
    rateMinutes: rules.rate?.minutes ?? 10,
    olderThanDays: rules.olderThanDays,
    copies: rules.duplicates?.copies,
    hours: rules.duplicates?.hours ?? 24,
    sample: rules.sample,
    slowMode: rules.slowMode,
    readOnly: rules.readOnly,
    articles: rules.articles.map((one) => ({ ...one, title: titleOf(one.article) })),
  }
}

/** Fields as rules; each line is one word, also an empty one, so that a line's number is its place. */
export function toRules(draft: Draft, words: string[]): Rules {
  const { rateComments, copies } = draft
  return {
    holdFirst: draft.holdFirst ?? 0,
    words,
    links: { most: draft.mostLinks ?? null, newAuthors: draft.linksAfter ?? 0 },
    rate: rateComments == null ? null : { comments: rateComments, minutes: draft.rateMinutes ?? 1 },
    olderThanDays: draft.olderThanDays ?? null,
    duplicates: copies == null ? null : { copies, hours: draft.hours ?? 1 },
    sample: draft.sample ?? 0,
    slowMode: draft.slowMode ?? 0,
    readOnly: draft.readOnly,
    articles: draft.articles.map(({ article, sensitive, slowMode, readOnly }) => ({
      article,
      sensitive,
      slowMode,
      readOnly,
    })),
  }
}

/** What is wrong with the rules, one by one, with the line of a word. */
export function faultsOf({ problem }: ApiProblem): string[] {
  return (problem.errors ?? []).map(({ field, detail }) => {
    const line = /^rules\.words\.(\d+)$/.exec(field)?.[1]
    return line === undefined ? `${field}: ${detail}` : say.line(Number(line) + 1, detail)
  })
}
