import { html } from 'ghtml'
import type { ReadableArticle } from '../articles/index.ts'
import { layout } from './layout.ts'
import type { PageText } from './messages/index.ts'

type Block = ReadableArticle['blocks'][number]

/**
 * An imported article, set for reading, with its discussion beside it.
 * @param say what is not the article's own
 */
export function articlePage(article: ReadableArticle, say: PageText): string {
  return layout({
    title: `${article.title} · ${article.site_name}`,
    language: article.language ?? 'en',
    direction: article.direction,
    canonical: article.url,
    embed: { site: article.site, url: `urn:uuid:${article.id}`, say },
    body: html`
      <article class="reading">
        <header>
          <h1>${article.title}</h1>
          !${standfirst(article)} !${byline(article)}
        </header>
        !${blocks(article.blocks)}
      </article>
    `,
  })
}

function standfirst({ excerpt, blocks: [first] }: ReadableArticle): string {
  // Extractors give the first lines where the page names no summary of its own.
  if (!excerpt || first?.text.startsWith(excerpt.slice(0, 60))) return ''
  return html`<p class="standfirst" data-postil-ignore>${excerpt}</p>`
}

function byline({ byline: author, published_at: published, language }: ReadableArticle): string {
  if (!author && !published) return ''
  const date = published?.toLocaleDateString(language ?? 'en', { dateStyle: 'long', timeZone: 'UTC' })
  return html`<p class="byline" data-postil-ignore>
    ${author ?? ''}
    !${published ? html`<time datetime="${published.toISOString()}">${date ?? ''}</time>` : ''}
  </p>`
}

/** Items that follow each other are one list. */
function blocks(all: Block[]): string {
  const parts: string[] = []
  for (const [index, block] of all.entries()) {
    const isItem = block.kind === 'item'
    if (isItem && all[index - 1]?.kind !== 'item') parts.push('<ul>')
    parts.push(element(block))
    if (isItem && all[index + 1]?.kind !== 'item') parts.push('</ul>')
  }
  return parts.join('\n')
}

function element(block: Block): string {
  // The import keeps allowed inline markup only; where there is none, the text is escaped here.
  const inner = block.html ?? html`${block.text}`
  switch (block.kind) {
    case 'heading': {
      const level = Math.min(Math.max(block.level ?? 2, 2), 6)
      return html`<h${String(level)}>!${inner}</h${String(level)}>`
    }
    case 'item':
      return html`<li>!${inner}</li>`
    case 'quote':
      return html`<blockquote><p>!${inner}</p></blockquote>`
    case 'caption':
      return html`<p class="caption">!${inner}</p>`
    case 'code':
      return html`<pre><code>!${inner}</code></pre>`
    default:
      return html`<p>!${inner}</p>`
  }
}
