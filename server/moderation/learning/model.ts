import { slotCount, type Features } from './features.ts'

/** What a site's model has learnt, as it is kept: for each slot FTRL's z and its sum of squared gradients. */
export interface Model {
  z: Float32Array
  n: Float32Array
  /** How many comments it has learnt from that stood, and that fell. */
  stands: number
  falls: number
}

/** FTRL-Proximal's rate and its damping. Without its pulls to zero (λ1, λ2), which did no good on the bench. */
const alpha = 3
const beta = 1

/** A model that knows nothing. */
export const newModel = (): Model => ({
  z: new Float32Array(slotCount),
  n: new Float32Array(slotCount),
  stands: 0,
  falls: 0,
})

/** The weight of a slot. */
const weightAt = (z: number, n: number) => (-z * alpha) / (beta + Math.sqrt(n))

/** The weights of a model, to judge by: half of what is kept, and quicker to read. */
export function weightsOf({ z, n }: Model): Float32Array {
  return z.map((pull, slot) => weightAt(pull, n[slot] ?? 0))
}

/**
 * How likely a comment is to fall, by what was learnt: how often comments fall at all, so that a site that rejects one in
 * a hundred gets guesses about as low, and what its features say. They are scaled to one length, so that a long comment
 * does not say more than a short one.
 * @param weights as `weightsOf` gives them
 */
export function likelihood(weights: Float32Array, known: Counts, { slots }: Features): number {
  return toProbability(known, sumOf(weights, slots, 0, slots.length), slots)
}

/** What a stretch of a comment's slots adds to the log odds, before it is scaled. */
export function sumOf(weights: Float32Array, slots: Uint32Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at += 1) {
    const coded = slots[at] ?? 0
    const weight = weights[coded >>> 1] ?? 0
    sum += coded & 1 ? weight : -weight
  }
  return sum
}

type Counts = Pick<Model, 'stands' | 'falls'>

function toProbability({ stands, falls }: Counts, sum: number, slots: Uint32Array): number {
  const logOdds = Math.log((falls + 1) / (stands + 1)) + sum * scaleOf(slots)
  return 1 / (1 + Math.exp(-logOdds))
}

const scaleOf = (slots: Uint32Array) => 1 / Math.sqrt(Math.max(1, slots.length))

/**
 * Learns from one decision: a step of online logistic regression with a rate of its own for each slot, FTRL-Proximal
 * (McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013, algorithm 1).
 * @param fell whether the comment was rejected
 * @returns how likely the model held that before, which is what it is judged by
 */
export function learn(model: Model, { slots }: Features, fell: boolean): number {
  const { z, n } = model
  const weightOf = (slot: number) => weightAt(z[slot] ?? 0, n[slot] ?? 0)
  let total = 0
  for (const coded of slots) total += coded & 1 ? weightOf(coded >>> 1) : -weightOf(coded >>> 1)
  const before = toProbability(model, total, slots)
  const error = (before - Number(fell)) * scaleOf(slots)
  for (const coded of slots) {
    const slot = coded >>> 1
    const gradient = coded & 1 ? error : -error
    const squares = n[slot] ?? 0
    const grown = squares + gradient * gradient
    const rate = (Math.sqrt(grown) - Math.sqrt(squares)) / alpha
    z[slot] = (z[slot] ?? 0) + gradient - rate * weightOf(slot)
    n[slot] = grown
  }
  model[fell ? 'falls' : 'stands'] += 1
  return before
}
