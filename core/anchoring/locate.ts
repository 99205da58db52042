import type { Anchor } from '../contract/anchor.ts'
import { fingerprint } from './fingerprint.ts'
import { normalise, type Normalised } from './normalize.ts'

/** A stretch of an article: from a unit in one block up to a unit in the same or a later one. */
export interface Passage {
  block: number
  start: number
  endBlock: number
  end: number
}

/** Where an anchor is now: how sure that is, from 0 to 1, and what it rests on. */
export interface Found extends Passage {
  confidence: number
  reason: 'block' | 'quote and context' | 'quote and position' | 'quote alone'
}

/** An article made ready for many anchors. */
export interface Prepared {
  texts: string[]
  joined: string
  normal: Normalised
  starts: number[]
  fingerprints: string[]
}

/** Below this an anchor is orphaned: a wrong place is worse than none. */
const threshold = 0.5
/** A quote that occurs more often than this says nothing about where. */
const mostOccurrences = 500
/** Fewer units than this occur by chance: such a quote needs context that agrees. */
const telling = 24

/** Does once what every anchor needs: give the result to `locate` for each of them. */
export function prepare(texts: string[]): Prepared {
  const joined = texts.join('\n')
  const starts: number[] = []
  let start = 0
  for (const text of texts) {
    starts.push(start)
    start += text.length + 1
  }
  return { texts, joined, normal: normalise(joined), starts, fingerprints: texts.map(fingerprint) }
}

/**
 * Finds an anchor in an article as it is now. For the present by its very words (normalised), judged by the context
 * around them; position only tells equals apart.
 * @returns null when it is not there, or in too many places to say which
 */
export function locate(article: Prepared | string[], anchor: Anchor): Found | null {
  const prepared = Array.isArray(article) ? prepare(article) : article
  return (anchor.block.whole ? locateBlock(prepared, anchor) : null) ?? locateQuote(prepared, anchor)
}

/** A block of the same words; among equals the one with the same neighbours, then the nearest. */
function locateBlock({ fingerprints, texts }: Prepared, { block }: Anchor): Found | null {
  const fits = (index: number) =>
    Number((fingerprints[index - 1] ?? '') === block.before) +
    Number((fingerprints[index + 1] ?? '') === block.after)
  const best = fingerprints
    .flatMap((name, index) => (name === block.fingerprint ? [index] : []))
    .sort((a, b) => fits(b) - fits(a) || Math.abs(a - block.index) - Math.abs(b - block.index))[0]
  const text = best === undefined ? undefined : texts[best]
  if (best === undefined || text === undefined) return null
  return { block: best, start: 0, endBlock: best, end: text.length, confidence: 1, reason: 'block' }
}

function locateQuote(prepared: Prepared, { quote, position }: Anchor): Found | null {
  const { text, origin } = prepared.normal
  const exact = normalise(quote.exact).text
  if (exact === '') return null
  const prefix = normalise(quote.prefix).text
  const suffix = normalise(quote.suffix).text
  const candidates: { at: number; context: number; distance: number }[] = []
  for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
    if (candidates.length === mostOccurrences) return null
    candidates.push({
      at,
      context: agreement(text, at, at + exact.length, prefix, suffix),
      distance: Math.abs((origin[at] ?? 0) - position.start),
    })
  }
  const [best, second] = candidates.sort((a, b) => b.context - a.context || a.distance - b.distance)
  if (!best) return null
  const alone = !second || second.context < best.context
  const confidence = sureness(best.context, exact.length, alone)
  if (confidence < threshold) return null
  const reason =
    best.context >= threshold ? (alone ? 'quote and context' : 'quote and position') : 'quote alone'
  return { ...passageAt(prepared, best.at, best.at + exact.length), confidence, reason }
}

/** How much of the context around a candidate is what it was, from 0 to 1. */
function agreement(text: string, start: number, end: number, prefix: string, suffix: string): number {
  const around = prefix.length + suffix.length
  if (around === 0) return 1
  const before = text.slice(Math.max(0, start - prefix.length - 1), start).trimEnd()
  const after = text.slice(end, end + suffix.length + 1).trimStart()
  let same = 0
  while (same < prefix.length && before[before.length - 1 - same] === prefix[prefix.length - 1 - same])
    same += 1
  const sameBefore = same
  while (same - sameBefore < suffix.length && after[same - sameBefore] === suffix[same - sameBefore])
    same += 1
  return same / around
}

function sureness(context: number, length: number, alone: boolean): number {
  const words = Math.min(1, length / telling)
  const sure = 0.6 * words + 0.4 * context + (1 - words) * 0.6 * context
  return alone ? sure : sure * 0.7
}

function passageAt({ joined, normal, starts }: Prepared, from: number, to: number): Passage {
  const start = normal.origin[from] ?? 0
  let end = normal.origin[to] ?? joined.length
  while (end > start && /\s/.test(joined.charAt(end - 1))) end -= 1
  const block = blockAt(starts, start)
  const endBlock = blockAt(starts, end - 1)
  return { block, start: start - (starts[block] ?? 0), endBlock, end: end - (starts[endBlock] ?? 0) }
}

function blockAt(starts: number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
