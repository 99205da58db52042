/**
 * The language that a BCP 47 tag names, without script and region; empty where there is none.
 * @example primaryLanguage('de-AT') // 'de'
 */
export const primaryLanguage = (tag: string | null): string => tag?.trim().toLowerCase().split('-')[0] ?? ''
