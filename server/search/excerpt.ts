import type { Segment } from '../../core/contract/search.ts'
import { isSign, wordsOf, type Word } from './words.ts'

/** UTF-16 units that are shown of a text, and so many of them before the first word that was found. */
const length = 280
const before = 80

/** What the database puts before a word that was found, and after it: no word has these. */
export const marks = { start: '<', stop: '>' }

/**
 * A piece of a text around the first word that was found in it.
 * @param text in one line
 * @param marked its words, joined and with marks on those that were found
 * @param typed what was looked for: the database marks signs also where they stand alone
 */
export function excerptOf(text: string, marked: string, typed: string): Segment[] {
  const words = wordsOf(text)
  const found = marked.split(' ')
  const signs = signsIn(words, typed)
  const hits = touching(
    words.filter((one, nth) => found[nth]?.includes(marks.start) && (!isSign(one) || signs.has(nth))),
  )
  const [from, to] = around(text, words, hits[0]?.start ?? 0)
  const segments: Segment[] = []
  let end = from
  const add = (until: number, hit: boolean) => {
    if (until > end) segments.push({ text: text.slice(end, until), hit })
    end = until
  }
  for (const one of hits) {
    if (one.end > to) break
    add(one.start, false)
    add(one.end, true)
  }
  add(to, false)
  const ellipsis = { text: '…', hit: false }
  return [...(from > 0 ? [ellipsis] : []), ...segments, ...(to < text.length ? [ellipsis] : [])]
}

/** Which words of a text are signs that stand together as they were typed. */
function signsIn(words: Word[], typed: string): Set<number> {
  const signs = wordsOf(typed.normalize('NFC')).filter(isSign)
  const runs = touching(signs).map(({ start, end }) =>
    signs.flatMap((one) => (one.start >= start && one.end <= end ? one.word : [])),
  )
  const isAt = (run: string[], from: number) => run.every((word, nth) => words[from + nth]?.word === word)
  return new Set(
    words.flatMap((_, from) =>
      runs.filter((run) => isAt(run, from)).flatMap((run) => run.map((_word, nth) => from + nth)),
    ),
  )
}

/** Words without a space between them as one. */
function touching(words: Word[]): { start: number; end: number }[] {
  const all: { start: number; end: number }[] = []
  for (const { start, end } of words) {
    const last = all.at(-1)
    if (last?.end === start) last.end = end
    else all.push({ start, end })
  }
  return all
}

/** Begins and ends with a word. */
function around(text: string, words: Word[], first: number): [from: number, to: number] {
  if (text.length <= length) return [0, text.length]
  const from = first <= before ? 0 : (words.find(({ start }) => start >= first - before)?.start ?? 0)
  if (text.length - from <= length) return [from, text.length]
  const end = words.findLast((word) => word.end <= from + length)?.end ?? 0
  return [from, end > first ? end : from + length]
}
