import unhomoglyph from 'unhomoglyph'
import type { Signal } from '../../../core/contract/signal.ts'

/** What is known when a comment is screened. */
interface Screened {
  text: string
  words: string[]
  author: { shownComments: number; trusted: boolean }
  /** How many shown comments an account needs before its comments appear without a look. */
  holdFirst: number
  passageFound: boolean
}

/**
 * Whether a comment waits for a moderator, and every cause. Signals hold; none of them rejects. What moderators and
 * publishers write themselves is never held.
 */
export function screen(given: Screened): { hold: boolean; signals: Signal[] } {
  if (given.author.trusted) return { hold: false, signals: [] }
  const signals: Signal[] = wordHits(given.text, given.words).map((word) => ({
    kind: 'word_list',
    detail: word,
  }))
  if (given.author.shownComments < given.holdFirst) {
    signals.push({ kind: 'new_author', detail: String(given.author.shownComments) })
  }
  if (!given.passageFound) signals.push({ kind: 'passage_unknown', detail: '' })
  return { hold: signals.length > 0, signals }
}

/**
 * The words and phrases of a list that a text holds, as whole words, whatever look-alike letters they are written in.
 * @example wordHits('What a СRООK!', ['crook']) // ['crook']   (the letters are partly Cyrillic)
 */
export function wordHits(text: string, words: string[]): string[] {
  const folded = ` ${wordsOf(text)} `
  return words.filter((word) => {
    const wanted = wordsOf(word)
    return wanted !== '' && folded.includes(` ${wanted} `)
  })
}

const wordsOf = (text: string) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')

/**
 * A text with all that only changes its looks taken away: compatibility forms (NFKC), format characters, marks, case,
 * and letters that are taken for others (Unicode Technical Standard #39, confusables).
 */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{Cf}\p{Mn}]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
  return unhomoglyph(plain).toLowerCase()
}
