import { connect, type Database } from '../../server/database/connect.ts'
import { verifyAudit } from '../../server/audit/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { createSite, type Site } from '../../server/sites/index.ts'
import { testDatabase } from '../setup/database.ts'

/** A site of its own on a database of its own, for imports. */
export async function emptySite() {
  const database = await testDatabase()
  const db = connect(database.url, { connections: 2 })
  const site = await createSite(db, { slug: 'paper', name: 'Paper', origins: ['https://paper.example'] })
  return {
    db,
    site,
    url: database.url,
    close: async () => {
      await db.destroy()
      await database.drop()
    },
  }
}

/** All that an import writes, as far as it does not depend on when: to be compared. */
export async function written(db: Database, site: Site) {
  return await db
    .selectFrom('comment')
    .innerJoin('comment_revision as revision', (join) =>
      join.onRef('revision.site_id', '=', 'comment.site_id').onRef('revision.comment_id', '=', 'comment.id'),
    )
    .innerJoin('account', 'account.id', 'comment.author_id')
    .innerJoin('thread', (join) =>
      join.onRef('thread.site_id', '=', 'comment.site_id').onRef('thread.id', '=', 'comment.thread_id'),
    )
    .innerJoin('article', (join) =>
      join.onRef('article.site_id', '=', 'comment.site_id').onRef('article.id', '=', 'comment.article_id'),
    )
    .leftJoin('comment as parent', (join) =>
      join.onRef('parent.site_id', '=', 'comment.site_id').onRef('parent.id', '=', 'comment.parent_id'),
    )
    .select([
      'comment.id',
      'comment.created_at',
      'account.name',
      'revision.state',
      'revision.source',
      'article.url',
    ])
    .select([
      'comment.parent_id',
      'parent.created_at as parent_at',
      'thread.id as thread_id',
      'thread.anchor',
    ])
    .select(['comment.present_replies', 'thread.comment_count', 'thread.last_at', 'comment.shown_revision'])
    .where('comment.site_id', '=', site.id)
    .orderBy('comment.id')
    .execute()
}

/** What `postil verify` finds wrong. */
export async function faultsOf(db: Database, site: Site): Promise<string[]> {
  const { faults } = await verifyLog(db, site.id)
  const { broken, why } = await verifyAudit(db, site.id)
  return broken === null ? faults : [...faults, `audit ${broken}: ${why ?? ''}`]
}
