import { fold } from './fold.ts'

/** A word of a text: folded, with the place it stands at. */
interface Word {
  folded: string
  from: number
  to: number
}

/** A word or phrase of a list, and how the text writes it. */
interface WordHit {
  word: string
  at: string
}

/**
 * The words and phrases of a list that stand in a text as whole words, whatever look-alike letters they are written
 * in and whatever stands between the words of a phrase. Each is given once, where it stands first.
 * @example wordHits('What a СRООK!', ['crook']) // [{ word: 'crook', at: 'СRООK' }]   (partly Cyrillic)
 */
export function wordHits(text: string, words: string[]): WordHit[] {
  const there = wordsOf(text)
  return [...new Set(words)].flatMap((word) => {
    const wanted = wordsOf(word).map(({ folded }) => folded)
    const first = there.findIndex((_, start) => wanted.every((one, i) => there[start + i]?.folded === one))
    const from = there[first]
    const to = there[first + wanted.length - 1]
    return from && to && wanted.length > 0 ? [{ word, at: text.slice(from.from, to.to) }] : []
  })
}

// Scripts that put no space between words. There each letter counts as a word, so that any run of them is found.
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u

function wordsOf(text: string): Word[] {
  const found: Word[] = []
  let current: Word | null = null
  // Letter by letter, each with its marks, so that a folded word is still known by its place.
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const all = fold(letter)
    // A soft hyphen or a zero-width space does not end a word.
    if (all === '') continue
    const folded = all.replace(/[^\p{L}\p{N}]/gu, '')
    const alone = folded !== '' && unspaced.test(letter)
    if (folded === '' || alone) current = null
    if (folded === '') continue
    if (!current) found.push((current = { folded: '', from: index, to: index }))
    current.folded += folded
    current.to = index + letter.length
    if (alone) current = null
  }
  return found
}
