import { ApiProblem } from '../shared/api.ts'
import { signinText } from '../shared/messages/signin.ts'

export type Mode = 'sign-in' | 'create'
export type FieldName = 'name' | 'email' | 'password'
export type Values = Record<FieldName, string>
/** What is wrong, by field. */
export type Faults = Partial<Record<FieldName, string>>

/** The fields of each form, in the order they stand in. */
export const fieldsOf: Record<Mode, readonly FieldName[]> = {
  'sign-in': ['email', 'password'],
  create: ['name', 'email', 'password'],
}

/** What can be told before asking the server, in words that say what to do. */
export function faultsOf(mode: Mode, values: Values): Faults {
  const { fault } = signinText
  const faults: Faults = {}
  if (mode === 'create' && values.name.trim() === '') faults.name = fault.name
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email.trim())) faults.email = fault.email
  if (values.password === '') faults.password = fault.noPassword
  else if (mode === 'create' && values.password.length < 10) faults.password = fault.shortPassword
  return faults
}

/** What to say of fields that the server does not take. */
export function refused(fields: readonly string[]): Faults {
  const { name, email, shortPassword: password } = signinText.fault
  return Object.fromEntries(
    Object.entries({ name, email, password }).filter(([field]) => fields.includes(field)),
  )
}

/** Why a call failed, for who signs in. */
export function explain(error: unknown): string {
  const { problem, unreachable } = signinText
  if (!(error instanceof ApiProblem)) return unreachable
  const said: Record<number, string> = {
    401: problem.wrong,
    403: problem.elsewhere,
    404: problem.elsewhere,
    409: problem.taken,
    429: problem.tooOften,
  }
  return said[error.status] ?? problem.broken
}

/** The first field of a form that something is wrong with. */
export function firstFault(mode: Mode, faults: Faults): FieldName | undefined {
  return fieldsOf[mode].find((field) => faults[field] !== undefined)
}
