import { expect } from 'vitest'
import { counting, type Counted } from '../../core/text/counted.ts'

/** Numbers that take different plural forms in some language of ours. */
export const numbers = [0, 1, 2, 3, 5, 11, 21, 100, 1234, 1_000_000]

/** Whether a language says a number by the form of its words alone: Arabic does for none, one and two. */
const isWithoutDigits = (language: string, form: string) =>
  language === 'ar' && ['zero', 'one', 'two'].includes(form)

export const isInWords = (language: string, count: number): boolean =>
  isWithoutDigits(language, new Intl.PluralRules(language).select(count))

/** Counts as the language does, and looks at all forms it is given. */
export function strictly(language: string): Counted {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const counted = counting(language)
  return (count, forms) => {
    if (forms) expect(Object.keys(forms).sort()).toEqual([...categories].sort())
    for (const [form, text] of Object.entries(forms ?? {})) {
      expect(text).toMatch(/\S/)
      if (!isWithoutDigits(language, form)) expect(text).toContain('#')
    }
    return counted(count, forms)
  }
}
