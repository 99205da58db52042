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

/**
 * The words of a text, folded, whatever stands between them.
 * @example wordsOf('What a СRООK!').at(-1) // { folded: 'crook', from: 7, to: 12, alone: false }   (partly Cyrillic)
 */
export function wordsOf(text: string): Word[] {
  const found: Word[] = []
  let current: Word | null = null
  // Letter by letter, each with its marks, so that a folded word is still known by its place.
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const { isNothing, folded, alone } = read(letter)
    // A soft hyphen or a zero-width space does not end a word.
    if (isNothing) continue
    if (folded === '' || alone) current = null
    if (folded === '') continue
    if (!current) found.push((current = { folded: '', from: index, to: index, alone }))
    current.folded += folded
    current.to = index + letter.length
    if (alone) current = null
  }
  return found
}

interface Letter {
  isNothing: boolean
  folded: string
  alone: boolean
}

/** Texts have few different letters, and folding one takes some microseconds. */
const letters = new Map<string, Letter>()
const mostLetters = 20_000

function read(letter: string): Letter {
  const known = letters.get(letter)
  if (known) return known
  const all = fold(letter)
  const folded = all.replace(/[^\p{L}\p{N}\p{Extended_Pictographic}\p{RI}]/gu, '')
  const made = { isNothing: all === '', folded, alone: folded !== '' && standAlone.test(letter) }
  // What is piled up with marks is not kept: there is no end of it.
  if (letter.length <= 4) {
    if (letters.size >= mostLetters) letters.clear()
    letters.set(letter, made)
  }
  return made
}
