import type { Anchor } from '../contract/anchor.ts'
import { passageAt, type Joined, type Passage } from './joined.ts'
import { isVisible } from './normalize.ts'

/** Where an anchor is now: how sure that is, from 0 to 1, and what it rests on. */
export interface Found extends Passage {
  confidence: number
  reason: 'same place' | 'same words' | 'similar words' | 'surroundings'
}

/** An article that grew or shrank by no more than this before the passage has it still in reach. */
const reach = 4000
/** So much context, to the letter, tells a place from another. */
const muchContext = 32

/**
 * The cheapest step of finding an anchor: the very letters, with those around them, where they were or near by. Of two
 * places, the nearer.
 * @returns null where it takes a closer look (`locate`)
 */
export function locateVerbatim(
  article: Joined,
  { quote: { prefix, exact, suffix }, position }: Pick<Anchor, 'quote' | 'position'>,
): Found | null {
  if (!isVisible(exact)) return null
  const { joined } = article
  const text = prefix + exact + suffix
  const at = position.start - prefix.length
  const found = (start: number, reason: Found['reason']): Found => {
    const from = start + prefix.length
    return { ...passageAt(article, from, from + exact.length), confidence: 1, reason }
  }
  const isTold = prefix + suffix !== '' || joined === exact
  if (isTold && at >= 0 && joined.startsWith(text, at)) return found(at, 'same place')
  if (prefix.length + suffix.length < muchContext) return null
  const first = Math.max(0, at - reach)
  const window = joined.slice(first, Math.max(0, at + reach) + text.length)
  const places = [window.lastIndexOf(text, at - first), window.indexOf(text, Math.max(0, at - first))]
  const distance = (place: number) => Math.abs(first + place - at)
  const [nearest] = places.filter((place) => place >= 0).sort((a, b) => distance(a) - distance(b))
  return nearest === undefined ? null : found(first + nearest, 'same words')
}
