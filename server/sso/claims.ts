import { Compile } from 'typebox/compile'
import { IdentityClaims } from '../../core/contract/sign-in.ts'
import { cleanName } from '../people/index.ts'

const claims = Compile(IdentityClaims)
const longestName = 80
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Who somebody is with their provider, as far as we take it. */
export interface Person {
  subject: string
  name: string
  /** Null where the provider does not vouch for it: an address that nobody verified is not even kept. */
  email: string | null
  isModerator: boolean
}

/**
 * Reads what a provider says of somebody. Its picture is not taken: the embed loads nothing from others.
 * @returns null where it is not of the contract, or the person has no name or cannot be stored
 */
export function personIn(said: unknown): Person | null {
  if (!claims.Check(said)) return null
  const name = cleanName(said.name || said.preferred_username || '')
    .slice(0, longestName)
    .toWellFormed()
    .trim()
  if (name === '' || !isStorable(said.sub)) return null
  const email = said.email_verified === true ? (said.email?.trim() ?? '') : ''
  return {
    subject: said.sub,
    name,
    email: email.length <= 254 && address.test(email) && isStorable(email) ? email : null,
    isModerator: said.role === 'moderator',
  }
}

/** PostgreSQL stores no NUL, and half a character would come back as another. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
