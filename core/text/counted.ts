/** A text for each plural form of a language; `#` is where the number goes. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Puts a number into the form that goes with it; without forms, the number alone. */
export type Counted = (count: number, forms?: Forms) => string

/**
 * How a language counts.
 * @example counting('en')(1000, { one: '# comment', other: '# comments' }) // '1,000 comments'
 */
export function counting(language: string): Counted {
  const rules = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return (count, forms = { other: '#' }) =>
    (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count))
}
