import { Ajv } from 'ajv'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../core/contract/routes.ts'
import { webhookEventTypes } from '../../core/contract/webhooks.ts'
import { hold, host } from '../moderation/caller.ts'
import { openStage, type Stage } from '../moderation/stage.ts'
import { namesOf } from './samples.ts'

const Schema = Type.Object({})
const Content = Type.Object({ content: Type.Object({ 'application/json': Type.Object({ schema: Schema }) }) })
const Operation = Type.Object({
  summary: Type.String({ minLength: 1 }),
  parameters: Type.Optional(Type.Array(Type.Object({ name: Type.String(), in: Type.String() }))),
  requestBody: Type.Optional(Content),
  responses: Type.Record(Type.String(), Type.Object({ description: Type.String() })),
})
const Document = Type.Object({
  openapi: Type.Literal('3.1.0'),
  info: Type.Object({ title: Type.String(), version: Type.String() }),
  components: Type.Object({ schemas: Type.Record(Type.String(), Schema) }),
  webhooks: Type.Record(Type.String(), Type.Object({ post: Type.Object({ requestBody: Content }) })),
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Type.Object({}))),
})

let stage: Stage
let document: Type.Static<typeof Document>
beforeAll(async () => {
  stage = await openStage()
  const answer = await stage.app.inject({ url: '/v1/openapi.json', headers: { host } })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toContain('application/json')
  document = hold(Document, answer.json())
})
afterAll(() => stage.close())

/** Every value under a key, anywhere. */
function* under(key: string, value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries<unknown>({ ...value })) {
    if (name === key) yield inner
    yield* under(key, inner)
  }
}

describe('the OpenAPI document', () => {
  test('refers to nothing that is not in it', () => {
    const references = [...under('$ref', document)].map(String)
    expect(references.length).toBeGreaterThan(0)
    const there = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    for (const reference of references) expect(there).toContain(reference)
  })

  test('describes what each webhook is sent', () => {
    expect(Object.keys(document.webhooks)).toEqual([...webhookEventTypes])
  })

  test('names nothing twice', () => {
    const ids = [...under('$id', document)]
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('holds schemas that a validator takes', () => {
    const ajv = new Ajv({ strict: false })
    ajv.addSchema(document, 'openapi')
    for (const name of Object.keys(document.components.schemas)) {
      expect(ajv.getSchema(`openapi#/components/schemas/${name}`), name).toBeTypeOf('function')
    }
  })

  test.each(namesOf(routes))('has %s as the contract’s table says it', (name) => {
    const [method = '', url = ''] = name.split(' ')
    const path = url.replace(/:(\w+)/g, '{$1}')
    const operation = hold(Operation, document.paths[path]?.[method.toLowerCase()])
    const route = routes[name]
    expect(operation.summary).toBe(route.summary)
    const statuses = [route.status, 400, 401, 403, 404, 429, 503, ...route.problems].map(String)
    expect(Object.keys(operation.responses).sort()).toEqual(statuses.sort())
    expect(operation.requestBody === undefined).toBe(route.body === null)
    if (route.body)
      expect(route.problems, 'a body can be too large, or no JSON').toEqual(
        expect.arrayContaining([413, 415]),
      )
    const parameters = (operation.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`)
    expect(parameters.sort()).toEqual(
      [
        ...Object.keys(route.params.properties).map((key) => `path ${key}`),
        ...Object.keys(route.query.properties).map((key) => `query ${key}`),
      ].sort(),
    )
  })

  test('is what the documentation page shows', async () => {
    const page = await stage.app.inject({ url: '/v1/docs/', headers: { host } })
    expect(page.statusCode).toBe(200)
    const shown = await stage.app.inject({ url: '/v1/docs/json', headers: { host } })
    expect(shown.json()).toEqual(document)
  })
})
