import { sql } from 'kysely'
import type { RevisionState } from '../../core/contract/moderation.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import type { Database } from '../database/connect.ts'
import type { Grown, Happening } from './log.ts'
import { rippleUp, shownOf } from './state.ts'

/** A comment that was written elsewhere, with the state it had there. */
export interface ImportedComment {
  id: string
  threadId: string
  parentId: string | null
  authorId: string
  source: string
  body: TextBlock[]
  state: RevisionState
  createdAt: Date
}

/** So many rows in one statement: what they say is one parameter, a string of some megabytes at the most. */
const chunk = 500

interface Tree {
  shown: number | null
  replies: number
}

/**
 * Writes many comments of an article at once, as `addComment` writes one, but tells nobody of them, now or later. The log
 * has to be told with `appendImported`, last in the transaction.
 * @param comments those that answer one of them behind it
 * @returns what `appendImported` has to be given
 */
export async function addImported(
  tx: Database,
  at: { siteId: string; articleId: string },
  comments: readonly ImportedComment[],
): Promise<{ threads: Grown[]; happenings: Happening[] }> {
  const trees = treesOf(comments)
  for (let from = 0; from < comments.length; from += chunk) {
    const part = comments.slice(from, from + chunk)
    const rows = part.map(({ id, threadId, parentId, authorId, source, body, state, createdAt }) => {
      const { shown = null, replies = 0 } = trees.get(id) ?? {}
      return { id, threadId, parentId, authorId, source, body, state, createdAt, shown, replies }
    })
    // As one parameter, whatever their number: one statement, planned once.
    await sql`
      with given as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::json) as one (
          id uuid, "threadId" uuid, "parentId" uuid, "authorId" uuid, source text, body jsonb, state text,
          "createdAt" timestamptz, shown integer, replies integer
        )
      ), born as (
        insert into comment (
          site_id, id, article_id, thread_id, parent_id, author_id, shown_revision, present_replies, announced, created_at
        )
        select ${at.siteId}, id, ${at.articleId}, "threadId", "parentId", "authorId", shown, replies, true, "createdAt"
        from given
      )
      insert into comment_revision (site_id, comment_id, number, state, source, body, created_at)
      select ${at.siteId}, id, 1, state, source, body, "createdAt" from given
    `.execute(tx)
  }
  const happenings = comments.map(({ id }): Happening => ({ kind: 'posted', commentId: id }))
  const ancestors = await rippleOut(tx, at.siteId, comments, trees)
  return { threads: grownBy(comments, trees), happenings: [...happenings, ...ancestors] }
}

/** What readers see more of each thread. */
function grownBy(comments: readonly ImportedComment[], trees: Map<string, Tree>): Grown[] {
  const grown = new Map<string, Grown>()
  for (const { id, threadId, createdAt } of comments) {
    if (trees.get(id)?.shown == null) continue
    const { count, lastAt } = grown.get(threadId) ?? { count: 0, lastAt: createdAt }
    grown.set(threadId, { threadId, count: count + 1, lastAt: createdAt > lastAt ? createdAt : lastAt })
  }
  return [...grown.values()]
}

/** What readers see of each, and how many answers to it are to be seen, among these comments. */
function treesOf(comments: readonly ImportedComment[]): Map<string, Tree> {
  const trees = new Map<string, Tree>()
  for (const { id, state } of comments) trees.set(id, { shown: shownOf([{ number: 1, state }]), replies: 0 })
  for (const { id, parentId } of comments.toReversed()) {
    const parent = parentId === null ? undefined : trees.get(parentId)
    if (parent && isPresent(trees.get(id))) parent.replies += 1
  }
  return trees
}

const isPresent = (tree: Tree | undefined) => tree !== undefined && (tree.shown !== null || tree.replies > 0)

/** Tells the comments that were there before of those that answer them now. */
async function rippleOut(
  tx: Database,
  siteId: string,
  comments: readonly ImportedComment[],
  trees: Map<string, Tree>,
): Promise<Happening[]> {
  const happenings: Happening[] = []
  for (const { id, parentId } of comments) {
    if (parentId === null || trees.has(parentId) || !isPresent(trees.get(id))) continue
    const before = { site_id: siteId, parent_id: parentId, shown_revision: null, present_replies: 0 }
    happenings.push(...(await rippleUp(tx, before, 1)))
  }
  return happenings
}
