import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** A stretch of paragraphs, as the corpora have it; offsets in UTF-16 units inside of the paragraph. */
export interface Place {
  paragraph: number
  start: number
  end: number
  endParagraph?: number
}

/** Two revisions of a text. */
interface Pair {
  type: 'pair'
  id: string
  old: string[]
  new: string[]
}

/** A selector as the corpora have it: of the old revision. */
export interface Selector {
  exact: string
  prefix: string
  suffix: string
  textStart: number
  textEnd: number
}

/** A passage of the old revision, and where it is in the new one: nowhere, where nothing is accepted. */
interface Case {
  type: 'case'
  pair: string
  selector: Selector
  accept: Place[]
  /** Of a passage that was replaced: the words in its place. */
  spot?: Place
}

/** @param file a corpus: gzipped, one JSON value a line */
export function readCorpus(file: string): { pairs: Map<string, Pair>; cases: Case[] } {
  const lines = gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Pair | Case | { type: 'other' })
  return {
    pairs: new Map(lines.flatMap((line) => (line.type === 'pair' ? [[line.id, line]] : []))),
    cases: lines.filter((line) => line.type === 'case'),
  }
}

/** The length of what two places have in common, as a share of what either covers. */
export function overlap(texts: string[], one: Place, other: Place): number {
  const before = (paragraph: number) =>
    texts.slice(0, paragraph).reduce((sum, text) => sum + text.length + 1, 0)
  const range = ({ paragraph, start, end, endParagraph = paragraph }: Place) =>
    [before(paragraph) + start, before(endParagraph) + end] as const
  const [[a, b], [c, d]] = [range(one), range(other)]
  return Math.max(0, Math.min(b, d) - Math.max(a, c)) / (Math.max(b, d) - Math.min(a, c))
}
