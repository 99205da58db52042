import { Type } from 'typebox'
import { nullable } from '../../../core/contract/common.ts'
import type { Reader, SourceState } from '../source.ts'
import { checked } from './checked.ts'
import { readJson } from './json.ts'

const maybe = Type.Optional(nullable(Type.String()))
const comment = checked(
  Type.Object({
    commentHex: Type.String({ minLength: 1 }),
    domain: Type.String(),
    path: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    commenterHex: Type.String(),
    markdown: maybe,
    html: maybe,
    parentHex: maybe,
    state: maybe,
    creationDate: Type.String(),
    deleted: Type.Optional(nullable(Type.Boolean())),
  }),
  'a comment',
)
const commenter = checked(
  Type.Object({ commenterHex: Type.String({ minLength: 1 }), name: Type.String(), email: maybe }),
  'a commenter',
)

const states: Record<string, SourceState> = {
  approved: 'approved',
  unapproved: 'pending',
  flagged: 'pending',
  spam: 'spam',
}

/** Commento's export, version 1: one object with `comments` and, behind or before them, `commenters`. */
export const readCommento: Reader = async (file, sink) => {
  await readJson(file, sink, ['$.comments.*', '$.commenters.*'], (value, [list], byte) => {
    const spot = `byte ${byte}` as const
    if (list === 'commenters') {
      const one = commenter(value, sink, spot)
      if (one) sink.author({ key: one.commenterHex, name: one.name, email: one.email || null })
      return
    }
    const one = comment(value, sink, spot)
    if (!one) return
    const path = one.path ?? one.url ?? '/'
    const url = `https://${one.domain}${path.startsWith('/') ? '' : '/'}${path}`
    sink.article({ key: url, url, title: null, publishedAt: null, scope: null })
    sink.comment(
      {
        id: one.commentHex,
        parent: one.parentHex === 'root' ? null : one.parentHex || null,
        article: url,
        author: one.commenterHex,
        createdAt: one.creationDate,
        state: one.deleted ? 'deleted' : (states[one.state ?? 'approved'] ?? 'pending'),
        text: one.markdown || one.html || '',
        markup: one.markdown ? 'markdown' : 'html',
      },
      spot,
    )
  })
}
