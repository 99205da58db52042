import type { Database } from '../server/database/connect.ts'
import { sessions } from '../server/people/index.ts'

/** @returns a cookie for each account, as somebody has who is signed in on Postil's own pages */
export async function signInAs(db: Database, accounts: readonly string[]): Promise<string[]> {
  const lucia = sessions(db)
  const cookies: string[] = []
  for (const id of accounts) cookies.push(`postil=${(await lucia.createSession(id, { siteId: null })).id}`)
  return cookies
}
