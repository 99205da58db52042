import { breakCost } from './match-words.ts'
import { normalise, type Normalised } from './normalize.ts'

/**
 * A text as a list of words, the units in which passages are compared. A word is a run of letters, digits and marks, a
 * sign by itself, or, in scripts that put no space between words, one letter. White space is none: where a text is
 * wrapped, spaced or cut into blocks does not change its words.
 */
export interface Words {
  normal: Normalised
  count: number
  /** Each word's number in `vocabulary`. */
  ids: Int32Array
  /** Where each begins and ends, in units of `normal.text`. */
  from: Int32Array
  to: Int32Array
  /** How much each says: a long word more than a short one, a sign next to nothing. */
  weights: Float32Array
  vocabulary: Vocabulary
  /** For `matchWords`: what it costs to put something in before each word, and after the last. */
  breaks: Float32Array
}

/** The numbers of words, case folded. */
export type Vocabulary = Map<string, number>

const letter = /[\p{L}\p{N}\p{M}_]/u
// Scripts written without spaces, where each letter counts as a word.
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u
const mark = /\p{M}/u

const unseen = 0
const sign = 1
const inWord = 2
const alone = 3
const joins = 4
/** What each UTF-16 unit is to a word, found out when it is first met. */
const kinds = new Uint8Array(65_536)

const isAsciiWord = (unit: number) =>
  (unit >= 0x30 && unit <= 0x39) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  unit === 0x5f ||
  (unit >= 0x61 && unit <= 0x7a)

function kindOf(unit: number): number {
  const known = kinds[unit] ?? unseen
  if (known !== unseen) return known
  if (unit < 0x80) return (kinds[unit] = isAsciiWord(unit) ? inWord : sign)
  const character = String.fromCharCode(unit)
  let kind = sign
  if (mark.test(character)) kind = joins
  else if (unspaced.test(character)) kind = alone
  // Half of a character: letters beyond the first plane are taken as part of a word, as most of them are.
  else if (letter.test(character) || (unit & 0xf800) === 0xd800) kind = inWord
  kinds[unit] = kind
  return kind
}

const signWeight = 0.4
const aloneWeight = 2
const longest = 9
const weightOf = (length: number) => 0.6 + 0.45 * Math.min(length, longest)

/** The number of a word that is not in a closed vocabulary. It equals nothing, not even itself. */
export const unknown = -1

/**
 * Takes a text apart into words.
 * @param vocabulary where the words get their numbers; one of its own where none is given
 * @param closed whether the vocabulary is only read: other words are `unknown`
 */
export function wordsOf(text: string, vocabulary: Vocabulary = new Map(), closed = false): Words {
  const normal = normalise(text)
  const { length } = normal.text
  const ids = new Int32Array(length)
  const from = new Int32Array(length)
  const to = new Int32Array(length)
  const weights = new Float32Array(length)
  let count = 0
  for (let at = 0; at < length;) {
    const unit = normal.text.charCodeAt(at)
    let end = at + 1
    if (unit !== 0x20) {
      const kind = kindOf(unit)
      let weight = signWeight
      let written: string | undefined
      if (kind === inWord || kind === joins) {
        while (end < length && isInside(normal.text.charCodeAt(end))) end += 1
        weight = weightOf(end - at)
        written = normal.text.slice(at, end)
        const rest = end - at === 1 ? dropCapRest(text, normal, at) : end
        if (rest > end) {
          written += normal.text.slice(end + 1, rest)
          weight = weightOf(written.length)
          end = rest
        }
      } else if (kind === alone) {
        while (end < length && kindOf(normal.text.charCodeAt(end)) === joins) end += 1
        weight = aloneWeight
      } else while (end < length && normal.text.charCodeAt(end) === unit) end += 1
      ids[count] = numberOf(vocabulary, written ?? normal.text.slice(at, end), closed)
      from[count] = at
      to[count] = end
      weights[count] = weight
      count += 1
    }
    at = end
  }
  const words = {
    normal,
    count,
    ids: ids.slice(0, count),
    from: from.slice(0, count),
    to: to.slice(0, count),
    weights: weights.slice(0, count),
    vocabulary,
  }
  return { ...words, breaks: breaksOf(words, text) }
}

/** For `matchWords`: where a text is cut into sentences and blocks. */
function breaksOf({ count, from, to, normal }: Omit<Words, 'breaks'>, text: string): Float32Array {
  const breaks = new Float32Array(count + 1).fill(breakCost.word)
  for (let at = 1; at < count; at += 1) {
    const begin = from[at] ?? 0
    if ((to[at - 1] ?? 0) === begin) continue
    const last = normal.text.charAt(begin - 2)
    if (last === '.' || last === '!' || last === '?') breaks[at] = breakCost.sentence
    const gap = normal.origin[begin - 1] ?? 0
    if (text.slice(gap, normal.origin[begin]).includes('\n')) breaks[at] = breakCost.block
  }
  breaks[0] = breaks[count] = breakCost.block
  return breaks
}

function isInside(unit: number): boolean {
  const kind = kindOf(unit)
  return kind === inWord || kind === joins
}

/**
 * Where the word ends that a drop cap begins, one that stands as a block of its own before the rest of its word.
 * @param at the place of a word of one letter
 * @returns the same place's end where it is no drop cap
 */
function dropCapRest(text: string, { text: plain, origin }: Normalised, at: number): number {
  const cap = plain.charAt(at)
  const next = plain.charAt(at + 2)
  if (plain.charAt(at + 1) !== ' ' || next === next.toUpperCase() || cap === cap.toLowerCase()) return at + 1
  const breaks = (from: number, to: number) => text.slice(origin[from], origin[to]).includes('\n')
  if (!breaks(at, at + 2) || !(at === 0 || breaks(at - 1, at))) return at + 1
  let end = at + 3
  while (end < plain.length && isInside(plain.charCodeAt(end))) end += 1
  return end
}

/** A longer one is none, and only marks by the thousand would make its normalisation slow. */
const longestWord = 256

function numberOf(vocabulary: Vocabulary, written: string, closed: boolean): number {
  const known = vocabulary.get(written)
  if (known !== undefined) return known
  const folded = (written.length > longestWord ? written : written.normalize('NFKC')).toLowerCase()
  const seen = vocabulary.get(folded)
  if (closed) return seen ?? unknown
  const id = seen ?? vocabulary.size
  vocabulary.set(written, id)
  if (folded !== written) vocabulary.set(folded, id)
  return id
}

/**
 * Whether two texts are the same words, however they are set.
 * @example sameWords('“So it is”', '"so  it is"') // true
 */
export function sameWords(a: string, b: string): boolean {
  const vocabulary: Vocabulary = new Map()
  const [one, other] = [wordsOf(a, vocabulary), wordsOf(b, vocabulary)]
  return one.count === other.count && one.ids.every((id, at) => id === other.ids[at])
}
