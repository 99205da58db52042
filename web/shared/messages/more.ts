import type { Counted } from '../../../core/text/counted.ts'
import type { MoreText } from './en/more.ts'

/** How to get the texts of the later parts in a language. */
export type MoreTexts = () => Promise<{ more: (counted: Counted) => MoreText }>

/** What the parts say that are fetched when they are asked for. Set before the first of them is shown. */
export let moreText: MoreText

/** @param counting the loader's, as in `embed.ts` */
export function setMoreText(
  texts: (counted: Counted) => MoreText,
  counting: (language: string) => Counted,
): void {
  const { language } = texts(String)
  moreText = texts(counting(language))
}
