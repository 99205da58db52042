/** A text for each plural form of a language; `#` is where the number goes. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Puts a number into the form that goes with it; without forms, the number alone. */
export type Counted = (count: number, forms?: Forms) => string

/**
 * How a language counts.
 * @example counting('en')(1000, { one: '# comment', other: '# comments' }) // '1,000 comments'
 */
export function counting(language: string): Counted {
  // Made when first asked for: browsers read a good deal of data for them.
  let rules: Intl.PluralRules | undefined
  let numbers: Intl.NumberFormat | undefined
  return (count, forms) => {
    // Up to here all our languages write a number alike.
    const written = count < 1000 ? String(count) : (numbers ??= new Intl.NumberFormat(language)).format(count)
    if (!forms) return written
    rules ??= new Intl.PluralRules(language)
    return (forms[rules.select(count)] ?? forms.other).replace('#', written)
  }
}
