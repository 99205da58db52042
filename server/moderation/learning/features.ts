import type { Signal } from '../../../core/contract/signal.ts'
import { fold } from '../screen/fold.ts'

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
  /** Its words, each once, with a hash of theirs and their stretches of the slots. */
  words: { word: string; hash: number; from: number; to: number }[]
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
  for (const word of wordsOf(text)) {
    const hash = hashOf(word)
    if (before !== null) scratch[filled++] = toSlot(hashOf(word, hashOf(' ', before)))
    before = hash
    // Thirty bits, which the engine keeps as a small integer.
    const known = hash & 0x3fffffff
    if (seen.has(known)) continue
    seen.add(known)
    const from = filled
    scratch[filled++] = toSlot(hash)
    filled = addPieces(filled, word)
    words.push({ word, hash, from, to: filled })
  }
  return { slots: scratch.slice(0, filled), words }
}

/**
 * What a model is told beside the text: the other causes to look at a comment. Its own guess is not among them, nor what is
 * only known once it was judged.
 */
export const factsOf = (signals: readonly Signal[]): string[] =>
  signals.map(({ kind }) => kind).filter((kind) => kind !== 'learned' && kind !== 'rejected_before')

// Where scripts put no space between words, each letter counts as one, and the pairs are what tells most.
const allWords =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]|[[\p{L}\p{N}\p{M}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]+/gv
const asciiWords = /[a-z0-9]+/g

function wordsOf(text: string): string[] {
  const isLong = text.length > readLength
  const read = isLong ? `${text.slice(0, headLength)} ${text.slice(headLength - readLength)}` : text
  // One letter may become many when it is folded.
  const folded = fold(read).slice(0, readLength + 1)
  const found = folded.match(/^[\0-\x7f]*$/.test(folded) ? asciiWords : allWords) ?? []
  return found.map((word) => (word.length > wordLength ? word.slice(0, wordLength) : word))
}

// FNV-1a over UTF-16 units.
const basis = 0x811c9dc5
const prime = 0x01000193
const wordEnd = 0x20

/** A name as 32 bits. @param start what the hash goes on from */
export function hashOf(name: string, start = basis): number {
  let hash = start
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), prime)
  return hash
}

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
    let hash = basis
    const last = Math.min(from + longest, length)
    for (let at = from; at < last; at += 1) {
      const unit = at === 0 || at > word.length ? wordEnd : word.charCodeAt(at - 1)
      hash = Math.imul(hash ^ unit, prime)
      if (at - from + 1 >= shortest) scratch[next++] = toSlot(hash)
    }
  }
  return next
}

/** Mixes a hash (the end of MurmurHash3), since FNV's high bits are weak, and cuts it to a slot and a sign. */
function toSlot(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) & (2 * slotCount - 1)
}
