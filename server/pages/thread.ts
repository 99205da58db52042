import { html } from 'ghtml'
import type { CommentView, ThreadHead } from '../../core/contract/threads.ts'
import { addressOf } from '../../core/threads/address.ts'
import { asTree, type Branch } from '../../core/threads/tree.ts'
import { toHtml } from '../text/index.ts'
import { around, asInArticle, nameOf, shortened, type Setting } from './setting.ts'

/**
 * A thread: its passage, and comments of it.
 * @param options `isAll` where no page has more of it; `marked`: the comment that the page is about
 */
export function threadSection(
  setting: Setting,
  thread: ThreadHead,
  comments: CommentView[],
  options: { isAll?: boolean; marked?: string } = {},
): string {
  const { article, say } = setting
  const isAll = options.isAll || comments.length >= thread.comments
  return html`
    <section class="thread" id="thread-${thread.id}">
      !${passage(setting, thread)}
      !${asTree(comments).map((branch) => branchHtml(setting, branch, null, 0, options.marked))}
      !${isAll ? '' : html`<p><a href="${addressOf.thread(article.id, thread.id)}">${say.wholeThread(thread.comments)}</a></p>`}
    </section>
  `
}

function passage({ article, say }: Setting, { anchor, placement }: ThreadHead): string {
  if (!anchor) return html`<h2>${say.onArticle}</h2>`
  const words = (text: string) => html`<bdi !${asInArticle(article)}>${text}</bdi>`
  const now =
    placement?.status === 'orphaned'
      ? html`${say.gone}`
      : placement?.status === 'edited' && placement.anchor
        ? around(say.wordingNow, words(shortened(placement.anchor.quote.exact)))
        : ''
  return html`<blockquote !${asInArticle(article)}>${anchor.quote.exact}</blockquote>
    !${now === '' ? '' : html`<p class="caption">!${now}</p>`}`
}

/** Answers are set in as far as they can be read; deeper ones say whom they answer. */
const deepest = 3

function branchHtml(
  setting: Setting,
  { comment, replies }: Branch<CommentView>,
  parent: CommentView | null,
  depth: number,
  marked?: string,
): string {
  const answers = replies.map((reply) => branchHtml(setting, reply, comment, depth + 1, marked)).join('')
  const { article, say } = setting
  return html`
    <article
      class="comment"
      id="comment-${comment.id}"
      !${comment.id === marked ? 'aria-current="true"' : ''}
    >
      !${byline(setting, comment, depth > deepest ? parent : null)}
      !${comment.body ? html`<div lang="${comment.language ?? article.language ?? ''}" dir="auto">!${toHtml(comment.body)}</div>` : html`<p class="caption">${say.removed}</p>`}
      !${answers === '' ? '' : depth < deepest ? html`<div class="answers">!${answers}</div>` : ''}
    </article>
    !${depth < deepest ? '' : answers}
  `
}

/**
 * Who wrote a comment, and when; nothing of a tombstone.
 * @param answered the comment that it answers, where that is not to be seen by where it stands
 */
export function byline({ say }: Setting, comment: CommentView, answered: CommentView | null): string {
  if (!comment.body) return ''
  const labels = comment.author?.guest ? [say.guest] : (comment.author?.badges ?? [])
  const when = new Date(comment.createdAt).toLocaleString(say.language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
  return html`<p class="byline">
    <b dir="auto">${nameOf(say, comment)}</b>
    !${labels.map((label) => html`<bdi class="badge">${label}</bdi> `).join('')}
    !${answered ? html`<span>!${around(say.answerTo, html`<bdi>${nameOf(say, answered)}</bdi>`)}</span>` : ''}
    <a href="${addressOf.comment(comment.id)}" title="${say.link}"
      ><time datetime="${comment.createdAt}">${when}</time></a
    >
    ${comment.editedAt ? say.edited : ''}
  </p>`
}
