import { html } from 'ghtml'
import type { Claimable } from '../claims/index.ts'
import { notice } from './layout.ts'
import type { PageText } from './messages/index.ts'

/** On the page of an account: a way to comments that were imported. @param askedFor the address that was just written to */
export const claimSection = ({ claim }: PageText, askedFor: string | null): string => html`
  <h2 id="claim">${claim.title}</h2>
  !${
    askedFor === null
      ? html`<p>${claim.help}</p>
          <form method="post" action="/account/claim" aria-labelledby="claim">
            <button>${claim.ask}</button>
          </form>`
      : html`<p role="status">${claim.asked(askedFor)}</p>`
  }
`

/** What a link leads to: all that would be put under the name of whoever is signed in. */
export const claimPage = (say: PageText, name: string, found: Claimable[]): string =>
  notice(
    say,
    say.claim.question,
    html`
      <ul>
        !${found.map((one) => html`<li dir="auto">${say.claim.found(one.comments, one.name, one.site)}</li>`)}
      </ul>
      <p dir="auto">${say.claim.warning(name)}</p>
      <form method="post"><button>${say.claim.confirm}</button></form>
    `,
  )

/** What there is to say of a link in place of that. */
export const claimNotice = (say: PageText, what: 'done' | 'gone' | { other: string }): string =>
  notice(
    say,
    say.claim.title,
    html`
      <p dir="auto" role="status">
        ${typeof what === 'string' ? say.claim[what] : say.claim.other(what.other)}
      </p>
      <p><a class="strong" href="/account">${say.claim.back}</a></p>
    `,
  )
