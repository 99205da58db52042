import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Sink, Spot } from '../source.ts'

/**
 * Makes a check of values out of a file: what does not fit its schema is a fault, and null.
 * @param name what such a value is, as the fault's subject
 */
export function checked<T extends TSchema>(schema: T, name: string) {
  const compiled = Compile(schema)
  return (value: unknown, sink: Pick<Sink, 'fault'>, spot: Spot): Static<T> | null => {
    if (compiled.Check(value)) return value
    const [error] = compiled.Errors(value)
    sink.fault(
      spot,
      `${name} is not as expected: ${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim(),
    )
    return null
  }
}
