import { html } from 'ghtml'
import type { CommentView, ThreadHead, ThreadPage } from '../../core/contract/threads.ts'
import { articleAddress, webAddress } from '../../core/threads/address.ts'
import { asTree, type Branch } from '../../core/threads/tree.ts'
import { toHtml, toPlainText } from '../text/index.ts'
import type { DiscussedArticle } from '../threads/index.ts'
import { jsonLd, posting } from './json-ld.ts'
import { layout } from './layout.ts'
import { pageText as say } from './messages.ts'

/** Where a discussion's pages are. */
export const addressOf = {
  discussion: (article: string) => `/d/${article}`,
  thread: (article: string, thread: string) => `/d/${article}/${thread}`,
  comment: (comment: string) => `/c/${comment}`,
}

/** An article's address to read it at, with a comment to be shown in it. */
function addressIn(article: DiscussedArticle, comment?: CommentView): string | null {
  const address = article.isReadable ? articleAddress(article) : webAddress(article.url)
  return address && comment ? `${address}#postil=${comment.threadId}/${comment.id}` : address
}

/** An article's threads, a page of them, each with its first comments. */
export function discussionPage(article: DiscussedArticle, page: ThreadPage, origin: string): string {
  return frame(article, origin, {
    title: say.of(article.title),
    path: addressOf.discussion(article.id),
    description: page.threads.length > 0 ? excerpt(page.threads[0]?.first[0]) : say.empty,
    linked: page.threads.map((thread) => posting(article, thread, thread.first, origin)),
    body: html`
      <h1>${say.of(article.title)}</h1>
      <p>!${linkToArticle(article)}</p>
      !${page.threads.map((thread) => threadSection(article, thread, thread.first)).join('')}
      !${page.threads.length === 0 ? html`<p>${say.empty}</p>` : ''}
      !${next(addressOf.discussion(article.id), page.next)}
    `,
  })
}

/** One thread, a page of its comments. */
export function threadPage(
  article: DiscussedArticle,
  thread: ThreadHead,
  { comments, next: cursor }: { comments: CommentView[]; next: string | null },
  origin: string,
): string {
  const path = addressOf.thread(article.id, thread.id)
  return frame(article, origin, {
    title: thread.anchor
      ? `“${shortened(thread.anchor.quote.exact)}” · ${article.title}`
      : say.of(article.title),
    path,
    description: excerpt(comments[0]),
    linked: [posting(article, thread, comments, origin)],
    body: html`
      <h1>${say.of(article.title)}</h1>
      <p>
        !${linkToArticle(article)} · <a href="${addressOf.discussion(article.id)}">${say.wholeDiscussion}</a>
      </p>
      !${threadSection(article, thread, comments, { isAll: true })} !${next(path, cursor)}
    `,
  })
}

/** One comment, with those it answers and those that answer it. */
export function commentPage(
  article: DiscussedArticle,
  thread: ThreadHead,
  comments: CommentView[],
  comment: CommentView,
  origin: string,
): string {
  const inArticle = addressIn(article, comment)
  return frame(article, origin, {
    title: `${say.comment(nameOf(comment))} · ${article.title}`,
    path: addressOf.comment(comment.id),
    description: excerpt(comment),
    linked: [posting(article, thread, comments, origin)],
    body: html`
      <h1>${say.of(article.title)}</h1>
      <p>
        !${linkToArticle(article)} · <a href="${addressOf.discussion(article.id)}">${say.wholeDiscussion}</a>
      </p>
      !${threadSection(article, thread, comments, { marked: comment.id })}
      !${inArticle === null ? '' : html`<p><a class="strong" href="${inArticle}">${say.inArticle}</a></p>`}
    `,
  })
}

function frame(
  article: DiscussedArticle,
  origin: string,
  page: { title: string; path: string; description: string; linked: object[]; body: string },
): string {
  const address = origin + page.path
  return layout({
    title: page.title,
    language: article.language ?? say.language,
    direction: article.direction,
    canonical: address,
    embed: null,
    head: html`
      <meta name="description" content="${page.description}" />
      <meta property="og:type" content="article" />
      <meta property="og:title" content="${page.title}" />
      <meta property="og:description" content="${page.description}" />
      <meta property="og:url" content="${address}" />
      <meta name="twitter:card" content="summary" />
      <link
        rel="alternate"
        type="application/atom+xml"
        href="${addressOf.discussion(article.id)}/feed"
        title="${say.of(article.title)}"
      />
      <script type="application/ld+json">
        !${jsonLd(page.linked)}
      </script>
    `,
    body: html`<div class="reading discussion">!${page.body}</div>`,
  })
}

function linkToArticle(article: DiscussedArticle): string {
  const address = addressIn(article)
  return address === null ? html`${article.title}` : html`<a href="${address}">${say.readArticle}</a>`
}

function threadSection(
  article: DiscussedArticle,
  thread: ThreadHead,
  comments: CommentView[],
  options: { isAll?: boolean; marked?: string } = {},
): string {
  const branches = asTree(comments)
  const isAll = options.isAll || comments.length >= thread.comments
  return html`
    <section class="thread" id="thread-${thread.id}">
      !${passage(thread)} !${branches.map((branch) => branchHtml(branch, null, 0, options.marked)).join('')}
      !${isAll ? '' : html`<p><a href="${addressOf.thread(article.id, thread.id)}">${say.wholeThread(thread.comments)}</a></p>`}
    </section>
  `
}

function passage({ anchor, placement }: ThreadHead): string {
  if (!anchor) return html`<h2>${say.onArticle}</h2>`
  const now =
    placement?.status === 'orphaned'
      ? say.gone
      : placement?.status === 'edited' && placement.anchor
        ? say.wordingNow(shortened(placement.anchor.quote.exact))
        : ''
  return html`<blockquote dir="auto">${anchor.quote.exact}</blockquote>
    !${now === '' ? '' : html`<p class="caption" dir="auto">${now}</p>`}`
}

/** Answers are set in as far as they can be read; deeper ones say whom they answer. */
const deepest = 3

function branchHtml(
  branch: Branch<CommentView>,
  parent: CommentView | null,
  depth: number,
  marked?: string,
): string {
  const { comment, replies } = branch
  const answers = replies.map((reply) => branchHtml(reply, comment, depth + 1, marked)).join('')
  return html`
    <article
      class="comment"
      id="comment-${comment.id}"
      !${comment.id === marked ? 'aria-current="true"' : ''}
    >
      !${head(comment, depth > deepest ? parent : null)}
      !${comment.body ? html`<div dir="auto">!${toHtml(comment.body)}</div>` : html`<p class="caption">${say.removed}</p>`}
      !${answers === '' ? '' : depth < deepest ? html`<div class="answers">!${answers}</div>` : ''}
    </article>
    !${depth < deepest ? '' : answers}
  `
}

function head(comment: CommentView, answered: CommentView | null): string {
  if (!comment.author) return ''
  const when = new Date(comment.createdAt)
  return html`<p class="byline">
    <b dir="auto">${comment.author.name}</b>
    !${answered ? html`<span dir="auto">${say.answerTo(nameOf(answered))}</span>` : ''}
    <a href="${addressOf.comment(comment.id)}" title="${say.link}"
      ><time datetime="${comment.createdAt}"
        >${when.toLocaleString(say.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })}</time
      ></a
    >
    ${comment.editedAt ? say.edited : ''}
  </p>`
}

const next = (path: string, cursor: string | null) =>
  cursor === null ? '' : html`<p><a rel="next" href="${path}?cursor=${cursor}">${say.next}</a></p>`

export const nameOf = (comment: CommentView): string => comment.author?.name ?? say.unknownPerson

const shortened = (text: string, most = 140) =>
  text.length <= most ? text : `${text.slice(0, most).trimEnd()}…`

export const excerpt = (comment: CommentView | undefined): string =>
  shortened(toPlainText(comment?.body ?? []).replace(/\s+/g, ' '), 200)
