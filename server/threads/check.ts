import type { Signal } from '../../core/contract/signal.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { examine, knownOf, type Sketch } from '../moderation/index.ts'
import type { Actor } from '../people/index.ts'
import { may } from '../permissions.ts'
import type { Site } from '../sites/index.ts'
import { countLinks, parse, requireText, toPlainText } from '../text/index.ts'
import { nameParticipants, type At } from './participants.ts'

/** What somebody wrote, as it came. */
export interface Written {
  body: string
  language?: string
}

/** A text that may be written, with the state it enters in. */
export interface CheckedText {
  text: { source: string; body: TextBlock[]; state: 'HELD' | 'LIVE'; signals: Signal[] }
  /** To be kept with it, so that copies are found; null where there is nothing to keep. */
  sketch: Sketch | null
  /** Whether it appears without a look and was picked to be looked at later. */
  sampled: boolean
}

/**
 * How a text will look, checked and parsed as for a post. Nothing is kept.
 * @param articleId where it is for; without one, it names nobody
 * @throws ProblemError `invalid-field` naming `body`
 */
export async function preview(
  db: Database,
  site: Site,
  source: string,
  articleId: string | null,
): Promise<TextBlock[]> {
  const at = articleId === null ? null : { article: articleId }
  return await nameParticipants(db, site, at, parse(requireText(source)))
}

/**
 * Checks and parses a text, finds whom it names, and holds it against the author's standing, the site's rules, and
 * whether the passage is in the article as the server knows it.
 * @param passageFound true also where there is none, or nothing to look for it in
 * @throws ProblemError `invalid-field` naming `body`; `not-allowed`, `closed`, `too-soon`
 */
export async function check(
  db: Database,
  site: Site,
  actor: Actor,
  source: string,
  at: At,
  passageFound = true,
): Promise<CheckedText> {
  const text = requireText(source)
  const body = await nameParticipants(db, site, at, parse(text))
  if (!may.write(actor, site))
    throw new ProblemError(
      'not-allowed',
      'Guests are no longer taken on this site. Your text is kept; sign in with an account, then post.',
    )
  const trusted = may.postUnscreened(actor)
  const known = await knownOf(db, site.id, actor.id)
  const standing = trusted ? null : known.standing
  if (standing?.isBanned)
    throw new ProblemError(
      'not-allowed',
      'You can no longer write here: a moderator of this site has decided so.',
    )
  if (standing?.isWarned)
    throw new ProblemError(
      'not-allowed',
      'A moderator has warned you. Say that you have read it, then post. Your text is kept.',
    )
  const { hold, signals, sketch, sampled } = await examine(db, {
    siteId: site.id,
    author: {
      id: actor.id,
      trusted,
      isGuest: actor.role === 'guest',
      timedOutUntil: standing?.timedOutUntil ?? null,
    },
    known,
    at,
    text: toPlainText(body),
    links: countLinks(body),
    passageFound,
  })
  const state = hold ? 'HELD' : 'LIVE'
  return { text: { source: text, body, state, signals }, sketch, sampled: sampled && state === 'LIVE' }
}
