/**
 * The language that a BCP 47 tag names, without script and region; empty where there is none.
 * @example primaryLanguage('de-AT') // 'de'
 */
export const primaryLanguage = (tag: string | null): string => tag?.trim().toLowerCase().split('-')[0] ?? ''

/**
 * A language tag (BCP 47) as it is written properly; null for what is none, or longer than any real one.
 * @example languageTag('PT-br') // 'pt-BR'
 * @example languageTag('en_US') // null
 */
export function languageTag(typed: string | null | undefined): string | null {
  if (!typed || typed.length > 35) return null
  try {
    const [tag] = Intl.getCanonicalLocales(typed)
    return tag !== undefined && tag.length <= 35 ? tag : null
  } catch {
    return null
  }
}
