import type { FastifyInstance } from 'fastify'

/** Seconds for which a browser that came by HTTPS comes by nothing else: a year. */
const onlyByHttps = 'max-age=31536000'

/**
 * What every answer says to browsers: to guess no types, to hand it to no other site's page that did not ask by CORS, and, where it
 * came by HTTPS, to come by nothing else. Routes whose answers are for everybody say so after it.
 */
export function guardAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cross-origin-resource-policy', 'same-origin')
    if (request.protocol === 'https') reply.header('strict-transport-security', onlyByHttps)
  })
}
