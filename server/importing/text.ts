import type { TextBlock } from '../../core/contract/text.ts'
import { commentLimit } from '../../core/text/limits.ts'
import { ProblemError } from '../http/problem.ts'
import { parse, requireText } from '../text/index.ts'
import { toMarkdown } from './markdown.ts'
import type { Spooled } from './spool.ts'

/** Leaves room for what composing (NFC) adds. */
const kept = commentLimit - 100

export interface ImportedText {
  source: string
  body: TextBlock[]
  /** What had to be changed or is wrong, as the rest of a sentence; null: nothing. */
  wrong: string | null
}

/**
 * A comment's text, read as one that is typed is. What is too long is shortened; of a deleted one there may be nothing.
 * @returns null where there is nothing to import, with the reason
 */
export function textOf({
  text,
  markup,
  state,
}: Pick<Spooled, 'text' | 'markup' | 'state'>): ImportedText | { reason: string } {
  const whole = text.replaceAll('\0', '').toWellFormed()
  const typed = (markup === 'html' ? toMarkdown(whole) : whole.trim()).normalize('NFC')
  const isLong = typed.length > commentLimit
  const source = isLong ? `${typed.slice(0, kept).toWellFormed()}…` : typed
  try {
    const clean = requireText(source)
    const wrong = isLong ? `is longer than ${commentLimit} characters: shortened to that` : null
    return { source: clean, body: parse(clean), wrong }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (state === 'deleted') return { source: '', body: [], wrong: null }
    return { reason: `cannot be kept: ${error.message}` }
  }
}
