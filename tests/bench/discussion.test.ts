import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { fillDiscussion } from '../../bench/discussion.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { connect } from '../../server/database/connect.ts'
import { createSite } from '../../server/sites/index.ts'
import { testDatabase } from '../setup/database.ts'

it('discussions to measure by are such as could have been written: counts and log are right, few threads have most', async () => {
  const database = await testDatabase()
  const db = connect(database.url, { connections: 2 })
  const origin = 'https://paper.example'
  const site = await createSite(db, { slug: 'paper', name: 'Paper', origins: [origin] })
  const filled = await fillDiscussion(db, site.id, origin, 2_000)

  expect(await verifyLog(db, site.id)).toEqual({ articles: 51, faults: [] })
  const { rows } = await sql<{
    comments: number
    held: number
    deepest: number
    longest: number
    languages: number
  }>`
    with recursive depth as (
      select id, 0 as depth from comment where parent_id is null
      union all
      select comment.id, depth + 1 from comment join depth on depth.id = comment.parent_id
    )
    select (select count(*) from comment where article_id = ${filled.articleId}) as comments,
      (select count(*) from moderation_case where status = 'open') as held,
      (select max(depth) from depth) as deepest,
      (select max(comment_count) from thread) as longest,
      (select count(distinct language) from comment_revision) as languages
  `.execute(db)
  const [found] = rows
  expect(found?.comments).toBe(2_000)
  expect(found?.held).toBeGreaterThan(50)
  expect(found?.deepest).toBeGreaterThan(10)
  expect(found?.longest).toBeGreaterThan(200)
  expect(found?.languages).toBe(8)
  await db.destroy()
  await database.drop()
})
