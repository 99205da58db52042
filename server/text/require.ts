import { commentLimit } from '../../core/text/limits.ts'
import { fieldProblem } from '../http/problem.ts'

// Control characters other than tab and line ends: no keyboard types them, and terminals, mail and XML trip over them.
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/
// What may stand in a text and still shows nothing: spaces, format characters, lone marks, blank letters.
const invisible = /[\s\p{Cc}\p{Cf}\p{Mn}\p{Me}\u115f\u1160\u2800\u3164\uffa0]/gu

/**
 * Takes a comment as typed.
 * @returns it with composed letters (NFC) and plain line ends, otherwise unchanged
 * @throws ProblemError naming `body`, with what to do
 */
export function requireText(typed: string): string {
  if (typed.length > commentLimit) {
    throw fieldProblem(
      'body',
      `has ${typed.length} characters; ${commentLimit} is the most. Shorten it or post it in two.`,
    )
  }
  if (!typed.isWellFormed())
    throw fieldProblem('body', 'holds half a character (a lone surrogate). Type it anew.')
  if (control.test(typed))
    throw fieldProblem('body', 'holds a control character that no text needs. Remove it.')
  if (typed.replace(invisible, '') === '') throw fieldProblem('body', 'is empty. Write something first.')
  return typed.normalize('NFC').replace(/\r\n?/g, '\n')
}
