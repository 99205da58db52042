import { html } from 'ghtml'
import { layout } from './layout.ts'

/** The start page: what runs here, and where to go. */
export function startPage(): string {
  return layout({
    title: 'Postil',
    language: 'en',
    direction: 'ltr',
    canonical: null,
    embed: null,
    body: html`
      <div class="reading start">
        <h1>Postil</h1>
        <p class="standfirst">
          A note written in the margin. This server hosts discussion next to the paragraphs of articles.
        </p>
        <ul class="ways">
          <li>
            <a href="/demo/">Demo article</a> an ordinary page with one script tag; open a mark beside a
            paragraph
          </li>
          <li><a href="/console/">Console</a> where moderators clear the queue</li>
          <li><a href="/account">Your account</a> a copy of your data, or the end of it</li>
          <li><a href="/v1/docs">API</a> every route with its permission, limits and errors</li>
        </ul>
      </div>
    `,
  })
}
