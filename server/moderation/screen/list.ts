import { setImmediate } from 'node:timers/promises'
import { readingsOf, spacedWords } from './guesses.ts'
import { isPattern, Patterns, type LineFault } from './patterns.ts'
import { wordsOf, type Word } from './words.ts'

/** An entry of a list, and how the text writes it. */
interface WordHit {
  word: string
  at: string
}

/** Words that follow each other in entries, as a tree (a trie); `entry` where one ends. */
interface Branch {
  entry: string | null
  next: Map<string, Branch> | null
}

/** So many entries are read at a time; then others have a turn. */
const atOnce = 1000

/**
 * A site's words, phrases and regular expressions, read once to be looked for in many texts. Looking takes as long for
 * 50,000 words as for one.
 */
export class WordList {
  readonly #root: Branch
  readonly #patterns: Patterns

  private constructor(root: Branch, patterns: Patterns) {
    this.#root = root
    this.#patterns = patterns
  }

  /** @returns the list without the lines that cannot be used, and what is wrong with those */
  static async read(entries: readonly string[]): Promise<{ list: WordList; faults: LineFault[] }> {
    const root: Branch = { entry: null, next: null }
    const patterns: { entry: string; line: number }[] = []
    const faults: LineFault[] = []
    for (const [line, written] of entries.entries()) {
      if (line % atOnce === atOnce - 1) await setImmediate()
      const entry = written.trim()
      if (isPattern(entry)) patterns.push({ entry, line })
      else if (entry !== '' && !add(root, entry))
        faults.push({ line, detail: 'has no letters, digits or pictures' })
    }
    const read = Patterns.read(patterns)
    return { list: new WordList(root, read.patterns), faults: [...faults, ...read.faults] }
  }

  /**
   * The entries that stand in a text as whole words, whatever look-alike letters they are written in and whatever stands
   * between the words of a phrase; also with digits for letters, or with the letters apart. Each is given once.
   * @example list.hits('What a СRООK!') // [{ word: 'crook', at: 'СRООK' }]   (partly Cyrillic)
   */
  hits(text: string): WordHit[] {
    const found = new Map<string, string>()
    const keep = (entry: string, { from }: Word, { to }: Word) => {
      if (!found.has(entry)) found.set(entry, text.slice(from, to))
    }
    for (const words of readingsOf(text)) {
      for (let start = 0; start < words.length; start++) this.#follow(words, start, keep)
      for (const word of spacedWords(words)) this.#follow([word], 0, keep)
    }
    const plain = [...found].map(([word, at]) => ({ word, at }))
    return [...plain, ...this.#patterns.hits(text)]
  }

  #follow(words: Word[], start: number, keep: (entry: string, first: Word, last: Word) => void): void {
    const first = words[start]
    let branch: Branch | undefined = this.#root
    for (let at = start; branch; at++) {
      const word = words[at]
      branch = word && branch.next?.get(word.folded)
      if (first && word && branch && branch.entry !== null) keep(branch.entry, first, word)
    }
  }
}

function add(root: Branch, entry: string): boolean {
  const words = wordsOf(entry)
  let branch = root
  for (const { folded } of words) {
    branch.next ??= new Map()
    let next = branch.next.get(folded)
    if (!next) branch.next.set(folded, (next = { entry: null, next: null }))
    branch = next
  }
  branch.entry ??= entry
  return words.length > 0
}
