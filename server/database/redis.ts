import { Redis } from 'ioredis'

/** Milliseconds until the next try to connect anew, at the most. */
const longestRetry = 2_000
const retryStrategy = (times: number) => Math.min(times * 100, longestRetry)

/**
 * A connection for what cannot wait: it is done at once or fails, and is never kept for later. It comes back by itself.
 * @param url `redis://` or `rediss://`
 * @param wait milliseconds that a command may take
 */
export function impatientRedis(url: string, wait: number, onError: (error: unknown) => void): Redis {
  const client = new Redis(url, {
    retryStrategy,
    enableOfflineQueue: false,
    commandTimeout: wait,
    maxRetriesPerRequest: 0,
  })
  return client.on('error', onError)
}

/** A connection that waits for as long as it takes: to listen. */
export function patientRedis(url: string, onError: (error: unknown) => void): Redis {
  return new Redis(url, { retryStrategy, maxRetriesPerRequest: null }).on('error', onError)
}
