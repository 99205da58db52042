import { Compile } from 'typebox/compile'
import { mostBadges } from '../../core/contract/people.ts'
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
  /** What stands beside the name on the site; null where the provider has no say in that. */
  badges: string[] | null
}

/**
 * Reads what a provider says of somebody, but for badges. Its picture is not taken: the embed loads nothing from others.
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
    badges: null,
  }
}

const badge = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,24}$/u

/**
 * The badges that a site's own token gives, each once.
 * @param said the claim; left out or null, it gives none
 * @returns null where it is not up to three texts of 1 to 24 characters, all of them to be seen
 */
export function badgesIn(said: unknown): string[] | null {
  if (said === undefined || said === null) return []
  if (!Array.isArray(said) || said.length > mostBadges) return null
  const badges = said.flatMap((one: unknown) =>
    typeof one === 'string' && badge.test(one) && one.trim() !== '' ? [one.trim()] : [],
  )
  return badges.length === said.length ? [...new Set(badges)] : null
}

/** PostgreSQL stores no NUL, and half a character would come back as another. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
