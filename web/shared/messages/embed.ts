import type { Counted } from '../../../core/text/counted.ts'
import type { EmbedText } from './en/embed.ts'

/** What the thread view says. Set before it is mounted: no language is built in, so nobody loads two. */
export let embedText: EmbedText

/** @param counting the loader's: imported here too, it would be a file of its own that the loader waits for */
export function setEmbedText(
  texts: (counted: Counted) => EmbedText,
  counting: (language: string) => Counted,
): void {
  const { language } = texts(String)
  embedText = texts(counting(language))
}
