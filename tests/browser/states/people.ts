import { v7 as uuid } from 'uuid'
import type { Database } from '../../../server/database/connect.ts'
import type { Actor } from '../../../server/people/index.ts'

/** A new account, made without the work that a password is: hundreds of them are needed, and nobody types it. */
export async function newPerson(db: Database, name: string): Promise<Actor> {
  const id = uuid()
  const { password_hash } = await db
    .selectFrom('account')
    .select('password_hash')
    .where('email', '=', 'ada@demo.example')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('account')
    .values({ id, email: `${id}@demo.example`, name, password_hash })
    .execute()
  return { id, name, role: 'reader', sections: null }
}
