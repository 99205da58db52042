import { comments } from './states/comments.ts'
import type { Show } from './states/hands.ts'
import { judging } from './states/judging.ts'
import { counting } from './states/numbers.ts'
import { onThePage } from './states/on-the-page.ts'
import { pages } from './states/pages.ts'
import { passages } from './states/passages.ts'
import { reader } from './states/reader.ts'
import { reading } from './states/reading.ts'
import { search } from './states/search.ts'
import { settings } from './states/settings.ts'
import { writing } from './states/writing.ts'

type State = [name: string, show: Show]

/** The states of the console, by name. */
export const consoleStates: State[] = [judging, settings, counting].flatMap((part) => Object.entries(part))

/** All states of the embed, of the reader's other pages and of the console, by name. */
export const states: State[] = [
  onThePage,
  reading,
  passages,
  search,
  writing,
  comments,
  reader,
  pages,
  judging,
  settings,
  counting,
].flatMap((part) => Object.entries(part))
