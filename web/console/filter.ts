import type { CaseFilter, Standing } from '../../core/contract/bulk.ts'
import type { CaseView, QueueName } from '../../core/contract/moderation.ts'
import type { Signal } from '../../core/contract/signal.ts'
import { consoleText as say } from '../shared/messages/console.ts'
import { queueNames } from './choice.ts'

/** A queue, and what of it. */
export interface Wanted {
  queue: QueueName
  filter: CaseFilter
}

export const signals = Object.keys(say.filter.signals) as Signal['kind'][]
export const standings = Object.keys(say.filter.standings) as Standing[]
/** Hours of waiting that can be asked for. */
export const spans = [1, 6, 24, 72, 168]

export const isFiltered = (filter: CaseFilter): boolean => Object.keys(filter).length > 0

/** A filter with one part set, or taken away where there is nothing to set. */
export function withPart<K extends keyof CaseFilter>(
  filter: CaseFilter,
  part: K,
  value: CaseFilter[K] | null,
): CaseFilter {
  const changed = { ...filter }
  if (value === null || value === '') Reflect.deleteProperty(changed, part)
  else Object.assign(changed, { [part]: value })
  return changed
}

/** What an address asks for; what it says that is none of ours is left out. */
export function wantedIn(search: URLSearchParams): Wanted {
  const text = (name: string) => search.get(name) ?? undefined
  const signal = signals.find((one) => one === search.get('signal'))
  const standing = standings.find((one) => one === search.get('standing'))
  const waiting = Number(search.get('waiting'))
  const raid = Number(search.get('raid'))
  const [article, author] = ['article', 'author'].map(text)
  const [section, language] = ['section', 'language'].map(text)
  return {
    queue: queueNames.find((name) => name === search.get('queue')) ?? 'all',
    filter: {
      ...(article !== undefined && { article }),
      ...(author !== undefined && { author }),
      ...(section !== undefined && { section }),
      ...(language !== undefined && { language }),
      ...(signal && { signal }),
      ...(standing && { standing }),
      ...(Number.isInteger(waiting) && waiting > 0 && { waiting }),
      ...(Number.isSafeInteger(raid) && raid > 0 && { raid }),
    },
  }
}

const parts = ['article', 'section', 'author', 'standing', 'signal', 'language', 'waiting', 'raid'] as const

/** An address that asks for a queue and filter; the rest of it stays. */
export function withWanted(search: URLSearchParams, { queue, filter }: Wanted): URLSearchParams {
  const asked = new URLSearchParams(search)
  for (const name of ['queue', ...parts]) asked.delete(name)
  if (queue !== 'all') asked.set('queue', queue)
  for (const part of parts) {
    const value = filter[part]
    if (value !== undefined) asked.set(part, String(value))
  }
  return asked
}

/** Whether two are the same queue and filter, in whatever order their parts stand. */
export const isSame = (one: Wanted, other: Wanted): boolean =>
  withWanted(new URLSearchParams(), one).toString() === withWanted(new URLSearchParams(), other).toString()

/** A queue and filter in words. */
export const inWords = ({ queue, filter }: Wanted, found: CaseView | null): string =>
  [say.queueName[queue], ...chipsOf(filter, found ?? undefined).map(([, words]) => words)].join(' · ')

/** Each part of a filter in words; names are those of a case that it found, since all it finds share them. */
export function chipsOf(filter: CaseFilter, found: CaseView | undefined): [keyof CaseFilter, string][] {
  const { chips, signals: causes, standings: records } = say.filter
  return parts.flatMap((part): [keyof CaseFilter, string][] => {
    if (filter[part] === undefined) return []
    return [[part, wordsOf(part)]]
  })

  function wordsOf(part: keyof CaseFilter): string {
    switch (part) {
      case 'article':
        return chips.article(found?.article.title ?? null)
      case 'author':
        return chips.author(found?.comment.author.name ?? null)
      case 'raid':
        return chips.raid()
      case 'section':
        return chips.section(filter.section ?? '')
      case 'language':
        return chips.language(filter.language ?? '')
      case 'waiting':
        return chips.waiting(filter.waiting ?? 0)
      case 'signal':
        return filter.signal ? causes[filter.signal] : ''
      case 'standing':
        return filter.standing ? records[filter.standing] : ''
    }
  }
}
