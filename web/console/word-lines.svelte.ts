/** So many lines are in the field at a time: a browser lays each of them out anew with every letter typed. */
export const linesShown = 1000

/** A list of many lines, some of which are in a field. */
export class WordLines {
  /** Where the shown ones begin, how many they are, and how many there are in all. */
  start = $state.raw(0)
  count = $state.raw(0)
  total = $state.raw(0)
  #lines: string[] = []

  /** Takes a list, shown from its beginning. */
  put(lines: readonly string[]): void {
    this.#lines = [...lines]
    this.#show(0)
  }

  /** Takes what the field says now in place of the lines that were in it. */
  keep(text: string): void {
    const before = this.#lines.slice(0, this.start)
    const after = this.#lines.slice(this.start + this.count)
    const typed = text.split(/\r\n?|\n/)
    this.#lines = before.concat(typed, after)
    this.count = typed.length
    this.total = this.#lines.length
  }

  /** Goes on or back by as many lines as are shown. */
  turn(by: 1 | -1): void {
    this.#show(by === 1 ? this.start + this.count : Math.max(0, this.start - linesShown))
  }

  /** Shows the lines around the first of them anew, no more than fit. */
  refit(): void {
    this.#show(this.start)
  }

  #show(start: number): void {
    this.start = start
    this.total = this.#lines.length
    this.count = Math.min(linesShown, this.total - start)
  }

  /** What belongs into the field. */
  get text(): string {
    return this.#lines.slice(this.start, this.start + this.count).join('\n')
  }

  /** All lines, without empty ones at the end. */
  get all(): string[] {
    const last = this.#lines.findLastIndex((line) => line.trim() !== '')
    return this.#lines.slice(0, last + 1)
  }
}
