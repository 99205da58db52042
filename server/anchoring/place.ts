import {
  describe,
  isVisible,
  locate,
  prepare,
  sameWords,
  type Found,
  type Passage,
  type Prepared,
} from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { PlacementStatus } from '../../core/contract/placement.ts'
import { blockTexts, revisionsOf } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { fieldProblem } from '../http/problem.ts'

/** Where a thread's passage is in one revision. */
export interface Placed {
  status: PlacementStatus
  anchor: Anchor | null
  section: number
  confidence: number
  reason: string
}

/**
 * A passage that was found, as it is kept: described anew in the words of this revision, and compared with those the
 * thread was opened on.
 */
export function placed(
  article: Prepared,
  original: Anchor,
  passage: Passage,
  found: { hasMoved: boolean; confidence: number; reason: string },
): Placed {
  const anchor = describe(article, passage, original.block.whole)
  const status = !sameWords(anchor.quote.exact, original.quote.exact)
    ? 'edited'
    : found.hasMoved
      ? 'moved'
      : 'same'
  return { status, anchor, section: passage.block, confidence: found.confidence, reason: found.reason }
}

/** A passage that is not in this revision. */
export function orphaned(section: number, blocks: number, confidence: number): Placed {
  const last = Math.max(0, blocks - 1)
  return { status: 'orphaned', anchor: null, section: Math.min(section, last), confidence, reason: 'gone' }
}

/**
 * Refuses an anchor that could be nowhere.
 * @throws ProblemError `invalid-field` that says what to select instead
 */
export function requireAnchor({ quote, position }: Anchor): void {
  if (!isVisible(quote.exact))
    throw fieldProblem('anchor.quote.exact', 'has no words. Select some, or comment on the whole paragraph')
  if (position.end <= position.start)
    throw fieldProblem('anchor.position', 'ends before it begins. Select the words again')
}

/** Looks for a passage by its selectors alone: where there is no earlier revision to follow it from. */
export function placeBySelectors(article: Prepared, original: Anchor): Placed {
  const found: Found | null = locate(article, original)
  return found
    ? placed(article, original, found, { hasMoved: false, ...found })
    : orphaned(original.block.index, article.texts.length, 1)
}

/**
 * Where the passage of a thread that is about to be opened is in the text as the server knows it: what a reader's page
 * says of itself is not trusted.
 * @returns null where the server has not read the article
 */
export async function placeNew(
  db: Database,
  siteId: string,
  articleId: string,
  anchor: Anchor,
): Promise<(Placed & { revision: number }) | null> {
  const article = await revisionsOf(db, siteId, articleId)
  if (!article || article.revision === 0) return null
  const texts = await blockTexts(db, siteId, articleId, article.revision)
  return { ...placeBySelectors(prepare(texts), anchor), revision: article.revision }
}

/** Keeps the placement of a new thread with it. */
export async function keepPlacement(
  tx: Database,
  at: { siteId: string; articleId: string; threadId: string },
  { revision, anchor, ...rest }: Placed & { revision: number },
): Promise<void> {
  await tx
    .insertInto('placement')
    .values({
      site_id: at.siteId,
      article_id: at.articleId,
      thread_id: at.threadId,
      revision,
      anchor: anchor && JSON.stringify(anchor),
      ...rest,
    })
    .execute()
}
