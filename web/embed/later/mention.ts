import type { Participant } from '../../../core/contract/threads.ts'

/** The beginning of a name that is being typed, and where its @ stands. */
export interface Begun {
  at: number
  name: string
}

/** As long as an account's name may be. */
const longestName = 80
const letter = /^[\p{L}\p{N}\p{M}_]/u
/** Writing that puts no spaces between words: there a name may follow a letter. */
const unspaced = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]$/u
/** What makes an @ part of a word or an address. */
const goesBefore = /[\p{L}\p{N}\p{M}_\-.+/@]$/u

/**
 * The name being typed at the caret, or null. Names have spaces, so it may reach over some; it ends where the caret is,
 * and is none while the caret stands inside a word.
 * @example mentionAt('Ask @ad', 7) // { at: 4, name: 'ad' }
 * @example mentionAt('a@b', 3) // null
 */
export function mentionAt(text: string, caret: number): Begun | null {
  if (letter.test(text.slice(caret))) return null
  const at = text.lastIndexOf('@', caret - 1)
  if (at < 0 || caret === 0) return null
  const before = text.slice(0, at)
  if (goesBefore.test(before) && !unspaced.test(before)) return null
  const name = text.slice(at + 1, caret)
  if (name === '' || /^\s|\n/.test(name) || name.length > longestName) return null
  return { at, name }
}

/**
 * A name as it is typed in a comment: what Markdown would read as marks is escaped.
 * @example mentionOf('Ada *the* one') // '@Ada \\*the\\* one'
 */
export const mentionOf = (name: string) => `@${name.replace(/[\\`*_[\]<]|:(?=\/\/)/g, '\\$&')}`

const folded = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').toLowerCase()

/**
 * Those of the people whose name begins so, without oneself. Two of one name are left out: an @ with it would name
 * neither.
 * @param me one's own id
 */
export function offerable(people: Participant[], { name }: Begun, me: string): Participant[] {
  return people.filter(
    (person) =>
      person.id !== me &&
      folded(person.name).startsWith(folded(name)) &&
      !people.some((other) => other.id !== person.id && folded(other.name) === folded(person.name)),
  )
}
