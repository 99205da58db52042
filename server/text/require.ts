import { commentLimit, nestingLimit } from '../../core/text/limits.ts'
import { fieldProblem } from '../http/problem.ts'
import { nesting } from './markdown.ts'

// What may stand in a text and still shows nothing: spaces, control and format characters, blank letters.
const invisible = /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu
const lineEnd = /\r\n|[\r\v\f]/g
// eslint-disable-next-line no-control-regex
const control = /[\x01-\x08\x0e-\x1f\x7f]/g

/**
 * Takes a comment as typed. Control characters are dropped, not refused: they come with text pasted from terminals
 * and PDF, the writer can neither see nor find them, and feeds (XML) may not hold them. NUL alone is refused: no
 * paste brings it, and PostgreSQL stores no text with it.
 * @returns it with composed letters (NFC), plain line ends and no control characters, otherwise unchanged
 * @throws ProblemError `invalid-field` naming `body`, with what to do
 * @example requireText('Cafe\u0301\r\n') // 'Café\n'
 */
export function requireText(typed: string): string {
  // First of all, so that nothing below works on a megabyte.
  requireLength(typed)
  if (!typed.isWellFormed()) throw body('holds half a character (a lone surrogate). Type it anew.')
  if (typed.includes('\0')) throw body('holds a NUL character. Remove it.')
  if (typed.replace(invisible, '') === '') throw body('is empty. Write something first.')
  const text = typed.normalize('NFC').replace(lineEnd, '\n').replace(control, '')
  // A few signs grow when composed.
  requireLength(text)
  if (nesting(text) > nestingLimit)
    throw body(`nests quotes or lists deeper than ${nestingLimit}. Make it flatter.`)
  return text
}

function requireLength({ length }: string): void {
  if (length > commentLimit)
    throw body(`has ${length} characters; ${commentLimit} is the most. Shorten it or post it in two.`)
}

const body = (detail: string) => fieldProblem('body', detail)
