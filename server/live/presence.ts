import type { Word } from './relay.ts'

/** Milliseconds after which a server that was not heard of again no longer counts; each tells its readers more often than that. */
const forgottenAfter = 75_000

interface Elsewhere {
  readers: number
  until: number
}

/** How many read an article on the other servers, as they last said. */
export class Presence {
  readonly #elsewhere = new Map<string, Map<string, Elsewhere>>()

  /** @returns whether that server was not known to have readers of the article, so that it has to be told of those here */
  heard(server: string, { article, readers }: Extract<Word, { kind: 'readers' }>, now = Date.now()): boolean {
    const servers = this.#elsewhere.get(article) ?? new Map<string, Elsewhere>()
    const isNew = !servers.delete(server) && readers > 0
    if (readers > 0) servers.set(server, { readers, until: now + forgottenAfter })
    if (servers.size > 0) this.#elsewhere.set(article, servers)
    else this.#elsewhere.delete(article)
    return isNew
  }

  of(article: string, now = Date.now()): number {
    let sum = 0
    for (const { readers, until } of this.#elsewhere.get(article)?.values() ?? []) {
      if (until > now) sum += readers
    }
    return sum
  }

  /** Forgets the servers that were not heard of again. */
  sweep(now = Date.now()): void {
    for (const [article, servers] of this.#elsewhere) {
      for (const [server, { until }] of servers) if (until <= now) servers.delete(server)
      if (servers.size === 0) this.#elsewhere.delete(article)
    }
  }
}
