import { html } from 'ghtml'
import type { PageText } from './messages/index.ts'

interface Page {
  title: string
  language: string
  direction: 'ltr' | 'rtl' | 'auto'
  canonical: string | null
  /** More for the head, made with `html`: what search engines and feed readers look for. */
  head?: string
  /** Where the discussion comes from, and what is said about it to who runs no script; or null for a page without one. */
  embed: { site: string; url: string; say: PageText } | null
  /** Markup, made with `html`. */
  body: string
}

/** The frame of Postil's own pages. */
export function layout(page: Page): string {
  return html`<!doctype html>
    <html lang="${page.language}" dir="${page.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title}</title>
        <link rel="stylesheet" href="/pages.css" />
        <link rel="icon" href="data:," />
        !${page.canonical === null ? '' : html`<link rel="canonical" href="${page.canonical}" />`}
        !${page.head ?? ''}
        !${page.embed ? html`<script type="module" src="/embed.js" data-site="${page.embed.site}" data-url="${page.embed.url}"></script>` : ''}
      </head>
      <body>
        <main>!${page.body}</main>
        !${
          page.embed
            ? html`<noscript
                ><p class="reading" lang="${page.embed.say.language}" dir="${page.embed.say.direction}">
                  <a href="/d?site=${page.embed.site}&amp;url=${encodeURIComponent(page.embed.url)}"
                    >${page.embed.say.withoutScript}</a
                  >
                </p></noscript
              >`
            : ''
        }
      </body>
    </html>`
}

/**
 * A page that says one thing, and is not for search engines.
 * @param say the texts of the language it is in
 * @param body markup, made with `html`
 */
export function notice(
  { language, direction }: Pick<Page, 'language' | 'direction'>,
  title: string,
  body: string,
): string {
  return layout({
    title,
    language,
    direction,
    canonical: null,
    head: '<meta name="robots" content="noindex" />',
    embed: null,
    body: html`<div class="reading discussion">
      <h1>${title}</h1>
      !${body}
    </div>`,
  })
}
