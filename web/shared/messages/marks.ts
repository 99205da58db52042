import { counting, type Counted } from '../../../core/text/counted.ts'
import { marks, type MarksText } from './en/marks.ts'

/** What the marks say, in the language that was set before they were drawn. */
export const marksText = marks(counting('en'))

/** @param texts in that language; English without them */
export function setMarksText(language: string, texts: (counted: Counted) => MarksText = marks): void {
  Object.assign(marksText, texts(counting(language)))
}
