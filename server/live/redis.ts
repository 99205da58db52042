import { impatientRedis, patientRedis } from '../database/redis.ts'

const channel = 'postil_servers'
/** Milliseconds that a text may take; past it, PostgreSQL carries it. */
const longestWait = 1_000

interface Listener {
  told: (text: string) => void
  /** It hears again after a break, in which something may have been said. */
  missed: () => void
  onError: (error: unknown) => void
}

/**
 * Carries texts between servers by a Redis, whose connections come back by themselves. A server starts without it, too.
 * @param url `redis://` or `rediss://`
 */
export function overRedis(url: string, { told, missed, onError }: Listener) {
  // What cannot be said at once is said another way.
  const speaker = impatientRedis(url, longestWait, onError)
  const hearer = patientRedis(url, onError)
  hearer.on('message', (_channel, text: string) => told(text))
  let isBack = false
  // Each time, since a connection that was lost forgets it.
  hearer.on('ready', () => {
    hearer.subscribe(channel).then(() => {
      if (isBack) missed()
      isBack = true
    }, onError)
  })
  return {
    carry: (text: string) => speaker.publish(channel, text),
    stop(): void {
      speaker.disconnect()
      hearer.disconnect()
    },
  }
}
