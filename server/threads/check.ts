import { locate } from '../../core/anchoring/index.ts'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import { blockTexts } from '../articles/index.ts'
import type { Database } from '../database/connect.ts'
import { screen } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { parse, requireText, toPlainText } from '../text/index.ts'

/** A text that may be written, with the state it enters in. */
export interface CheckedText {
  source: string
  body: TextBlock[]
  state: 'HELD' | 'LIVE'
  signals: Signal[]
}

/**
 * Checks and parses a text, and screens it: by the author's standing, the site's words, and whether the passage
 * is in the article as the server knows it.
 * @param passage of a thread to be opened
 * @throws ProblemError `invalid-field` naming `body`
 */
export async function check(
  db: Database,
  site: Site,
  actor: Actor,
  source: string,
  passage: { articleId: string; anchor: Anchor | null } | null,
): Promise<CheckedText> {
  const text = requireText(source)
  const body = parse(text)
  const trusted = may.postUnscreened(actor)
  const { hold, signals } = screen({
    text: toPlainText(body),
    words: site.settings.words,
    author: { trusted, shownComments: trusted ? 0 : await countShown(db, site, actor) },
    holdFirst: site.settings.holdFirst,
    passageFound: passage?.anchor ? await isInArticle(db, site, passage.articleId, passage.anchor) : true,
  })
  return { source: text, body, state: hold ? 'HELD' : 'LIVE', signals }
}

/** Counted only as far as the site asks. */
async function countShown(db: Database, site: Site, actor: Actor): Promise<number> {
  const rows = await db
    .selectFrom('comment')
    .select('id')
    .where('site_id', '=', site.id)
    .where('author_id', '=', actor.id)
    .where('shown_revision', 'is not', null)
    .limit(site.settings.holdFirst)
    .execute()
  return rows.length
}

/** What a visitor's page says is not trusted; where the server has no text of its own, it cannot tell. */
async function isInArticle(db: Database, site: Site, articleId: string, anchor: Anchor): Promise<boolean> {
  const texts = await blockTexts(db, site.id, articleId)
  return texts.length === 0 || locate(texts, anchor) !== null
}
