import { authorOf, type Reader, type Sink, type SourceState, type Spot } from '../source.ts'
import { readXml } from './xml.ts'

const states: Record<string, SourceState> = {
  '1': 'approved',
  approved: 'approved',
  '0': 'pending',
  hold: 'pending',
  spam: 'spam',
  trash: 'deleted',
  'post-trashed': 'deleted',
}

/** WordPress's export (WXR): items of a channel, each with its comments. */
export const readWordPress: Reader = async (file, sink) => {
  let item: Record<string, string> = {}
  let items = 0
  let comment: Record<string, string> = {}
  let began: Spot = 'the end'
  await readXml(file, sink, {
    onOpen({ name, spot }) {
      if (name === 'item') {
        item = {}
        items += 1
      }
      if (name === 'wp:comment') {
        comment = {}
        began = spot
      }
    },
    onClose({ name, path, text }) {
      const parent = path.at(-1)
      if (parent === 'wp:comment') comment[name] = text
      if (parent === 'item') item[name] = text
      // Told with each comment: where the file is cut off, the item never ends. The first time counts.
      if (name === 'item' || name === 'wp:comment') tellArticle(item, String(items), sink)
      if (name !== 'wp:comment' || parent !== 'item') return
      const field = (key: string) => comment[`wp:comment_${key}`]?.trim() ?? ''
      if (['pingback', 'trackback'].includes(field('type')))
        return sink.fault(began, `is a ${field('type')}, which no person wrote: left out`)
      const author = authorOf(field('author'), field('author_email'))
      sink.author(author)
      sink.comment(
        {
          id: field('id'),
          parent: ['', '0'].includes(field('parent')) ? null : field('parent'),
          article: String(items),
          author: author.key,
          createdAt: utc(field('date_gmt')) || utc(field('date')),
          state: states[field('approved')] ?? 'pending',
          // Blank lines part paragraphs, and a line's end is one: WordPress stores it as typed.
          text: paragraphs(field('content')),
          markup: 'html',
        },
        began,
      )
    },
  })
}

function tellArticle(item: Record<string, string>, key: string, sink: Sink): void {
  const link = item['link']?.trim() ?? ''
  if (link === '') return
  sink.article({
    key,
    url: link,
    title: item['title']?.trim() || null,
    publishedAt: utc(item['wp:post_date_gmt']) || item['pubDate']?.trim() || null,
    // Of this blog: several may come to one site.
    scope: `${URL.parse(link)?.host ?? ''} ${item['wp:post_id']?.trim() || link}`,
  })
}

/** WordPress's date without a zone, which is UTC; nothing where it is not known, written as zeros. */
function utc(date: string | undefined): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(date?.trim() ?? '') ?? []
  return day === undefined || time === undefined || day.startsWith('0000') ? '' : `${day}T${time}Z`
}

function paragraphs(content: string): string {
  if (/<(?:p|br)\b/i.test(content)) return content
  const parts = content.replaceAll('\r\n', '\n').split(/(<pre\b[\s\S]*?<\/pre>)/i)
  return parts
    .map((part, nth) => (nth % 2 === 1 ? part : part.replaceAll(/\n{2,}/g, '<p>').replaceAll('\n', '<br>')))
    .join('')
}
