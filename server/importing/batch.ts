import { sql } from 'kysely'
import type { Prepared } from '../../core/anchoring/index.ts'
import type { RevisionState } from '../../core/contract/moderation.ts'
import { appendAudit } from '../audit/index.ts'
import { addImported, appendImported, type ImportedComment } from '../comments/index.ts'
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
  fault: (spot: string, reason: string) => void
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
  const whole = article.isNew ? null : await wholeThread(tx, siteId, source, article.id)
  const arranged = arrange(
    { siteId, source, address: group.address, text, whole, accounts },
    batch,
    known,
    fresh,
  )
  const { comments, threads } = arranged
  done.anchored = threads.filter(({ anchor }) => anchor !== null).length
  for (const { one } of fresh) done.written[one.state] += 1
  await addThreads(tx, siteId, article, text, threads)
  const at = { siteId, articleId: article.id }
  const { threads: grown, happenings } = await addImported(tx, at, comments)
  await keepSources(tx, siteId, source, arranged.sources)
  for (const { id, state } of comments)
    if (state === 'HELD')
      await openCase(tx, { ...at, commentId: id, revision: 1, cause: 'held', signals: [], isShown: false })
  const subject = { source, article: article.id, comments: comments.length }
  await appendAudit(tx, { siteId, actorId: null, action: 'imported', subject })
  await appendImported(tx, at, grown, happenings)
  return done
}

interface Placed {
  id: string
  threadId: string
}

/** Finds the thread of each comment: that of what it answers, its own where it quotes the article, else the whole article's. */
function arrange(
  about: {
    siteId: string
    source: string
    address: string
    text: Prepared | null
    whole: string | null
    accounts: Map<string, string>
  },
  batch: readonly Spooled[],
  known: Map<string, Placed>,
  fresh: readonly { one: Spooled; kept: ImportedText }[],
) {
  const { siteId, source, address, text } = about
  const places = new Map<number, Placed>()
  for (const { n, id } of batch) {
    const there = known.get(id)
    if (there) places.set(n, there)
  }
  let { whole } = about
  const threads: NewThread[] = []
  const sources: { id: string; commentId: string }[] = []
  const comments = fresh.map(({ one, kept }): ImportedComment => {
    const above = one.parent === null ? undefined : places.get(one.parent)
    const createdAt = new Date(one.at)
    const authorId = about.accounts.get(one.author) ?? ''
    const open = (anchor: NewThread['anchor'], of: string) => {
      const id = idOf(one.at, siteId, source, of, 'thread')
      threads.push({ id, anchor, by: authorId, at: createdAt })
      return id
    }
    const anchor = above || !text || one.state === 'deleted' ? null : quoted(text, kept.body)
    const threadId = above?.threadId ?? (anchor ? open(anchor, one.id) : (whole ??= open(null, address)))
    const id = idOf(one.at, siteId, source, one.id)
    places.set(one.n, { id, threadId })
    sources.push({ id: one.id, commentId: id })
    const state = states[one.state]
    return {
      id,
      threadId,
      parentId: above?.id ?? null,
      authorId,
      source: kept.source,
      body: kept.body,
      state,
      createdAt,
    }
  })
  return { comments, threads, sources }
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
  // One look by each key: a plan for many would go through the whole table while it has no figures of it.
  const { rows } = await sql<{ source_id: string; id: string; thread_id: string }>`
    select there.source_id, comment.id, comment.thread_id
    from unnest(${batch.map(({ id }) => id)}::text[]) as given (id)
    cross join lateral (
      select source_id, comment_id from import_source
      where site_id = ${siteId} and source = ${source} and source_id = given.id limit 1
    ) as there
    cross join lateral (
      select id, thread_id from comment where site_id = ${siteId} and id = there.comment_id limit 1
    ) as comment
  `.execute(tx)
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
