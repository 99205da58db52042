import type { ArticleMarks } from '../../core/contract/articles.ts'
import { stored } from '../shared/stored.ts'

/** Where this device notes that a post waits in the outbox. */
export const waitingKey = 'postil:waiting'

/** Where this device keeps what has been read of an article. */
export const readKey = (article: string): string => `postil:read:${article}`

/**
 * Whether the discussion is worth loading unasked: something written here waits to be sent, or somebody who has read
 * all that was said finds more, or less, on coming back.
 */
export function isAwaited({ article, marks }: ArticleMarks): boolean {
  if (stored(waitingKey)) return true
  const kept = article && stored(readKey(article.id))
  // Not parsed: what is kept of a long discussion is not for the page to wait for.
  return !!kept && !kept.endsWith(`"count":${marks.reduce((sum, { comments }) => sum + comments, 0)}}`)
}
