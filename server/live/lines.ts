import type { Line } from './hub.ts'

/** Lines by what they listen to; nothing is kept of what nobody listens to. */
export class LinesBy<L extends Line = Line> {
  readonly #lines = new Map<string, Set<L>>()

  at(key: string): Iterable<L> {
    return this.#lines.get(key) ?? []
  }

  *all(): Generator<L> {
    for (const lines of this.#lines.values()) yield* lines
  }

  add(key: string, line: L): void {
    const lines = this.#lines.get(key) ?? new Set<L>()
    this.#lines.set(key, lines.add(line))
  }

  remove(key: string, line: L): void {
    const lines = this.#lines.get(key)
    if (lines?.delete(line) && lines.size === 0) this.#lines.delete(key)
  }
}
