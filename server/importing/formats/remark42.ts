import { Type } from 'typebox'
import type { Reader, Sink } from '../source.ts'
import { textOf } from '../bytes.ts'
import { checked } from './checked.ts'

const comment = checked(
  Type.Object({
    id: Type.String({ minLength: 1 }),
    pid: Type.Optional(Type.String()),
    text: Type.String(),
    orig: Type.Optional(Type.String()),
    user: Type.Object({ name: Type.String(), id: Type.String({ minLength: 1 }) }),
    locator: Type.Object({ url: Type.String({ minLength: 1 }) }),
    time: Type.String(),
    delete: Type.Optional(Type.Boolean()),
    title: Type.Optional(Type.String()),
  }),
  'a comment',
)
/** Of a whole comment as JSON; a longer line is passed over without being kept. */
const lineLimit = 1_000_000

/** Remark42's backup: a line about the backup, then a comment a line. */
export const readRemark42: Reader = async (file, sink) => {
  let number = 0
  let line = ''
  for await (const text of textOf(file)) {
    const parts = text.split('\n')
    for (const [nth, part] of parts.entries()) {
      if (line.length <= lineLimit) line += part
      if (nth === parts.length - 1) continue
      readLine(line, (number += 1), sink)
      line = ''
    }
  }
  if (line !== '') readLine(line, number + 1, sink)
}

function readLine(line: string, number: number, sink: Sink): void {
  const spot = `line ${number}` as const
  if (line.trim() === '') return
  if (line.length > lineLimit) return sink.fault(spot, 'is longer than a megabyte')
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return sink.fault(spot, 'is no JSON')
  }
  const isHeader = number === 1 && typeof value === 'object' && value !== null && 'version' in value
  const one = isHeader ? null : comment(value, sink, spot)
  if (!one) return
  const { url } = one.locator
  sink.article({ key: url, url, title: one.title || null, publishedAt: null, scope: null })
  sink.author({ key: one.user.id, name: one.user.name, email: null })
  sink.comment(
    {
      id: one.id,
      parent: one.pid || null,
      article: url,
      author: one.user.id,
      createdAt: one.time,
      state: one.delete ? 'deleted' : 'approved',
      text: one.orig || one.text,
      markup: one.orig ? 'markdown' : 'html',
    },
    spot,
  )
}
