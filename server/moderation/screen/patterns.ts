import { RE2JS, RE2Set } from 're2js'
import { fold } from './fold.ts'

/** A line of a list that cannot be used. */
export interface LineFault {
  /** Counted from 0. */
  line: number
  detail: string
}

/** `/…/` is a regular expression, anything else a word or phrase. */
export const isPattern = (entry: string): boolean => /^\/.+\/$/s.test(entry)

const mostPatterns = 100
/** Steps of all of a site's expressions together: matching takes no longer than this many times the text. */
const mostSteps = 1000

/** Regular expressions that are looked for all at once. */
export class Patterns {
  readonly #set: RE2Set | null
  readonly #entries: { entry: string; pattern: RE2JS }[]

  private constructor(set: RE2Set | null, entries: { entry: string; pattern: RE2JS }[]) {
    this.#set = set
    this.#entries = entries
  }

  /**
   * Reads regular expressions as RE2 does (https://github.com/google/re2/wiki/Syntax), which matches in time that grows
   * with the text alone: nothing explodes, and what would need to go back (`\1`, `(?=…)`) is refused.
   * @param lines with their places in the list
   */
  static read(lines: { entry: string; line: number }[]): { patterns: Patterns; faults: LineFault[] } {
    const faults: LineFault[] = []
    const entries: { entry: string; pattern: RE2JS }[] = []
    const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE)
    let steps = 0
    for (const { entry, line } of lines) {
      if (entries.length === mostPatterns) {
        faults.push({
          line,
          detail: `is one more than the ${mostPatterns} regular expressions a list may have`,
        })
        break
      }
      try {
        const pattern = RE2JS.compile(entry.slice(1, -1), RE2JS.CASE_INSENSITIVE)
        steps += pattern.programSize()
        if (steps > mostSteps) {
          faults.push({
            line,
            detail: 'makes the regular expressions too large. Repeat less, or write words instead.',
          })
          break
        }
        if (pattern.matcher('').find()) faults.push({ line, detail: 'matches every text' })
        set.add(entry.slice(1, -1))
        entries.push({ entry, pattern })
      } catch (error) {
        const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : ''
        faults.push({ line, detail: `is no regular expression that can be used: ${why}` })
      }
    }
    if (entries.length > 0) set.compile()
    return { patterns: new Patterns(entries.length > 0 ? set : null, entries), faults }
  }

  /** The expressions found in a text, as it is written or folded, with what each matched. */
  hits(text: string): { word: string; at: string }[] {
    const set = this.#set
    if (!set) return []
    const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '')
    const found = new Map<string, { word: string; at: string }>()
    for (const read of new Set([plain, fold(text)])) {
      for (const index of set.match(read)) {
        const one = this.#entries[index]
        if (!one || found.has(one.entry)) continue
        const matcher = one.pattern.matcher(read)
        found.set(one.entry, { word: one.entry, at: matcher.find() ? (matcher.group() ?? '') : '' })
      }
    }
    return [...found.values()]
  }
}
