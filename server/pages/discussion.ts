import { html } from 'ghtml'
import type { CommentView, ThreadHead, ThreadPage } from '../../core/contract/threads.ts'
import { addressOf, articleAddress, webAddress } from '../../core/threads/address.ts'
import { exactly } from '../../core/text/exactly.ts'
import { toPlainText } from '../text/index.ts'
import type { DiscussedArticle } from '../threads/index.ts'
import { jsonLd, posting } from './json-ld.ts'
import { layout, notice } from './layout.ts'
import { searchForm } from './search.ts'
import { around, asInArticle, nameOf, shortened, type Setting } from './setting.ts'
import { threadSection } from './thread.ts'

/** An article's address to read it at, with a comment to be shown in it. */
function addressIn(article: DiscussedArticle, comment?: CommentView): string | null {
  const address = article.isReadable ? articleAddress(article) : webAddress(article.url)
  return address && comment ? `${address}#postil=${comment.threadId}/${comment.id}` : address
}

/** An article's threads, a page of them, each with its first comments. */
export function discussionPage(setting: Setting, page: ThreadPage): string {
  const { article, say, origin } = setting
  const path = addressOf.discussion(article.id)
  return frame(setting, {
    title: say.of(article.title),
    path,
    description: page.threads.length > 0 ? excerpt(page.threads[0]?.first[0]) : say.empty,
    linked: page.threads.map((thread) => posting(article, thread, thread.first, origin)),
    body: html`
      !${heading(setting)}
      <p>!${linkToArticle(setting)}</p>
      !${page.threads.length === 0 ? '' : searchForm(setting)}
      !${page.threads.map((thread) => threadSection(setting, thread, thread.first))}
      !${page.threads.length === 0 ? html`<p>${say.empty}</p>` : ''} !${next(setting, path, page.next)}
    `,
  })
}

/** One thread, a page of its comments. */
export function threadPage(
  setting: Setting,
  thread: ThreadHead,
  { comments, next: cursor }: { comments: CommentView[]; next: string | null },
): string {
  const { article, say, origin } = setting
  const path = addressOf.thread(article.id, thread.id)
  return frame(setting, {
    title: thread.anchor
      ? `${say.quoted(shortened(thread.anchor.quote.exact))} · ${article.title}`
      : say.of(article.title),
    path,
    description: excerpt(comments[0]),
    linked: [posting(article, thread, comments, origin)],
    body: html`
      !${heading(setting)} !${ways(setting)} !${threadSection(setting, thread, comments, { isAll: true })}
      !${next(setting, path, cursor)}
    `,
  })
}

/** One comment, with those it answers and those that answer it. */
export function commentPage(
  setting: Setting,
  thread: ThreadHead,
  comments: CommentView[],
  comment: CommentView,
): string {
  const { article, say, origin } = setting
  const inArticle = addressIn(article, comment)
  return frame(setting, {
    title: `${say.comment(nameOf(say, comment))} · ${article.title}`,
    path: addressOf.comment(comment.id),
    description: excerpt(comment),
    linked: [posting(article, thread, comments, origin)],
    body: html`
      !${heading(setting)} !${ways(setting)}
      !${threadSection(setting, thread, comments, { marked: comment.id })}
      !${inArticle === null ? '' : html`<p><a class="strong" href="${inArticle}">${say.inArticle}</a></p>`}
      <p><a rel="nofollow" href="${addressOf.report(comment.id)}">${say.report.link}</a></p>
    `,
  })
}

/** In the place of a comment that was erased: its address says so, whoever kept it. */
export const erasedPage = (setting: Setting): string =>
  notice(
    setting.say,
    setting.say.erased.title,
    html`<p>${setting.say.erased.help}</p>
      !${ways(setting)}`,
  )

function frame(
  { article, say, origin }: Setting,
  page: { title: string; path: string; description: string; linked: object[]; body: string },
): string {
  const address = origin + page.path
  return layout({
    title: page.title,
    language: say.language,
    direction: say.direction,
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

const titleOf = (article: DiscussedArticle) => html`<bdi !${asInArticle(article)}>${article.title}</bdi>`

const heading = (setting: Setting) =>
  html`<h1>!${around(setting.say.of, titleOf(setting.article))}</h1>
    !${hoursNote(setting)}`

/** Says that one cannot write, and until when, or how often one can; nothing where one may as one likes. */
function hoursNote({ say, hours: [now, next] }: Setting): string {
  if (now && now.slowMode > 0) return html`<p>${say.slowMode(exactly(now.slowMode, say.language))}</p>`
  if (!now?.closed) return ''
  if (!next) return html`<p>${say.closed}</p>`
  const when = new Date(next.from).toLocaleString(say.language, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
  const time = html`<time datetime="${next.from}">${when}</time>`
  return html`<p>${say.closed} !${around(say.openAgain, time)}</p>`
}

function linkToArticle({ article, say }: Setting): string {
  const address = addressIn(article)
  return address === null ? titleOf(article) : html`<a href="${address}">${say.readArticle}</a>`
}

const ways = (setting: Setting) => html`
  <p>
    !${linkToArticle(setting)} ·
    <a href="${addressOf.discussion(setting.article.id)}">${setting.say.wholeDiscussion}</a>
  </p>
`

const next = ({ say }: Setting, path: string, cursor: string | null) =>
  cursor === null ? '' : html`<p><a rel="next" href="${path}?cursor=${cursor}">${say.next}</a></p>`

const excerpt = (comment: CommentView | undefined): string =>
  shortened(toPlainText(comment?.body ?? []).replace(/\s+/g, ' '), 200)
