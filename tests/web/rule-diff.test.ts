import { describe, expect, test } from 'vitest'
import type { ArticleRule, Rules, RuleSet } from '../../core/contract/rules.ts'
import { noRules } from '../../server/moderation/index.ts'
import { diffRules } from '../../web/console/rule-diff.ts'

const rules: Rules = { ...noRules, words: ['crook', 'idiot'], twoPeople: true }
const article: ArticleRule = {
  article: 'a1',
  sensitive: true,
  slowMode: 0,
  readOnly: false,
  schedules: [],
  closeAfterDays: null,
}
const set = (changes: Partial<Rules> = {}, titles: RuleSet['titles'] = []): RuleSet => ({
  version: 1,
  state: 'confirmed',
  rules: { ...rules, ...changes },
  by: null,
  at: null,
  waiting: null,
  titles,
})
const changes = (now: RuleSet, then: RuleSet) =>
  diffRules(now, then).changes.map((one) => [one.what, one.now, one.then])

describe('what a change of the rules comes to', () => {
  test('is nothing where nothing differs', () => {
    expect(diffRules(set(), set())).toEqual({ changes: [], added: [], removed: [] })
  })

  // One of each rule: what is not compared would be confirmed unseen.
  test.each<[keyof Rules, Partial<Rules>, string, string]>([
    ['holdFirst', { holdFirst: 3 }, '1', '3'],
    ['links', { links: { most: 0, newAuthors: 0 } }, 'empty', '0'],
    ['links', { links: { most: null, newAuthors: 2 } }, '0', '2'],
    ['rate', { rate: { comments: 5, minutes: 1 } }, 'empty', '5 in 1 minute'],
    ['olderThanDays', { olderThanDays: 30 }, 'empty', '30'],
    ['duplicates', { duplicates: { copies: 2, hours: 24 } }, 'empty', '2 in 24 hours'],
    ['sample', { sample: 10 }, '0', '10'],
    ['slowMode', { slowMode: 60 }, '0', '60'],
    ['readOnly', { readOnly: true }, 'no', 'yes'],
    ['timeZone', { timeZone: 'Asia/Tokyo' }, 'UTC', 'Asia/Tokyo'],
    ['closeAfterDays', { closeAfterDays: 7 }, 'empty', '7'],
    ['twoPeople', { twoPeople: false }, 'yes', 'no'],
    [
      'schedules',
      { schedules: [{ when: { days: [6, 7], from: '22:00', until: '07:00' }, slowMode: null }] },
      'none',
      'Saturday, Sunday, 22:00 – 07:00: closed',
    ],
    [
      'schedules',
      { schedules: [{ when: { from: '2026-12-24T18:00', until: '2026-12-27T08:00' }, slowMode: 60 }] },
      'none',
      '2026-12-24 18:00 – 2026-12-27 08:00: in slow mode (60 s)',
    ],
  ])('%s: %o', (_, change, now, then) => {
    expect(changes(set(), set(change)).map(([, ...values]) => values)).toEqual([[now, then]])
  })

  test('for one article, with its title, also where it comes or goes', () => {
    const titles = [{ article: 'a1', title: 'On margins' }]
    const now = set({ articles: [article] }, titles)
    expect(changes(now, set({ articles: [{ ...article, closeAfterDays: 3 }] }, titles))).toEqual([
      ['“On margins”: Days after which comments close here (empty: as on the site)', 'empty', '3'],
    ])
    expect(changes(set(), now)).toEqual([
      ['“On margins”: a rule of its own', 'no', 'yes'],
      ['“On margins”: Sensitive: all comments are held', 'no', 'yes'],
    ])
    expect(changes(now, set())[0]).toEqual(['“On margins”: a rule of its own', 'yes', 'no'])
  })

  test('in the words, line by line, whatever their order', () => {
    const then = set({ words: ['idiot', '', 'scoundrel', 'scoundrel'] })
    expect(diffRules(set(), then)).toMatchObject({ changes: [], added: ['scoundrel'], removed: ['crook'] })
  })
})
