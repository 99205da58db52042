import type { Database } from '../database/connect.ts'
import { listen, longestNotice, notify, type Signal } from '../database/signals.ts'
import { overRedis } from './redis.ts'
import type { Relay, Word } from './relay.ts'

/** Milliseconds after which a server looks by itself for what it was not told. */
const lookEvery = 30_000

interface Listener {
  heard: (signal: Signal) => void
  told: (from: string, words: Word[]) => void
  /** It hears again after a break, in which something may have been said: signals, and what servers tell each other. */
  missedSignals: () => void
  missedWords: () => void
  /** Called now and then. */
  lookAround: () => Promise<void>
  onError: (error: unknown) => void
}

/** To leave the others. */
export interface Joined {
  stop(): Promise<void>
}

/**
 * Has a server hear the others on its database, and tell them what it has committed: by Redis where there is one, else by
 * PostgreSQL, which also steps in while Redis is away.
 * @throws where the database cannot be reached at first
 */
export async function join(
  db: Database,
  { url, redisUrl }: { url: string; redisUrl: string | null },
  relay: Relay,
  listener: Listener,
): Promise<Joined> {
  const { heard, missedSignals, missedWords, onError } = listener
  const told = (text: string) => {
    const { from, words } = relay.hear(text)
    listener.told(from, words)
  }
  const missed = () => {
    missedSignals()
    missedWords()
  }
  const signals = await listen(url, { heard, told, missed, onError })
  const redis = redisUrl === null ? null : overRedis(redisUrl, { told, missed: missedWords, onError })
  const byPostgres = (text: string) => notify(db, text)
  relay.use({
    longest: longestNotice,
    carry: (text) => redis?.carry(text).catch(() => byPostgres(text)) ?? byPostgres(text),
  })
  const looking = setInterval(() => void listener.lookAround().catch(onError), lookEvery).unref()
  return {
    async stop() {
      clearInterval(looking)
      await relay.leave()
      redis?.stop()
      await signals.stop()
    },
  }
}
