import type { CommentView } from '../../core/contract/threads.ts'
import { addressOf } from '../../core/threads/address.ts'
import { changeOf } from '../comments/index.ts'
import { toHtml } from '../text/index.ts'
import { nameOf, type Setting } from './setting.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)

/**
 * The newest comments of a discussion as an Atom feed (RFC 4287).
 * @param path of the page it is the feed of
 */
export function atomFeed({ article, say, origin }: Setting, path: string, comments: CommentView[]): string {
  const [newest] = comments
  const entries = comments.map(
    (comment) => `
  <entry>
    <id>urn:uuid:${comment.id}</id>
    <title>${escape(say.comment(nameOf(say, comment)))}</title>
    <author><name>${escape(nameOf(say, comment))}</name></author>
    <published>${comment.createdAt}</published>
    <updated>${changeOf(comment)}</updated>
    <link rel="alternate" type="text/html" href="${origin}${addressOf.comment(comment.id)}"/>
    <content type="html" xml:lang="${escape(comment.language ?? article.language ?? '')}">${escape(toHtml(comment.body ?? []))}</content>
  </entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${say.language}">
  <id>${origin}${path}</id>
  <title>${escape(say.of(article.title))}</title>
  <updated>${newest ? changeOf(newest) : new Date(0).toISOString()}</updated>
  <link rel="self" type="application/atom+xml" href="${origin}${path}/feed"/>
  <link rel="alternate" type="text/html" href="${origin}${path}"/>${entries.join('')}
</feed>
`
}
