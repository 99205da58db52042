import { Ajv } from 'ajv'
import type { FastifyInstance } from 'fastify'

const strict = new Ajv({ allErrors: false, coerceTypes: false, removeAdditional: false, useDefaults: false })
// With strict numbers, limits are asked of finite ones only, and "1e400" in a query would pass as Infinity.
const lenient = new Ajv({
  allErrors: false,
  // What may be given several times may be given once.
  coerceTypes: 'array',
  removeAdditional: false,
  strictNumbers: false,
  useDefaults: false,
})

/**
 * Validates with the contract's schemas as they stand: a body is never changed to fit, and a field nobody asked
 * for is an error. Only path and query, which are all text, are turned into numbers.
 */
export function validateByContract(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? strict : lenient).compile(schema))
  // Views are made field by field; a second filter over them would cost time on the hottest path.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
}
