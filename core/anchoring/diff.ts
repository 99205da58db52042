import { matchWords } from './match-words.ts'
import { wordsOf, type Vocabulary, type Words } from './words.ts'

/** A piece of two texts: in both, only in the old one, or only in the new one. */
export interface Piece {
  kind: 'same' | 'out' | 'in'
  text: string
}

/** A word that says less than this, alone between two changes, is read as part of them. */
const little = 2.1

/**
 * How a wording changed, word by word, for people to read: a few whole changes rather than many small ones, after the
 * "semantic clean-up" of N. Fraser, "Diff Strategies", 2006.
 * @example diffWords('It leaves at seven.', 'It leaves at half past six.')
 *   // [{ kind: 'same', text: 'It leaves at ' }, { kind: 'out', text: 'seven' }, { kind: 'in', text: 'half past six' }, …]
 */
export function diffWords(before: string, after: string): Piece[] {
  const vocabulary: Vocabulary = new Map()
  const [a, b] = [wordsOf(before, vocabulary), wordsOf(after, vocabulary)]
  const map = new Int32Array(a.count)
  const { ids, weights, breaks } = a
  const runs = { a: ids, b: b.ids, weights, breaks, aFrom: 0, aTo: a.count, bFrom: 0, bTo: b.count }
  matchWords(runs, 'fixed', map)
  const isSame = (at: number) => b.ids[map[at] ?? -1] === ids[at]
  const stays = ids.map((_, at) => Number(isSame(at)))
  for (let at = 0; at < a.count; at += 1) {
    const alone = stays[at] === 1 && !stays[at - 1] && !stays[at + 1] && at > 0 && at < a.count - 1
    if (alone && (weights[at] ?? 0) < little) stays[at] = 0
  }
  return piecesOf(before, a, after, b, (at) => (stays[at] ? (map[at] ?? -1) : -1))
}

function piecesOf(
  before: string,
  a: Words,
  after: string,
  b: Words,
  placeOf: (at: number) => number,
): Piece[] {
  const pieces: Piece[] = []
  const say = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1)
    if (text === '') return
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let next = 0
  for (let at = 0; at < a.count;) {
    let end = at
    while (end < a.count && placeOf(end) < 0) end += 1
    const place = end < a.count ? placeOf(end) : b.count
    say('out', textOf(before, a, at, end))
    say('in', textOf(after, b, next, place))
    if (end < a.count) say('same', textOf(after, b, place, place + 1))
    next = place + 1
    at = end + 1
  }
  say('in', textOf(after, b, next, b.count))
  return pieces
}

/** Words as they are written, with the space after each. */
function textOf(text: string, { normal, from }: Words, first: number, end: number): string {
  if (first >= end) return ''
  const startOf = (at: number) => (at < from.length ? (normal.origin[from[at] ?? 0] ?? 0) : text.length)
  return text.slice(first === 0 ? 0 : startOf(first), startOf(end))
}
