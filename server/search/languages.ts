import { primaryLanguage } from '../../core/text/language.ts'

/** The languages whose words PostgreSQL brings to their stem, by their tags (ISO 639-1): as version 15 has them. */
const configurations: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
}

/**
 * Which of the database's search configurations a text is read by, without the `postil_` before its name.
 * @param tag BCP 47; null where nobody knows
 * @example configurationOf('de-AT') // 'german'
 * @example configurationOf('ja') // 'simple': words as they stand
 */
export function configurationOf(tag: string | null): string {
  const language = primaryLanguage(tag)
  return Object.hasOwn(configurations, language) ? (configurations[language] ?? 'simple') : 'simple'
}
