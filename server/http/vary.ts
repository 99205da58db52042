import type { FastifyReply } from 'fastify'

/** Says that an answer depends on a header of the request, beside what it depends on already. */
export function varyBy(reply: FastifyReply, header: string): void {
  const vary = reply.getHeader('vary')
  reply.header('vary', vary === undefined ? header : `${String(vary)}, ${header}`)
}
