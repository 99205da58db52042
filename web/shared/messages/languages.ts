import type { Counted } from '../../../core/text/counted.ts'
import { primaryLanguage } from '../../../core/text/language.ts'
import type { EmbedText } from './en/embed.ts'
import type { MarksText } from './en/marks.ts'
import { setMarksText } from './marks.ts'
import type { MoreTexts } from './more.ts'

/** What a language's first chunk brings: the texts of the marks, and how to get those of the thread view. */
interface Chunk {
  marks: (counted: Counted) => MarksText
  embed: () => Promise<{ embed: (counted: Counted) => EmbedText; more: MoreTexts }>
}

/** Of the thread view in English, which is there for where another language does not come, too. */
export const english: Chunk['embed'] = () => import('./en/embed.ts')

/** All languages but English, which is built in. */
const chunks = {
  ar: () => import('./ar/marks.ts'),
  de: () => import('./de/marks.ts'),
  es: () => import('./es/marks.ts'),
  fr: () => import('./fr/marks.ts'),
  ja: () => import('./ja/marks.ts'),
  kk: () => import('./kk/marks.ts'),
  ru: () => import('./ru/marks.ts'),
} satisfies Record<string, () => Promise<Chunk>>

/**
 * The language of ours for a page's.
 * @param tag a BCP 47 tag, as in the attribute `lang`
 * @example languageFor('de-AT') // 'de'
 */
export function languageFor(tag: string | null): 'en' | keyof typeof chunks {
  const primary = primaryLanguage(tag)
  return Object.hasOwn(chunks, primary) ? (primary as keyof typeof chunks) : 'en'
}

/**
 * Makes the marks speak a page's language, or English where we do not have it or the network lets us down.
 * @returns how to get the thread view's texts
 */
export async function speak(tag: string | null): Promise<Chunk['embed']> {
  const language = languageFor(tag)
  const chunk = language === 'en' ? null : await chunks[language]().catch(() => null)
  setMarksText(chunk ? language : 'en', chunk?.marks)
  return chunk?.embed ?? english
}
