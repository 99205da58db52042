import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'

/**
 * Has an encapsulated part of the application take what HTML forms send, as `URLSearchParams`.
 * @param bodyLimit in bytes
 * @returns options of a route there, by how many requests a minute it takes from one address
 */
export function takeForms(app: FastifyInstance, { config }: Pick<Context, 'config'>, bodyLimit: number) {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  return (max: number) => ({
    bodyLimit,
    config: { rateLimit: { max: max * config.limitFactor, timeWindow: '1 minute' } },
  })
}
