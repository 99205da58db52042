import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'ghtml'
import { faultOf, sendProblem, statusOf, type Fault, type ProblemKind } from '../http/problem.ts'
import { notice } from './layout.ts'
import { asPage } from './page.ts'
import { speak } from './setting.ts'
import type { PageText } from './messages/index.ts'

const saidAs: Partial<Record<ProblemKind, keyof PageText['faults']>> = {
  'bad-request': 'missing',
  'invalid-field': 'missing',
  'not-found': 'missing',
  'too-many-requests': 'busy',
  busy: 'away',
  unavailable: 'away',
}

/** The error handler of pages for people: who asked with a browser gets a page in their language, a program gets problem+json. */
export function answerErrorWithPage(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return answerFault(faultOf(error, request, reply), request, reply)
}

/** Answers a fault with a page or with problem+json, whichever was asked for. */
export function answerFault(fault: Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.removeHeader('etag')
  if (!wantsPage(request)) return sendProblem(reply, fault)
  const say = speak(request, reply, null)
  return asPage(reply)
    .code(statusOf(fault.kind))
    .header('cache-control', 'no-store')
    .send(faultPage(say, fault))
}

const wantsPage = ({ method, headers }: FastifyRequest) =>
  method === 'GET' && headers.accept?.includes('text/html') === true

function faultPage(say: PageText, { kind }: Fault): string {
  const { title, help } = say.faults[saidAs[kind] ?? 'broken']
  return notice(say, title, html`<p>${help}</p>`)
}
