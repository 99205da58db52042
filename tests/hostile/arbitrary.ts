import fc, { type Arbitrary } from 'fast-check'
import type { TSchema } from 'typebox'

/** What breaks programs that did not think of it. */
const nasty: unknown[] = [
  ...[null, true, 0, -0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, '', ' ', '\0', '\ud800', '\u202e', '../..', '%00'],
  ...['__proto__', 'constructor', "' or 1=1 --", '${7*7}', '<script>', 'null', 'NaN', '1e400', '0x10'],
  ...['9999-12-31T23:59:60Z', '-271821-04-20', '0000-00-00', 'javascript:alert(1)', 'http://[::1]:0/'],
  ...[[], {}, [[]], [null], { toString: 1 }, { length: -1 }, 'a'.repeat(5_000), '٣', '𝟙', 'İ', 'ﷺ'],
]

/** Schemas as JSON Schema has them: of those, the contract uses these words. */
interface Described {
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly TSchema[]
  properties?: Record<string, TSchema>
  required?: readonly string[]
  items?: TSchema
  patternProperties?: Record<string, TSchema>
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  format?: string
}

/**
 * Values that a schema takes, or almost: in one of some places something else stands, is missing, or is too much.
 * @param known values that mean something to the server, by the name of what holds them: ids that are there
 */
export function almost(schema: TSchema, known: Record<string, unknown> = {}, name = ''): Arbitrary<unknown> {
  const valid = like(schema, known, name)
  return fc.oneof({ weight: 12, arbitrary: valid }, { weight: 1, arbitrary: fc.constantFrom(...nasty) })
}

function like(schema: TSchema, known: Record<string, unknown>, name: string): Arbitrary<unknown> {
  const described: Described = schema
  if (Object.hasOwn(known, name)) return fc.constant(known[name])
  if ('const' in described) return fc.constant(described.const)
  if (described.enum) return fc.constantFrom(...described.enum)
  if (described.anyOf) return fc.oneof(...described.anyOf.map((one) => like(one, known, name)))
  if (described.type === 'object') return record(described, known)
  if (described.type === 'array')
    return fc.array(almost(described.items ?? {}, known, name), {
      minLength: described.minItems ?? 0,
      maxLength: Math.min(described.maxItems ?? 3, 3),
    })
  if (described.type === 'string') return text(described)
  if (described.type === 'integer' || described.type === 'number') return number(described)
  if (described.type === 'boolean') return fc.boolean()
  return fc.constant(null)
}

function record(described: Described, known: Record<string, unknown>): Arbitrary<unknown> {
  const entries = Object.entries(described.properties ?? {})
  const whole = fc.record(Object.fromEntries(entries.map(([key, one]) => [key, almost(one, known, key)])), {
    requiredKeys: [...(described.required ?? [])],
  })
  const lacking = fc.tuple(whole, fc.nat()).map(([value, at]) => without(value, at))
  const added = whole.map((value) => ({ ...value, authorId: '1' }))
  return fc.oneof(
    { weight: 10, arbitrary: whole },
    { weight: 1, arbitrary: lacking },
    { weight: 1, arbitrary: added },
  )
}

function without(value: object, at: number): object {
  const entries = Object.entries(value)
  return Object.fromEntries(entries.filter((_, nth) => nth !== at % Math.max(entries.length, 1)))
}

function text({ pattern, format, minLength = 0, maxLength = 50 }: Described): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format !== undefined)
    return fc.oneof(fc.webUrl(), fc.emailAddress(), fc.date({ noInvalidDate: true }).map(String))
  // A pattern that begins and ends says what the text is; others only ask for something in it.
  if (pattern?.startsWith('^')) return fc.stringMatching(new RegExp(pattern, 'u'))
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 50)) }
  return fc.oneof(fc.string({ ...length, unit: 'grapheme' }), fc.string({ ...length, unit: 'binary' }))
}

function number({ type, minimum = -5, maximum = 2 ** 31 }: Described): Arbitrary<number> {
  return type === 'integer'
    ? fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) })
    : fc.double({ min: minimum, max: maximum, noNaN: true })
}
