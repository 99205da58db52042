import unhomoglyph from 'unhomoglyph'
import { readingsOf } from '../moderation/index.ts'

/**
 * Whether readers could take one name for the other: in look-alike letters of other scripts, with other case, marks, spaces or
 * signs, or with digits for letters. Unlike in texts (`fold`), letters of ASCII are held against each other too, as Unicode Technical
 * Standard #39 has it: a capital I is taken for an l in a name.
 * @example isLike('ОIu', 'Olu') // true   (a Cyrillic letter, and a capital I)
 */
export function isLike(name: string, other: string): boolean {
  const forms = formsOf(other)
  return formsOf(name).some((form) => forms.includes(form))
}

/** A name as it may be read; the same form means that it is read as the same. */
const formsOf = (name: string): string[] =>
  [name, ...[name, name.toLowerCase()].map((one) => unhomoglyph(one.normalize('NFKC')))]
    .flatMap((one) => readingsOf(one))
    .map((words) => words.map(({ folded }) => folded).join(''))
    .filter((form) => form !== '')
