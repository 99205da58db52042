import type { CommentView, ThreadHead } from '../../core/contract/threads.ts'
import { asTree, type Branch } from '../../core/threads/tree.ts'
import { toPlainText } from '../text/index.ts'
import type { DiscussedArticle } from '../threads/index.ts'

/**
 * A thread as search engines read one (schema.org DiscussionForumPosting): its first comment is the posting, the others are
 * the comments on it.
 */
export function posting(
  article: DiscussedArticle,
  thread: ThreadHead,
  comments: CommentView[],
  origin: string,
): object {
  const shown = comments.filter(({ body }) => body !== null)
  const [first, ...others] = shown
  return {
    '@type': 'DiscussionForumPosting',
    headline: thread.anchor?.quote.exact ?? article.title,
    ...(article.language && { inLanguage: article.language }),
    ...(first && facts(first, origin)),
    url: `${origin}/d/${article.id}/${thread.id}`,
    ...(article.url && /^https?:/.test(article.url) && { isPartOf: article.url }),
    commentCount: thread.comments,
    comment: asTree(others).map((branch) => comment(branch, origin)),
  }
}

function comment({ comment: own, replies }: Branch<CommentView>, origin: string): object {
  return {
    '@type': 'Comment',
    ...facts(own, origin),
    url: `${origin}/c/${own.id}`,
    ...(replies.length > 0 && { comment: replies.map((reply) => comment(reply, origin)) }),
  }
}

function facts({ author, body, language, createdAt, editedAt }: CommentView, origin: string) {
  return {
    ...(author && { author: { '@type': 'Person', name: author.name, url: `${origin}/` } }),
    text: toPlainText(body ?? []),
    ...(language !== null && { inLanguage: language }),
    datePublished: createdAt,
    ...(editedAt && { dateModified: editedAt }),
  }
}

/** As the content of a script element: nothing in it may look like its end. */
export function jsonLd(things: object[]): string {
  const [only] = things
  const graph = things.length === 1 ? only : { '@graph': things }
  return JSON.stringify({ '@context': 'https://schema.org', ...graph }).replaceAll('<', '\\u003c')
}
