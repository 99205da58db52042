import type { SiteSettings } from '../../../core/contract/sites.ts'
import { toOrigin } from '../../../core/sites/origin.ts'
import type { ApiProblem } from '../../shared/api.ts'
import { settingsText } from '../../shared/messages/settings.ts'
import { theirsUnder } from '../theirs.ts'

/** What of a site's settings is changed in fields. */
export type Stored = Pick<SiteSettings, 'version' | 'name' | 'origins' | 'takesGuests'>

/** The fields: origins are lines. */
export interface Draft {
  name: string
  origins: string
  takesGuests: boolean
}

/** Those that can be wrong. */
type Fields = Omit<Draft, 'takesGuests'>

export const toDraft = ({ name, origins, takesGuests }: Stored): Draft => ({
  name,
  origins: origins.join('\n'),
  takesGuests,
})

/** The lines that say something, each with its number. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line, nth) => ({ line: line.trim(), number: nth + 1 }))
    .filter(({ line }) => line !== '')

/** The origins in the field; what is none is left out, and found by {@link faultsIn}. */
export const originsIn = ({ origins }: Fields): string[] => [
  ...new Set(linesOf(origins).flatMap(({ line }) => toOrigin(line) ?? [])),
]

/** What is wrong with the fields, in words that say what to do. */
export function faultsIn(draft: Fields): string[] {
  const say = settingsText.site
  const wrong = linesOf(draft.origins).filter(({ line }) => toOrigin(line) === null)
  return [
    ...(draft.name.trim() === '' ? [say.nameMissing] : []),
    ...wrong.map(({ number, line }) => say.notOrigin(number, line)),
  ]
}

/** What saving the fields will do that is easily overlooked; empty where nothing is. */
export function warningIn(draft: Fields, now: Pick<Stored, 'origins'>, here: string): string {
  const say = settingsText.site
  const wanted = originsIn(draft)
  const left = now.origins.filter((origin) => !wanted.includes(origin))
  if (left.length === 0) return ''
  const says = wanted.length === 0 ? say.leavesAll : say.leaves(left)
  return left.includes(here) ? `${says} ${say.isHere}` : says
}

/** The settings as somebody else has changed them, where that is why ours were refused. */
export const theirsIn = (problem: ApiProblem['problem'] | null): Stored | null =>
  theirsUnder<Stored>(problem, 'settings', 'origins')
