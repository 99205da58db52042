import { counter } from '../../server/articles/counts.ts'
import { readMarks } from '../../server/articles/read.ts'
import { changesAfter } from '../../server/comments/index.ts'
import type { Database } from '../../server/database/connect.ts'
import { decide } from '../../server/moderation/decide.ts'
import { listCases } from '../../server/moderation/list.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import type { Site } from '../../server/sites/index.ts'
import { post, readComments, readThreads } from '../../server/threads/index.ts'
import type { Discussion } from '../discussion.ts'

/** What somebody does on a site, without the request around it. */
export interface Operation {
  name: string
  run: (db: Database) => Promise<unknown>
}

/** What is measured at each size of a discussion. The first is the one with a limit. */
export async function operationsOn(db: Database, site: Site, filled: Discussion): Promise<Operation[]> {
  return [...(await reading(db, site, filled)), ...(await working(db, site, filled))]
}

async function reading(db: Database, site: Site, filled: Discussion): Promise<Operation[]> {
  const { articleId, url, threads, others } = filled
  const at = { siteId: site.id, articleId }
  const urls = [url, ...others.map((one) => one.url)]
  const longest = threads[0] ?? ''
  const page = (after: string | undefined, limit: number) => ({ after, limit })
  const comments = await idsOf(db, 'comment', { site_id: site.id, thread_id: longest })
  const places = await idsOf(db, 'thread', { site_id: site.id, article_id: articleId })
  const { seq } = await db
    .selectFrom('article')
    .select('seq')
    .where('id', '=', articleId)
    .executeTakeFirstOrThrow()
  return [
    {
      name: 'first page of threads',
      run: (one) => readThreads(one, site, articleId, null, page(undefined, 50)),
    },
    {
      name: 'next page of threads',
      run: (one) => readThreads(one, site, articleId, null, page(half(places), 50)),
    },
    { name: 'marks of the page', run: (one) => readMarks(one, site, url) },
    { name: 'longest thread', run: (one) => readComments(one, site, longest, null, page(undefined, 50)) },
    {
      name: 'longest thread, from its middle',
      run: (one) => readComments(one, site, longest, null, page(half(comments), 50)),
    },
    { name: 'counts of 51 articles', run: (one) => counter(one)(site, urls) },
    { name: 'what came since the last visit: 50', run: (one) => changesAfter(one, at, seq - 50, 200) },
  ]
}

async function working(db: Database, site: Site, { threads, authors }: Discussion): Promise<Operation[]> {
  const id = await createAccount(db, { email: 'm@desk.example', name: 'M', password: 'margin-notes' })
  await setRole(db, site.id, id, 'moderator')
  const moderator = { id, name: 'M', role: 'moderator', sections: null } as const
  const writer = { id: authors[0] ?? '', name: 'Writer', role: 'reader', sections: null } as const
  const place = { kind: 'reply', threadId: threads[0] ?? '', parentId: null } as const
  const wanted = { queue: 'all', filter: {} } as const
  return [
    {
      name: 'post',
      run: (one) => post(one, site, writer, place, { body: 'That is not what the report says.' }, null),
    },
    {
      name: 'queue',
      run: (one) => listCases(one, site.id, moderator, wanted, { after: undefined, limit: 20 }),
    },
    {
      name: 'decide',
      async run(one) {
        const next = await db
          .selectFrom('moderation_case')
          .select(['id', 'version'])
          .where('site_id', '=', site.id)
          .where('status', '=', 'open')
          .orderBy('due_at')
          .limit(1)
          .executeTakeFirst()
        if (next)
          await decide(one, site.id, next.id, moderator, {
            action: 'approve',
            revision: 1,
            version: next.version,
          })
      },
    },
  ]
}

async function idsOf(
  db: Database,
  table: 'thread' | 'comment',
  where: Record<string, string>,
): Promise<string[]> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where((eb) => eb.and(where))
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

const half = (ids: string[]) => ids[Math.floor(ids.length / 2)]
