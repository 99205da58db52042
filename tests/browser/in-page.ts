/** What the browser tests run inside of a page; `bundle.ts` carries it there. */
import {
  blocksOf,
  describe,
  findArticle,
  fingerprint,
  fromRange,
  isPassedOver,
  locate,
  toRange,
  type PageBlock,
  type Passage,
} from '../../core/anchoring/index.ts'
import { normalise } from '../../core/anchoring/normalize.ts'
import type { Anchor } from '../../core/contract/anchor.ts'

export { blocksOf, describe, findArticle, fromRange, locate, toRange }

/** Words chosen in a page, as a reader selects them, and what anchoring makes of them. */
export interface Chosen {
  /** The selected text nodes' own words. */
  words: string
  /** The words of the blocks that the selection was mapped to, and those of the range that it is mapped back to. */
  mapped: string
  back: string
  anchor: Anchor | null
}

/** Blocks that are not longer are no paragraphs. */
const furniture = 40

/** The text of a passage. */
export function textAt(texts: readonly string[], { block, start, endBlock, end }: Passage): string {
  if (block === endBlock) return texts[block]?.slice(start, end) ?? ''
  const between = texts.slice(block + 1, endBlock)
  return [texts[block]?.slice(start), ...between, texts[endBlock]?.slice(0, end)].join('\n')
}

/** The words of a range without what is not part of the text. */
export function wordsOf(range: Range): string {
  const root = range.commonAncestorContainer
  let words = ''
  for (const node of textNodes(root.nodeType === 3 ? (root.parentNode ?? root) : root)) {
    if (!range.intersectsNode(node)) continue
    const from = node === range.startContainer ? range.startOffset : 0
    const to = node === range.endContainer ? range.endOffset : node.data.length
    words += node.data.slice(from, to)
  }
  return words
}

function* textNodes(root: Node): Generator<Text> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && isPassedOver(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  )
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node instanceof Text) yield node
}

/** The deepest element that holds most of the words that are also in the import. */
function articleOf(imported: Imported): Element {
  const known = blocksOf(document.body).filter(({ text }) => imported.has(text))
  const weights = new Map<Element, number>()
  let total = 0
  for (const { element, text } of known) {
    total += text.length
    for (let at: Element | null = element; at; at = at.parentElement)
      weights.set(at, (weights.get(at) ?? 0) + text.length)
  }
  const depth = (element: Element): number => (element.parentElement ? 1 + depth(element.parentElement) : 0)
  const holding = [...weights].filter(([, weight]) => weight > total * 0.8).map(([element]) => element)
  return holding.sort((a, b) => depth(b) - depth(a))[0] ?? document.body
}

/** Texts to ask whether a paragraph is among them, whole or as a part. */
class Imported {
  readonly #names: Set<string>
  readonly #joined: string
  constructor(texts: string[]) {
    this.#names = new Set(texts.map(fingerprint))
    this.#joined = normalise(texts.join('\n')).text
  }
  has(text: string): boolean {
    return this.#names.has(fingerprint(text)) || (text.length > furniture && this.holds(text))
  }
  holds(words: string): boolean {
    return this.#joined.includes(normalise(words).text)
  }
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Selects words at random in paragraphs that are in the import too, and anchors them. */
export function choose(importedTexts: string[], count: number, seed: number): Chosen[] {
  const imported = new Imported(importedTexts)
  const blocks = blocksOf(articleOf(imported))
  const texts = blocks.map(({ text }) => text)
  const random = randomFrom(seed)
  // Of a button’s or a list’s two words, with other neighbours in the import, nobody could tell where they are.
  const known = blocks.filter(({ text }) => text.length > furniture && imported.has(text))
  const chosen: Chosen[] = []
  for (let tries = 0; chosen.length < count && tries < count * 50; tries += 1) {
    const range = selectIn(known, random)
    const words = range ? wordsOf(range) : ''
    if (!range || words.trim().length < 6 || !imported.holds(words)) continue
    const passage = fromRange(blocks, range)
    const back = passage && toRange(blocks, passage)
    chosen.push({
      words,
      mapped: passage ? textAt(texts, passage) : '',
      back: back ? wordsOf(back) : '',
      anchor: passage && describe(texts, passage),
    })
  }
  return chosen
}

/** From anywhere in a paragraph, over inline elements, up to 300 characters on; one in six goes on into the next. */
function selectIn(blocks: PageBlock[], random: () => number): Range | null {
  const pick = Math.floor(random() * blocks.length)
  const nodes = blocks
    .slice(pick, random() < 1 / 6 ? pick + 2 : pick + 1)
    .flatMap(({ element }) => [...textNodes(element)])
  const total = nodes.reduce((sum, { data }) => sum + data.length, 0)
  const start = Math.floor(random() * total)
  const end = Math.min(total, start + 6 + Math.floor(random() ** 2 * 294))
  const range = document.createRange()
  let before = 0
  for (const node of nodes) {
    const after = before + node.data.length
    if (before <= start && start < after) range.setStart(node, start - before)
    if (before < end && end <= after) range.setEnd(node, end - before)
    before = after
  }
  return range.collapsed ? null : range
}

/** Finds anchors in the page as it is now, and gives the words on the page that each leads to. */
export function findAgain(importedTexts: string[], anchors: Anchor[]): (string | null)[] {
  const blocks = blocksOf(articleOf(new Imported(importedTexts)))
  const texts = blocks.map(({ text }) => text)
  return anchors.map((anchor) => {
    const found = locate(texts, anchor)
    const range = found && toRange(blocks, found)
    return range && wordsOf(range)
  })
}
