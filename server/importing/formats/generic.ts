import { Type } from 'typebox'
import { nullable } from '../../../core/contract/common.ts'
import { authorOf, type Reader, type Sink } from '../source.ts'
import { checked } from './checked.ts'
import { readJson } from './json.ts'

const maybe = Type.Optional(nullable(Type.String()))
const Ref = Type.Union([Type.String(), Type.Integer()])
const comment = checked(
  Type.Object({
    id: Ref,
    parent: Type.Optional(nullable(Ref)),
    author: maybe,
    email: maybe,
    created: Type.String(),
    text: maybe,
    html: maybe,
    state: Type.Optional(
      Type.Union([
        Type.Literal('approved'),
        Type.Literal('pending'),
        Type.Literal('spam'),
        Type.Literal('deleted'),
      ]),
    ),
  }),
  'a comment',
)

/** A plain list of articles, each with its comments: what isso calls generic, with states, HTML and answers beside. */
export const readGeneric: Reader = async (file, sink) => {
  const articles = new Map<string, Record<string, string>>()
  const paths = ['$.*.comments.*', '$.*.id', '$.*.url', '$.*.title']
  await readJson(file, sink, paths, (value, [index, name], byte) => {
    const key = String(index)
    if (name === 'comments') return readComment(value, key, sink, byte)
    if (typeof value === 'string') articles.set(key, { ...articles.get(key), [String(name)]: value })
  })
  for (const [key, { id, url, title }] of articles) {
    const address = url ?? id ?? ''
    if (address === '') continue
    // In isso's lists, titles are written as in addresses.
    const name = title && unescaped(title)
    sink.article({ key, url: address, title: name || null, publishedAt: null, scope: id ?? address })
  }
}

function readComment(value: unknown, article: string, sink: Sink, byte: number): void {
  const spot = `byte ${byte}` as const
  const one = comment(value, sink, spot)
  if (!one) return
  const author = authorOf(one.author ?? '', one.email ?? '')
  sink.author(author)
  sink.comment(
    {
      id: String(one.id),
      parent: one.parent === null || one.parent === undefined ? null : String(one.parent),
      article,
      author: author.key,
      createdAt: one.created,
      state: one.state ?? 'approved',
      text: one.html || one.text || '',
      markup: one.html ? 'html' : 'markdown',
    },
    spot,
  )
}

function unescaped(title: string): string {
  if (/\s/.test(title)) return title
  try {
    return decodeURIComponent(title.replaceAll('+', ' '))
  } catch {
    return title
  }
}
