import { sql } from 'kysely'
import type { RevisionState } from '../../core/contract/moderation.ts'
import { appendAudit } from '../audit/index.ts'
import { addImported, logImported, type ImportedComment } from '../comments/index.ts'
import type { Database } from '../database/connect.ts'
import { openCase } from '../moderation/index.ts'
import { articleAt, type Texts } from './articles.ts'
import { accountsOf } from './authors.ts'
import { idOf } from './ids.ts'
import { quoted } from './quotes.ts'
import type { SourceState } from './source.ts'
import type { Group, Spooled } from './spool.ts'
import { textOf, type ImportedText } from './text.ts'
import { addThreads, wholeThread, type NewThread } from './threads.ts'

const states: Record<SourceState, RevisionState> = {
  approved: 'APPROVED',
  pending: 'HELD',
  spam: 'REJECTED',
  deleted: 'WITHDRAWN',
}

export interface Into {
  siteId: string
  source: string
  texts: Texts
  fault(spot: string, reason: string): void
}

/** What a batch came to. */
export interface Batch {
  articleId: string
  isNewArticle: boolean
  /** By the state they had, those that were written; and those that were there already. */
  written: Record<SourceState, number>
  known: number
  anchored: number
}

/** Writes some whole trees of an article's comments, in the caller's transaction: all of them that are not there yet. */
export async function writeBatch(
  tx: Database,
  into: Into,
  group: Group,
  batch: readonly Spooled[],
): Promise<Batch> {
  const { siteId, source } = into
  // Two imports at once would write the same comment. What a crash of the database takes back of the last second, the next run
  // writes again: no batch waits for the disk.
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`import ${siteId}`}, 0)),
      set_config('synchronous_commit', 'off', true)
  `.execute(tx)
  const article = await articleAt(tx, siteId, group)
  const known = await knownOf(tx, siteId, source, batch)
  const fresh = withTexts(
    into,
    batch.filter(({ id }) => !known.has(id)),
  )
  const done: Batch = {
    articleId: article.id,
    isNewArticle: article.isNew,
    written: { approved: 0, pending: 0, spam: 0, deleted: 0 },
    known: known.size,
    anchored: 0,
  }
  if (fresh.length === 0) return done
  const accounts = await accountsOf(
    tx,
    siteId,
    source,
    fresh.map(({ one }) => one),
  )
  const text = await into.texts.of(tx, siteId, article)
  const places = new Map<number, { id: string; threadId: string }>()
  for (const { n, id } of batch) {
    const there = known.get(id)
    if (there) places.set(n, there)
  }
  const threads: NewThread[] = []
  let whole = article.isNew ? null : await wholeThread(tx, siteId, source, article.id)
  const comments = fresh.map(({ one, kept }): ImportedComment => {
    const above = one.parent === null ? undefined : places.get(one.parent)
    const at = new Date(one.at)
    const id = idOf(one.at, siteId, source, one.id)
    const by = accounts.get(one.author) ?? ''
    const thread = (anchor: NewThread['anchor'], threadId: string) => {
      threads.push({ id: threadId, anchor, by, at })
      return threadId
    }
    const anchor = above || !text || one.state === 'deleted' ? null : quoted(text, kept.body)
    if (anchor) done.anchored += 1
    const threadId =
      above?.threadId ??
      (anchor
        ? thread(anchor, idOf(one.at, siteId, source, one.id, 'thread'))
        : (whole ??= thread(null, idOf(one.at, siteId, source, group.address, 'thread'))))
    places.set(one.n, { id, threadId })
    done.written[one.state] += 1
    const { source: typed, body } = kept
    const state = states[one.state]
    return {
      id,
      threadId,
      parentId: above?.id ?? null,
      authorId: by,
      source: typed,
      body,
      state,
      createdAt: at,
    }
  })
  await addThreads(tx, siteId, article, text, threads)
  const at = { siteId, articleId: article.id }
  const happenings = await addImported(tx, at, comments)
  await keepSources(
    tx,
    siteId,
    source,
    fresh.map(({ one }) => ({ ...one, commentId: places.get(one.n)?.id ?? '' })),
  )
  for (const { id, state } of comments)
    if (state === 'HELD')
      await openCase(tx, { ...at, commentId: id, revision: 1, cause: 'held', signals: [], isShown: false })
  const subject = { source, article: article.id, comments: comments.length }
  await appendAudit(tx, { siteId, actorId: null, action: 'imported', subject })
  await logImported(tx, at, [...new Set(comments.map(({ threadId }) => threadId))], happenings)
  return done
}

/** Those whose text can be kept; of the others, and of what had to be changed, the report says why. */
function withTexts({ fault }: Into, batch: readonly Spooled[]): { one: Spooled; kept: ImportedText }[] {
  return batch.flatMap((one) => {
    const kept = textOf(one)
    if ('reason' in kept) {
      fault(one.spot, `comment ${one.id} ${kept.reason}`)
      return []
    }
    if (kept.wrong !== null) fault(one.spot, `comment ${one.id} ${kept.wrong}`)
    return [{ one, kept }]
  })
}

async function knownOf(tx: Database, siteId: string, source: string, batch: readonly Spooled[]) {
  const rows = await tx
    .selectFrom('import_source')
    .innerJoin('comment', (join) =>
      join
        .onRef('comment.site_id', '=', 'import_source.site_id')
        .onRef('comment.id', '=', 'import_source.comment_id'),
    )
    .select(['import_source.source_id', 'comment.id', 'comment.thread_id'])
    .where('import_source.site_id', '=', siteId)
    .where('import_source.source', '=', source)
    .where(sql<boolean>`import_source.source_id = any(${batch.map(({ id }) => id)}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.source_id, { id: row.id, threadId: row.thread_id }]))
}

async function keepSources(
  tx: Database,
  siteId: string,
  source: string,
  comments: readonly { id: string; commentId: string }[],
): Promise<void> {
  await sql`
    insert into import_source (site_id, source, source_id, comment_id)
    select ${siteId}, ${source}, *
    from unnest(${comments.map(({ id }) => id)}::text[], ${comments.map(({ commentId }) => commentId)}::uuid[])
  `.execute(tx)
}
