import { counting, type Counted } from '../../../core/text/counted.ts'
import type { EmbedText } from './en/embed.ts'

/** What the thread view says. Set before it is mounted: no language is built in, so nobody loads two. */
export let embedText: EmbedText

export function setEmbedText(texts: (counted: Counted) => EmbedText): void {
  const { language } = texts(String)
  embedText = texts(counting(language))
}
