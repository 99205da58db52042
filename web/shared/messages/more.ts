import { counting, type Counted } from '../../../core/text/counted.ts'
import { more, type MoreText } from './en/more.ts'

/** How to get the texts of the later parts in a language. */
export type MoreTexts = () => Promise<{ more: (counted: Counted) => MoreText }>

/** What the parts say that are fetched when they are asked for, in the language that was set before. */
export let moreText = more(counting('en'))

export function setMoreText(language: string, texts: (counted: Counted) => MoreText): void {
  moreText = texts(counting(language))
}
