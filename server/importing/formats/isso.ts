import { DatabaseSync } from 'node:sqlite'
import { Type } from 'typebox'
import { nullable } from '../../../core/contract/common.ts'
import { authorOf, type Reader, type SourceState } from '../source.ts'
import { checked } from './checked.ts'

const row = checked(
  Type.Object({
    id: Type.Integer(),
    key: Type.String(),
    parent_key: nullable(Type.String()),
    uri: Type.String({ minLength: 1 }),
    title: nullable(Type.String()),
    created: Type.Number(),
    mode: Type.Integer(),
    text: nullable(Type.String()),
    author: nullable(Type.String()),
    email: nullable(Type.String()),
  }),
  'a comment',
)

const states: Record<number, SourceState> = { 1: 'approved', 2: 'pending', 4: 'deleted' }

/** isso's own database, a SQLite file; opened to read only. Two of them may come to one site, so ids have the time with them. */
export const readIsso: Reader = (file, sink) => {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const comments = db.prepare(`
      select comments.id, comments.id || '@' || comments.created as key,
        case when comments.parent is not null
          then coalesce(parent.id || '@' || parent.created, 'gone ' || comments.parent) end as parent_key,
        threads.uri, threads.title, comments.created, comments.mode, comments.text, comments.author, comments.email
      from comments
      left join threads on threads.id = comments.tid
      left join comments as parent on parent.id = comments.parent
      order by comments.id
    `)
    let rows = 0
    for (const value of comments.iterate()) {
      const spot = `row ${(rows += 1)}` as const
      const one = row(value, sink, spot)
      if (!one) continue
      sink.article({ key: one.uri, url: one.uri, title: one.title || null, publishedAt: null, scope: null })
      const author = authorOf(one.author ?? '', one.email ?? '')
      sink.author(author)
      const at = new Date(one.created * 1000)
      sink.comment(
        {
          id: one.key,
          parent: one.parent_key,
          article: one.uri,
          author: author.key,
          createdAt: Number.isFinite(at.getTime()) ? at.toISOString() : '',
          state: states[one.mode] ?? 'pending',
          text: one.text ?? '',
          markup: 'markdown',
        },
        spot,
      )
    }
  } catch (error) {
    // A database that is cut off reads up to where it is broken.
    sink.fault('the end', error instanceof Error ? error.message : String(error))
  } finally {
    db.close()
  }
  return Promise.resolve()
}
