import { counting, type Counted } from '../../../core/text/counted.ts'
import { marks, type MarksText } from './en/marks.ts'

/** What the marks say, in the language that was set before they were drawn. */
export let marksText = marks(counting('en'))

export function setMarksText(language: string, texts: (counted: Counted) => MarksText): void {
  marksText = texts(counting(language))
}
