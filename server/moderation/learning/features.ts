import type { Signal } from '../../../core/contract/signal.ts'
import { fnvBasis, fnvPrime, hashOf, mix } from '../hash.ts'
import { wordsOf, type Word } from '../screen/words.ts'

/** How many weights a model has: a power of two, so that a mask cuts a hash to a slot. */
export const slotCount = 2 ** 16

/** Of a long comment, so many letters are read, the last quarter from its end; and so many of a word. */
const readLength = 2000
const headLength = 1500
const wordLength = 40

/** How long the pieces of a word are that count by themselves. */
const shortest = 3
const longest = 5

/** A comment as a model sees it. Each feature is a slot, shifted left by one, and its sign in the last bit. */
export interface Features {
  slots: Uint32Array
  /** Its words, each once: as it is written, a hash of how it is read, and its stretch of the slots. */
  words: { written: string; hash: number; from: number; to: number }[]
}

/**
 * The features of a comment: its folded words, pairs of neighbours, and of each word the pieces of three to five
 * letters, its ends among them. They are hashed into slots with a sign, so that what shares a slot cancels out on
 * average (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009). Each piece belongs to
 * one word, so what a word has to do with a verdict is a sum, and no dictionary is needed to name it.
 * @param facts what is known beside the text, such as `new_author`
 */
export function featuresOf(text: string, facts: readonly string[]): Features {
  const words: Features['words'] = []
  const seen = new Set<number>()
  let filled = 0
  for (const fact of facts) scratch[filled++] = toSlot(hashOf(fact, factStart))
  let before: number | null = null
  const { read, words: all } = readWords(text)
  for (const { folded, from: start, to: end } of all) {
    const word = folded.length > wordLength ? folded.slice(0, wordLength) : folded
    const hash = hashOf(word)
    if (before !== null) scratch[filled++] = toSlot(hashOf(word, hashOf(' ', before)))
    before = hash
    if (seen.has(hash)) continue
    seen.add(hash)
    const from = filled
    scratch[filled++] = toSlot(hash)
    filled = addPieces(filled, word)
    words.push({ written: read.slice(start, Math.min(end, start + wordLength)), hash, from, to: filled })
  }
  return { slots: scratch.slice(0, filled), words }
}

/**
 * What a model is told beside the text: the other causes to look at a comment. Its own guess is not among them, nor what is
 * only known once it was judged.
 */
export const factsOf = (signals: readonly Signal[]): string[] =>
  signals.map(({ kind }) => kind).filter((kind) => kind !== 'learned' && kind !== 'rejected_before')

/** The words of what is read of a text. */
function readWords(text: string): { read: string; words: Word[] } {
  const isLong = text.length > readLength
  const read = isLong ? `${text.slice(0, headLength)} ${text.slice(headLength - readLength)}` : text
  const words = wordsOf(read)
  // One letter may become many when it is folded.
  let room = readLength
  const last = words.findIndex(({ folded }) => (room -= Math.min(folded.length, wordLength)) < 0)
  return { read, words: last < 0 ? words : words.slice(0, last) }
}

const wordEnd = 0x20

const factStart = hashOf('fact ')

/** Room for the most slots a comment can have, three for a letter and some, filled and copied within one call. */
const scratch = new Uint32Array(4 * readLength)

/**
 * Hashes each piece in one walk from its first letter: a longer one goes on from the shorter one's hash.
 * @returns how far the scratch is filled
 */
function addPieces(filled: number, word: string): number {
  let next = filled
  const length = word.length + 2
  for (let from = 0; from + shortest <= length; from += 1) {
    let hash = fnvBasis
    const last = Math.min(from + longest, length)
    for (let at = from; at < last; at += 1) {
      const unit = at === 0 || at > word.length ? wordEnd : word.charCodeAt(at - 1)
      hash = Math.imul(hash ^ unit, fnvPrime)
      if (at - from + 1 >= shortest) scratch[next++] = toSlot(hash)
    }
  }
  return next
}

/** Cuts a hash to a slot and a sign; mixed before, since FNV's high bits are weak. */
const toSlot = (hash: number): number => mix(hash) & (2 * slotCount - 1)
