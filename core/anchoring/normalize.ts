/** A text made comparable, with the way back to the real one. */
export interface Normalised {
  text: string
  /** For each UTF-16 unit of `text`, where it came from in the original; one more for the end. Never falls. */
  origin: Uint32Array
}

/** One unit of the result for each sign that typesetting puts in place of another. */
const folded = new Map<string, string>([
  ...pairs('‘’‚‛′‹›', "'"),
  ...pairs('“”„‟″«»', '"'),
  ...pairs('‐‑‒–—―−', '-'),
  ...Object.entries({ ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st', '…': '...' }),
])

function pairs(from: string, to: string): [string, string][] {
  return Array.from(from, (sign) => [sign, to])
}

// Nothing to see: soft hyphen, zero-width characters, direction marks, byte-order mark.
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/
const space = /\s/
// What composes with the letter before it: marks, and the vowels and finals of Hangul.
const mark = /[\p{M}\u1160-\u11ff]/u

const unseen = 0
const plain = 1
const blank = 2
const nothing = 3
const other = 4
const composing = 5
/** What each UTF-16 unit is, found out when it is first met: an article has few different ones. */
const kinds = new Uint8Array(65_536)

function kindOf(unit: number): number {
  const known = kinds[unit] ?? unseen
  if (known !== unseen) return known
  if (unit < 0x80) return (kinds[unit] = unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) ? blank : plain)
  const character = String.fromCharCode(unit)
  let kind = plain
  // The byte-order mark counts as white space too, and is none.
  if (invisible.test(character)) kind = nothing
  else if (space.test(character)) kind = blank
  else if (mark.test(character)) kind = composing
  else if (folded.has(character) || character.normalize('NFC') !== character) kind = other
  kinds[unit] = kind
  return kind
}

/** A piece of the original may become three units (an ellipsis, a ligature; NFC of one character is as long at most). */
const growth = 3

/**
 * A letter and its marks have up to so many units. No language needs more (the stream-safe text of UAX #15 has 30
 * marks), and to put them in order takes time by the square.
 */
const longestLetter = 64

/**
 * Makes a text comparable: what typesetting, copying and re-encoding change without changing the words is made the
 * same. For matching only; `origin` leads back to the real text. Letters are compared composed (Unicode NFC, UAX #15).
 * @example normalise('a\u00a0 “b”').text // 'a "b"'
 */
export function normalise(original: string): Normalised {
  const { length } = original
  const units = new Uint16Array(length * growth)
  const origin = new Uint32Array(length * growth + 1)
  let size = 0
  let afterSpace = true
  for (let from = 0; from < length;) {
    const unit = original.charCodeAt(from)
    const kind = kindOf(unit)
    let to = from + 1
    if (kind === blank) {
      if (!afterSpace) {
        units[size] = 0x20
        origin[size++] = from
      }
      afterSpace = true
    } else if (kind !== nothing) {
      afterSpace = false
      if (unit < 0x80 && original.charCodeAt(to) < 0x80) {
        units[size] = unit
        origin[size++] = from
        from = to
        continue
      }
      if (isPair(original, from)) to += 1
      // A letter and its marks are one: composed together they compare equal, however they were written.
      const most = Math.min(length, from + longestLetter)
      while (to < most && composes(original, to)) to += isPair(original, to) ? 2 : 1
      if (kind === plain && to === from + 1) {
        units[size] = unit
        origin[size++] = from
      } else {
        const piece = original.slice(from, to)
        const put = folded.get(piece) ?? piece.normalize('NFC')
        for (let at = 0; at < put.length; at += 1) {
          units[size] = put.charCodeAt(at)
          origin[size++] = from
        }
      }
    }
    from = to
  }
  if (size > 0 && afterSpace) size -= 1
  origin[size] = length
  return { text: stringOf(units.subarray(0, size)), origin: origin.slice(0, size + 1) }
}

function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
}

function composes(text: string, at: number): boolean {
  return isPair(text, at) ? mark.test(text.slice(at, at + 2)) : kindOf(text.charCodeAt(at)) === composing
}

/** Units as a string, a part at a time: a call takes only so many arguments. */
function stringOf(units: Uint16Array): string {
  const step = 8192
  const fromUnits: (...units: number[]) => string = String.fromCharCode
  let text = ''
  for (let at = 0; at < units.length; at += step)
    text += String(Reflect.apply(fromUnits, undefined, units.subarray(at, at + step)))
  return text
}

/**
 * Where a stretch of the result ends in the original: after its last character, without what shows nothing after it.
 * @param to of a stretch that ends with a character, not with a space
 */
export function endOf({ origin }: Normalised, original: string, to: number): number {
  const last = origin[to - 1] ?? 0
  let end = origin[to] ?? original.length
  while (end > last + 1 && isEmpty(kindOf(original.charCodeAt(end - 1)))) end -= 1
  return end
}

const isEmpty = (kind: number) => kind === blank || kind === nothing

const visible = /[^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/

/** Whether there is anything to see in a text: otherwise nothing could be found by it. */
export const isVisible = (text: string): boolean => visible.test(text)
