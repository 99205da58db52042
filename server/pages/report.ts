import { html } from 'ghtml'
import type { CommentView, ReportCategory } from '../../core/contract/threads.ts'
import { toHtml } from '../text/index.ts'
import { notice } from './layout.ts'
import type { PageText } from './messages/index.ts'
import { nameOf, type Setting } from './setting.ts'

/** What was typed, to be put right. */
export interface Typed {
  category: string
  text: string
  name: string
  email: string
}

const nothing: Typed = { category: '', text: '', name: '', email: '' }
export const categories: ReportCategory[] = ['illegal', 'abuse', 'spam', 'off_topic', 'other']

/**
 * The form for who has no account (DSA, Article 16). It takes no script.
 * @param typed what was sent, where something is missing in it
 */
export function reportPage({ say }: Setting, comment: CommentView, typed?: Typed): string {
  const { report } = say
  const given = typed ?? nothing
  const wrong = typed ? ' aria-describedby="wrong"' : ''
  return notice(
    say,
    report.title,
    html`
      <p>${report.about(nameOf(say, comment))}</p>
      <blockquote>!${toHtml(comment.body ?? [])}</blockquote>
      !${typed ? html`<p role="alert" id="wrong"><strong>${report.wrong}</strong></p>` : ''}
      <form method="post" class="report" !${wrong}>
        <fieldset>
          <legend>${report.why}</legend>
          !${categories.map((category) => choice(say, category, given.category)).join('')}
        </fieldset>
        <label for="text">${report.explain}</label>
        <textarea id="text" name="text" rows="5" maxlength="1000" dir="auto" required>${given.text}</textarea>
        <label for="name">${report.name}</label>
        <input
          id="name"
          name="name"
          maxlength="80"
          dir="auto"
          autocomplete="name"
          required
          value="${given.name}"
        />
        <label for="email">${report.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          maxlength="254"
          dir="ltr"
          autocomplete="email"
          required
          aria-describedby="mail"
          value="${given.email}"
        />
        <p class="caption" id="mail">${report.mail}</p>
        <label class="choice"
          ><input type="checkbox" name="faith" value="yes" required /> ${report.faith}</label
        >
        <button>${report.send}</button>
      </form>
    `,
  )
}

const choice = ({ report }: PageText, category: ReportCategory, chosen: string) => html`
  <label class="choice"
    ><input
      type="radio"
      name="category"
      value="${category}"
      required
      !${category === chosen ? 'checked' : ''}
    />
    ${report.categories[category]}</label
  >
`

/** Says that the report is here. */
export const reportedPage = ({ say }: Setting): string =>
  notice(say, say.report.done, html`<p>${say.report.doneHelp}</p>`)
