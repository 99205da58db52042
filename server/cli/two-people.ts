import type { Database } from '../database/connect.ts'
import { activeRules, setRules } from '../moderation/index.ts'
import type { Site } from '../sites/index.ts'

/**
 * Has a site want two people for a ban and a change of its rules, or no longer. It holds at once, and drops a change that
 * waits: the way out where nobody is left to confirm one.
 * @throws ProblemError `invalid-field` where too few lead the site
 */
export async function setTwoPeople(db: Database, site: Site, twoPeople: boolean): Promise<void> {
  const { version, rules } = await activeRules(db, site.id)
  await setRules(db, site.id, null, { version, rules: { ...rules, twoPeople } })
  console.log(
    twoPeople
      ? `A ban and a change of the rules of ${site.slug} want two people.`
      : `One person bans, and changes the rules of ${site.slug}.`,
  )
}
