import { fold } from './fold.ts'

/** A word of a text: folded, with the place it stands at. */
export interface Word {
  folded: string
  from: number
  to: number
  /** A letter of a script without spaces, or a picture: a word by itself. */
  alone: boolean
}

// Scripts that put no space between words. There each letter counts as a word, so that any run of them is found; and
// pictures, which stand anywhere.
const standAlone =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{Extended_Pictographic}\p{RI}]/u

const letterAt = /\P{M}\p{M}*|\p{M}+/uy

/**
 * The words of a text, folded, whatever stands between them.
 * @example wordsOf('What a СRООK!').at(-1) // { folded: 'crook', from: 7, to: 12, alone: false }   (partly Cyrillic)
 */
export function wordsOf(text: string): Word[] {
  const found: Word[] = []
  let current: Word | null = null
  // Letter by letter, each with its marks, so that a folded word is still known by its place.
  for (let at = 0, end: number; at < text.length; at = end) {
    end = plainEnd(text, at)
    const isRun = end > at
    if (!isRun) end = letterEnd(text, at)
    const { isNothing, folded, alone } = isRun ? asPlain(text.slice(at, end)) : read(text, at, end)
    // A soft hyphen or a zero-width space does not end a word.
    if (isNothing) continue
    if (folded === '' || alone) current = null
    if (folded === '') continue
    if (!current) found.push((current = { folded: '', from: at, to: at, alone }))
    current.folded += folded
    current.to = end
    if (alone) current = null
  }
  return found
}

/** Up to where letters and digits of ASCII go on, which are taken in one; without the last one where a mark may follow. */
function plainEnd(text: string, from: number): number {
  let end = from
  while (isPlain(text.charCodeAt(end))) end++
  return end > from && text.charCodeAt(end) > 0x7f ? end - 1 : end
}

const isPlain = (unit: number) =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39)

/** Up to where a letter goes, with its marks. Most have none, which the next unit tells. */
function letterEnd(text: string, from: number): number {
  if (isAlone(text.charCodeAt(from)) && (from + 1 === text.length || isAlone(text.charCodeAt(from + 1))))
    return from + 1
  letterAt.lastIndex = from
  letterAt.test(text)
  return letterAt.lastIndex
}

/** What is known of units: 1 is neither a mark nor half of a letter, 2 is one of them; 0 where nobody has asked yet. */
const units = new Uint8Array(0x10000)

function isAlone(unit: number): boolean {
  if (units[unit] === 0) units[unit] = /[\p{M}\p{Cs}]/u.test(String.fromCharCode(unit)) ? 2 : 1
  return units[unit] === 1
}

interface Letter {
  isNothing: boolean
  folded: string
  alone: boolean
}

/** Of ASCII, only the case looks different. */
const asPlain = (letters: string): Letter => ({
  isNothing: false,
  folded: letters.toLowerCase(),
  alone: false,
})

/** Texts have few different letters, and folding one takes some microseconds: those of one unit, and longer ones. */
const ofUnits: (Letter | undefined)[] = []
const longer = new Map<string, Letter>()
const mostLonger = 20_000

function read(text: string, from: number, to: number): Letter {
  if (to - from === 1) return (ofUnits[text.charCodeAt(from)] ??= toLetter(text.charAt(from)))
  const letter = text.slice(from, to)
  const known = longer.get(letter)
  if (known) return known
  const made = toLetter(letter)
  // What is piled up with marks is not kept: there is no end of it.
  if (letter.length <= 4) {
    if (longer.size >= mostLonger) longer.clear()
    longer.set(letter, made)
  }
  return made
}

function toLetter(letter: string): Letter {
  const all = fold(letter)
  const folded = all.replace(/[^\p{L}\p{N}\p{Extended_Pictographic}\p{RI}]/gu, '')
  return { isNothing: all === '', folded, alone: folded !== '' && standAlone.test(letter) }
}
