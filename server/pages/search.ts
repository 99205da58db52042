import { html } from 'ghtml'
import type { FoundComment, FoundPassage, SearchPage, Segment } from '../../core/contract/search.ts'
import { addressOf } from '../../core/threads/address.ts'
import { notice } from './layout.ts'
import { asInArticle, shortened, type Setting } from './setting.ts'
import { byline } from './thread.ts'

/** As long as the contract lets it be. */
export const mostLetters = 200

/** The field to search an article's discussion with. It takes no script. */
export const searchForm = ({ article, say }: Setting, words = ''): string => html`
  <form role="search" class="search" action="${addressOf.discussion(article.id)}">
    <label for="q">${say.search.label}</label>
    <input id="q" name="q" type="search" maxlength="${mostLetters}" dir="auto" required value="${words}" />
    <button>${say.search.send}</button>
  </form>
`

/** What was found in an article's discussion, a page of it; not for search engines. */
export function searchPage(setting: Setting, words: string, page: SearchPage): string {
  const { article, say } = setting
  const { passages, comments, next } = page
  const isEmpty = passages.length + comments.length === 0
  const address = addressOf.discussion(article.id)
  return notice(
    say,
    isEmpty ? say.search.none(words) : say.search.found(words),
    html`
      <p><a href="${address}">${say.of(article.title)}</a></p>
      !${searchForm(setting, words)} !${isEmpty ? html`<p>${say.search.help}</p>` : ''}
      !${passages.length === 0 ? '' : html`<h2>${say.search.passages}</h2>`}
      !${passages.map((one) => passageFound(setting, one))}
      !${comments.length === 0 ? '' : html`<h2>${say.search.comments}</h2>`}
      !${comments.map((one) => commentFound(setting, one))}
      !${next === null ? '' : html`<p><a rel="next" href="${address}?q=${encodeURIComponent(words)}&amp;cursor=${next}">${say.next}</a></p>`}
    `,
  )
}

function passageFound({ article, say }: Setting, { thread, excerpt }: FoundPassage): string {
  return html`
    <blockquote !${asInArticle(article)}>!${excerpt.map(segment)}</blockquote>
    <p><a href="${addressOf.thread(article.id, thread.id)}">${say.wholeThread(thread.comments)}</a></p>
  `
}

function commentFound(setting: Setting, { comment, thread, excerpt }: FoundComment): string {
  const { article, say } = setting
  const quote = thread.anchor
    ? html`<bdi !${asInArticle(article)}>${say.quoted(shortened(thread.anchor.quote.exact))}</bdi>`
    : say.onArticle
  return html`
    <article class="comment">
      !${byline(setting, comment, null)}
      <p lang="${comment.language ?? article.language ?? ''}" dir="auto">!${excerpt.map(segment)}</p>
      <p class="caption"><a href="${addressOf.thread(article.id, thread.id)}">!${quote}</a></p>
    </article>
  `
}

const segment = ({ text, hit }: Segment) => (hit ? html`<mark>${text}</mark>` : html`${text}`)
