import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit'
import type { Redis } from 'ioredis'
import type { FastifyInstance } from 'fastify'
import { LRUCache } from 'lru-cache'
import { impatientRedis } from '../database/redis.ts'
import { networkOf } from './network.ts'
import { ProblemError } from './problem.ts'

/** How often somebody did something, and milliseconds until that is counted anew. */
interface Count {
  current: number
  ttl: number
}

/** So many are counted here at the most; who did nothing for the longest is forgotten first. */
const mostCounted = 100_000
/** Milliseconds that Redis may take to count, and that it is left alone once it took longer or is away. */
const longestWait = 200
const rest = 2_000

const addOne = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { count, redis.call('PTTL', KEYS[1]) }
`

/**
 * The rate limits of routes, counted by account or network address: in Redis where there is one, so by all servers together, and
 * by this server alone where there is none or it does not answer.
 * @param redisUrl null: there is none
 */
export async function limitRates(
  app: FastifyInstance,
  redisUrl: string | null,
  onError: (error: unknown) => void,
): Promise<void> {
  const redis = redisUrl === null ? null : impatientRedis(redisUrl, longestWait, onError)
  app.addHook('onClose', (_app, done) => {
    redis?.disconnect()
    done()
  })
  const counts = redis ? new SharedCounts(redis, onError) : new OwnCounts()
  await app.register(rateLimit, {
    global: false,
    hook: 'preHandler',
    store: storeOf(counts),
    keyGenerator: ({ method, routeOptions, callerId, ip }) =>
      `${method} ${routeOptions.url} ${callerId ?? networkOf(ip)}`,
    errorResponseBuilder: (_request, limit) =>
      new ProblemError('too-many-requests', `That was too often. Try again in ${limit.after}.`),
  })
}

interface Counts {
  /** @param window milliseconds after which the key is counted anew */
  add(key: string, window: number): Count | Promise<Count>
}

/** As the plug-in wants it: a class, whose keys here have the route in them. */
function storeOf(counts: Counts): new () => FastifyRateLimitStore {
  return class implements FastifyRateLimitStore {
    incr(key: string, done: (error: Error | null, count?: Count) => void, window: number): void {
      void Promise.resolve(counts.add(key, window)).then((count) => done(null, count))
    }

    child(): FastifyRateLimitStore {
      return this
    }
  }
}

/** Counts in memory, by a clock that nobody sets. */
class OwnCounts implements Counts {
  readonly #counts = new LRUCache<string, { current: number; endsAt: number }>({ max: mostCounted })

  add(key: string, window: number): Count {
    const now = performance.now()
    const known = this.#counts.get(key)
    const { current, endsAt } = known && known.endsAt > now ? known : { current: 0, endsAt: now + window }
    this.#counts.set(key, { current: current + 1, endsAt })
    return { current: current + 1, ttl: endsAt - now }
  }
}

/** Counts in Redis, and beside it here, so that a limit goes on where Redis ends. */
class SharedCounts implements Counts {
  readonly #own = new OwnCounts()
  readonly #redis: Redis
  readonly #onError: (error: unknown) => void
  /** Until then Redis is not asked: a request in some seconds waits for one that does not answer, and no more. */
  #restsUntil = 0

  constructor(redis: Redis, onError: (error: unknown) => void) {
    this.#redis = redis
    this.#onError = onError
    redis.on('ready', () => (this.#restsUntil = 0))
  }

  async add(key: string, window: number): Promise<Count> {
    const own = this.#own.add(key, window)
    if (performance.now() < this.#restsUntil) return own
    try {
      const counted: unknown = await this.#redis.eval(addOne, 1, `postil_limit ${key}`, window)
      if (!Array.isArray(counted)) return own
      const [current, ttl] = counted.map(Number)
      return { current: current ?? own.current, ttl: ttl ?? own.ttl }
    } catch (error) {
      this.#restsUntil = performance.now() + rest
      this.#onError(error)
      return own
    }
  }
}
