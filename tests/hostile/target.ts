import type { LightMyRequestResponse } from 'fastify'
import type { RouteName } from '../../core/contract/routes.ts'
import { problemOf, type Caller } from '../moderation/caller.ts'
import { openStage, type Stage } from '../moderation/stage.ts'
import { samples } from '../people/samples.ts'

/** A stage with somebody signed in, who sends what no browser would. */
export interface Target {
  stage: Stage
  /** Mo, a moderator: what Mo writes is never held, and Mo may call every route. */
  mo: Caller
  /** The routes that take a comment, with what each needs beside the text. */
  writing: { name: RouteName; params: object; beside: object }[]
  /** Sends a body as it is. About things that are not there, where no parameters are given. */
  send(name: RouteName, body: string | Buffer, more?: More): Promise<LightMyRequestResponse>
}
interface More {
  params?: object | undefined
  query?: object
  headers?: Record<string, string>
}

export async function openTarget(): Promise<Target> {
  const stage = await openStage()
  const mo = await stage.as('mo@demo.example')
  const { article, thread } = stage
  const { comment } = await mo.ok('POST /v1/sites/:site/threads/:thread/comments', {
    params: { site: 'demo', thread },
    body: { body: 'As it was.' },
  })
  return {
    stage,
    mo,
    writing: [
      {
        name: 'POST /v1/sites/:site/threads/:thread/comments',
        params: { site: 'demo', thread },
        beside: {},
      },
      {
        name: 'POST /v1/sites/:site/articles/:article/threads',
        params: { site: 'demo', article },
        beside: { anchor: null },
      },
      {
        name: 'PATCH /v1/sites/:site/comments/:comment',
        params: { site: 'demo', comment: comment.id },
        beside: { revision: 1 },
      },
      { name: 'POST /v1/sites/:site/preview', params: { site: 'demo' }, beside: {} },
    ],
    send: (name, body, { params, headers } = {}) =>
      mo.request(name, {
        params: params ?? samples[name].params ?? {},
        body,
        headers: { 'content-type': 'application/json', ...headers },
      }),
  }
}

/** The field that a refusal names first; what is too large may be so before any field is known. */
export function namedIn(answer: LightMyRequestResponse): string {
  expect4xx(answer)
  return problemOf(answer, answer.statusCode).errors?.[0]?.field ?? ''
}

function expect4xx({ statusCode, body }: LightMyRequestResponse): void {
  if (statusCode < 400 || statusCode >= 500) throw new Error(`answered with ${statusCode}: ${body}`)
}
