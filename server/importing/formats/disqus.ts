import { authorOf, type Reader, type Spot } from '../source.ts'
import { readXml } from './xml.ts'

/** Disqus's export: threads, each with an address, then posts that name their thread and the post they answer. */
export const readDisqus: Reader = async (file, sink) => {
  let fields: Record<string, string> = {}
  let within: { id: string; spot: Spot } | null = null
  await readXml(file, sink, {
    onOpen({ name, path, attributes, spot }) {
      const id = attributes['dsq:id'] ?? ''
      if (path.length === 1) {
        fields = {}
        within = { id, spot }
      } else if (path.length === 2 && (name === 'thread' || name === 'parent')) fields[`${name}Id`] = id
    },
    onClose({ name, path, text }) {
      if (path.length === 3 && path[2] === 'author') fields[`author.${name}`] = text
      if (path.length === 2) fields[name] = text
      if (path.length !== 1 || !within) return
      const { id, spot } = within
      const field = (key: string) => fields[key]?.trim() ?? ''
      if (name === 'thread' && field('link') !== '')
        sink.article({
          key: id,
          url: field('link'),
          title: field('title') || null,
          publishedAt: field('createdAt') || null,
          scope: null,
        })
      if (name !== 'post') return
      // A signed-in person's name at Disqus is theirs alone; a guest's name is anybody's.
      const author = authorOf(field('author.name'), field('author.email'))
      const username = field('author.username')
      if (username !== '' && field('author.isAnonymous') !== 'true') author.key = `@${username}`
      sink.author(author)
      const state =
        field('isDeleted') === 'true' ? 'deleted' : field('isSpam') === 'true' ? 'spam' : 'approved'
      sink.comment(
        {
          id,
          parent: fields['parentId'] ?? null,
          article: fields['threadId'] ?? '',
          author: author.key,
          createdAt: field('createdAt'),
          state,
          text: fields['message'] ?? '',
          markup: 'html',
        },
        spot,
      )
    },
  })
}
