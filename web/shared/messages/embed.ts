import { counting, type Counted } from '../../../core/text/counted.ts'
import { embed, type EmbedText } from './en/embed.ts'

/** What the thread view says, in the language that was set before it was mounted. */
export let embedText = embed(counting('en'))

export function setEmbedText(language: string, texts: (counted: Counted) => EmbedText): void {
  embedText = texts(counting(language))
}
