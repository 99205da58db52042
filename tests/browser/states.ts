import { comments } from './states/comments.ts'
import type { Show } from './states/hands.ts'
import { onThePage } from './states/on-the-page.ts'
import { pages } from './states/pages.ts'
import { passages } from './states/passages.ts'
import { reader } from './states/reader.ts'
import { reading } from './states/reading.ts'
import { writing } from './states/writing.ts'

/** All states of the embed, and of the reader's other pages, by name. */
export const states: [name: string, show: Show][] = [
  onThePage,
  reading,
  passages,
  writing,
  comments,
  reader,
  pages,
].flatMap((part) => Object.entries(part))
