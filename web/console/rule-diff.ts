import type { ArticleRule, Rules, RuleSet, Schedule } from '../../core/contract/rules.ts'
import { consoleText as say } from '../shared/messages/console.ts'

/** One rule before and after. */
export interface RuleChange {
  what: string
  now: string
  then: string
}

/** What a change of the rules comes to, rule by rule; and the lines that come and go in the words. */
export interface RuleDiff {
  changes: RuleChange[]
  added: string[]
  removed: string[]
}

const words = say.twoPeople
/** As the field has it. */
const number = (n: number | null) => (n === null ? words.empty : n.toLocaleString('en'))
const yes = (is: boolean) => (is ? words.yes : words.no)

/** What differs between the rules that hold and those that wait. */
export function diffRules(now: RuleSet, then: RuleSet): RuleDiff {
  const [before, after] = [now.rules, then.rules]
  const changes = [...diff(fieldsOf(before), fieldsOf(after)), ...diffArticles(now, then)]
  return {
    changes,
    added: linesBeyond(after.words, before.words),
    removed: linesBeyond(before.words, after.words),
  }
}

type Fields = [what: string, value: string][]

/** Those whose values are not the same; both lists have the same fields in the same order. */
const diff = (before: Fields, after: Fields): RuleChange[] =>
  before.flatMap(([what, now], at) => {
    const then = after[at]?.[1] ?? words.none
    return now === then ? [] : [{ what, now, then }]
  })

function fieldsOf(rules: Rules): Fields {
  const { rate, duplicates } = rules
  return [
    [say.holdFirst, number(rules.holdFirst)],
    [say.linksAfter, number(rules.links.newAuthors)],
    [say.rateComments, rate ? words.rate(rate.comments, rate.minutes) : words.empty],
    [say.mostLinks, number(rules.links.most)],
    [say.duplicateCopies, duplicates ? words.copies(duplicates.copies, duplicates.hours) : words.empty],
    [say.sample, number(rules.sample)],
    [say.hours.zone, rules.timeZone],
    [say.hours.title, hours(rules.schedules)],
    [say.hours.closeAfter, number(rules.closeAfterDays)],
    [say.olderThan, number(rules.olderThanDays)],
    [say.slowMode, number(rules.slowMode)],
    [say.readOnly, yes(rules.readOnly)],
    [say.retention.withdrawn, number(rules.retentionDays.withdrawn)],
    [say.retention.rejected, number(rules.retentionDays.rejected)],
    [words.rule, yes(rules.twoPeople)],
  ]
}

const fieldsOfArticle = (rule: ArticleRule): Fields => [
  [say.sensitive, yes(rule.sensitive)],
  [say.readOnly, yes(rule.readOnly)],
  [say.slowMode, number(rule.slowMode)],
  [say.hours.title, hours(rule.schedules)],
  [say.hours.closeAfterHere, number(rule.closeAfterDays)],
]

function diffArticles(now: RuleSet, then: RuleSet): RuleChange[] {
  const titles = new Map([...now.titles, ...then.titles].map(({ article, title }) => [article, title]))
  const before = new Map(now.rules.articles.map((one) => [one.article, one]))
  const after = new Map(then.rules.articles.map((one) => [one.article, one]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [one, other] = [before.get(id), after.get(id)]
    const title = words.article(titles.get(id) ?? id)
    const blank = {
      article: id,
      sensitive: false,
      readOnly: false,
      slowMode: 0,
      schedules: [],
      closeAfterDays: null,
    }
    const changes = diff(fieldsOfArticle(one ?? blank), fieldsOfArticle(other ?? blank))
    if (!one || !other)
      changes.unshift({ what: words.here, now: yes(one !== undefined), then: yes(other !== undefined) })
    return changes.map((change) => ({ ...change, what: `${title}: ${change.what}` }))
  })
}

const hours = (some: Schedule[]): string => (some.length === 0 ? words.none : some.map(hour).join('; '))

function hour({ when, slowMode }: Schedule): string {
  const then = say.hours.state(slowMode)
  if (!('days' in when)) return `${when.from.replace('T', ' ')} – ${when.until.replace('T', ' ')}: ${then}`
  const days = when.days.map((day) => say.hours.dayNames[day - 1]).join(', ')
  return `${days}, ${when.from} – ${when.until}: ${then}`
}

/** The lines of a list that are not in another one; empty ones say nothing. */
function linesBeyond(list: string[], other: string[]): string[] {
  const known = new Set(other)
  return [...new Set(list)].filter((line) => line.trim() !== '' && !known.has(line))
}
