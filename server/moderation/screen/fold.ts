import unhomoglyph from 'unhomoglyph'

/**
 * A text without all that only changes its looks: compatibility forms, format characters, marks, case, and letters
 * that are taken for others. Two texts with the same fold are read as the same.
 *
 * After Unicode Technical Standard #39, section 4 (confusables), except that ASCII is left as it is: there the table
 * has "m" for "rn" and "1" for "l", which would take "burn" for "bum". S p a c e d letters and "l33t" are not undone
 * here, since that is a guess: `guesses.ts` makes it, as a second look.
 * @example fold('ＣＲООＫ') // 'crook'   (wide and Cyrillic letters)
 */
export function fold(text: string): string {
  const folded = bare(bare(text).replace(/[^\0-\x7f]+/g, unhomoglyph))
  // A look-alike may itself be a capital or marked letter; few texts need a third round.
  return folded === text ? folded : fold(folded)
}

function bare(text: string): string {
  return (
    text
      .normalize('NFKD')
      // The tatweel only makes an Arabic word longer.
      .replace(/[\p{Cf}\p{Mn}\u0640]/gu, '')
      .normalize('NFKC')
      // Up and down again, so that "ß" is "ss" and every sigma is one.
      .toUpperCase()
      .toLowerCase()
  )
}
