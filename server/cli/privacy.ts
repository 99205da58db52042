import { once } from 'node:events'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import { findAccount } from '../people/index.ts'
import { archiveOf, eraseAccount, eraseComment, readErasure, requestErasure } from '../privacy/index.ts'
import type { Site } from '../sites/index.ts'
import { accountsBySubject } from '../sso/index.ts'
import { UsageError } from './usage-error.ts'

/** By the address of their account, or by what the site's own accounts or its provider know them by. */
type Who = { email: string } | { site: Site; subject: string }

/**
 * Erases an account, and then what is left of it, step by step. Broken off, a server goes on with it.
 * @param comments whether those that readers see are kept, without the name
 */
export async function eraseUser(db: Database, who: Who, comments: 'erase' | 'keep'): Promise<void> {
  const erasureId = await requestErasure(db, await accountOf(db, who), comments).catch((error: unknown) => {
    throw error instanceof ProblemError ? new UsageError(error.message) : error
  })
  console.log(
    `The account is erased and signed out. A server shows how far the rest is at /erasure/${erasureId}.`,
  )
  for (
    let step: Parameters<typeof eraseAccount>[1] | null = { erasureId, after: null, isLate: false };
    step;
  ) {
    step = (await eraseAccount(db, step)).next
    const { done, total } = (await readErasure(db, erasureId)) ?? { done: 0, total: 0 }
    console.log(`${done} of ${total} comments gone through.`)
  }
}

/** Prints all that is kept about somebody, as JSON Lines. */
export async function printArchive(db: Database, who: Who): Promise<void> {
  for await (const lines of archiveOf(db, await accountOf(db, who)))
    if (!process.stdout.write(lines)) await once(process.stdout, 'drain')
}

/** Erases one comment, for good. */
export async function eraseOne(db: Database, site: Site, commentId: string): Promise<void> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(commentId)
  const erased =
    isId && (await eraseComment(db, { siteId: site.id, commentId }, { why: 'request', by: null }))
  if (!erased) throw new UsageError(`${site.slug} has no comment ${commentId}, or it is erased already.`)
  console.log('The comment is erased.')
}

async function accountOf(db: Database, who: Who): Promise<string> {
  if ('email' in who) {
    const id = await findAccount(db, who.email)
    if (id === null) throw new UsageError(`There is no account with the address ${who.email}.`)
    return id
  }
  const [id, other] = await accountsBySubject(db, who.site, who.subject)
  if (id === undefined || other !== undefined)
    throw new UsageError(
      `${who.site.slug} has ${id === undefined ? 'nobody' : 'several people'} with the subject ${who.subject}.`,
    )
  return id
}
