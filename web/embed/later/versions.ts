import type { CommentRevision } from '../../../core/contract/threads.ts'
import { plainText } from '../../shared/plain-text.ts'

/** What a comment said at a time, with what it said before; null at first. */
export interface Version extends Pick<CommentRevision, 'number' | 'state' | 'language' | 'at'> {
  text: string
  before: string | null
}

/**
 * The versions of a comment as plain texts, each with the one before it.
 * @param revisions newest first
 * @param isAll without it there are older ones, and the last of these is kept back: it is not known what it changed
 */
export function versionsOf(revisions: CommentRevision[], isAll: boolean): Version[] {
  const texts = revisions.map(({ body }) => plainText(body))
  return revisions
    .map(({ number, state, language, at }, index) => ({
      ...{ number, state, language, at },
      text: texts[index] ?? '',
      before: texts[index + 1] ?? null,
    }))
    .slice(0, isAll ? revisions.length : -1)
}
