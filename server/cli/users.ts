import type { Role } from '../../core/contract/people.ts'
import type { Database } from '../database/connect.ts'
import { toSection } from '../articles/index.ts'
import { createAccount, findAccount, setRole } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { UsageError } from './usage-error.ts'

const roles: readonly Role[] = ['reader', 'moderator', 'lead', 'publisher', 'operator']

/**
 * Gives somebody a role on a site, as a moderator in some sections only where these are named: who has an account, or a new one with this name, whose password comes from `POSTIL_PASSWORD`.
 */
export async function addUser(
  db: Database,
  site: Site,
  email: string,
  values: { name?: string | undefined; role?: string | undefined; section?: string[] | undefined },
): Promise<void> {
  const role = roles.find((known) => known === values.role)
  if (!role) throw new UsageError('A user needs --role reader, moderator, lead, publisher or operator.')
  const sections = sectionsIn(values.section)
  if (sections && role !== 'moderator')
    throw new UsageError('Sections are for a moderator: all others work for the whole site.')
  const id = (await findAccount(db, email)) ?? (await create(db, email, values.name))
  await setRole(db, site.id, id, role, sections)
  const where = sections ? `${site.slug}, in ${sections.join(', ')} only` : site.slug
  console.log(`${email} is ${role} of ${where}.`)
}

function sectionsIn(paths: string[] | undefined): string[] | null {
  if (paths === undefined) return null
  return paths.map((path) => {
    const section = toSection(path)
    if (section === null)
      throw new UsageError(`"${path}" is no section: give the beginning of a path, like /sport.`)
    return section
  })
}

async function create(db: Database, email: string, name: string | undefined): Promise<string> {
  const password = process.env['POSTIL_PASSWORD']
  if (!name) throw new UsageError(`There is no account with the address ${email}. To make one, give --name.`)
  if (!password || password.length < 10)
    throw new UsageError('Set POSTIL_PASSWORD to a password of at least 10 characters.')
  return await createAccount(db, { email, name, password })
}
