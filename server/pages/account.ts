import { html } from 'ghtml'
import type { Account, Erasure } from '../../core/contract/people.ts'
import { notice } from './layout.ts'
import type { PageText } from './messages/index.ts'

/** For who is not signed in. @param next where they go on to, a path here */
export const signInFirstPage = (say: PageText, next = '/account'): string =>
  notice(
    say,
    say.account.title,
    html`
      <p>${say.account.signInFirst}</p>
      <p><a class="strong" href="/signin/?next=${encodeURIComponent(next)}">${say.account.signIn}</a></p>
    `,
  )

/**
 * What somebody may ask of who knows things about them. It takes no script.
 * @param claims what is said of imported comments; nothing where no mail is sent
 * @param fault what was wrong with the form that was sent, and what was chosen in it
 */
export function accountPage(
  say: PageText,
  person: Pick<Account, 'name' | 'email'>,
  claims: string,
  fault?: { text: string; comments: string },
): string {
  const { account } = say
  return notice(
    say,
    account.title,
    html`
      <p><span dir="auto">${account.signedInAs(person.name)}</span> · <bdi>${person.email}</bdi></p>
      <h2>${account.archive}</h2>
      <p>${account.archiveHelp}</p>
      <p><a class="strong" href="/v1/me/archive" download>${account.download}</a></p>
      !${claims}
      <h2 id="erase">${account.erase}</h2>
      <p>${account.eraseHelp}</p>
      !${fault ? html`<p role="alert" id="wrong"><strong>${fault.text}</strong></p>` : ''}
      <form method="post" class="report" aria-labelledby="erase" !${fault ? 'aria-describedby="wrong"' : ''}>
        <fieldset aria-describedby="kept">
          <legend>${account.comments}</legend>
          !${choice('erase', account.eraseComments, fault)} !${choice('keep', account.keepComments, fault)}
          <p class="caption" id="kept">${account.keepHelp}</p>
        </fieldset>
        <label for="password">${account.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          maxlength="200"
          dir="ltr"
          autocomplete="current-password"
          required
        />
        <label class="choice"
          ><input type="checkbox" name="sure" value="yes" required /> ${account.sure}</label
        >
        <button>${account.erase}</button>
      </form>
    `,
  )
}

const choice = (comments: Erasure['comments'], text: string, fault?: { comments: string }) => html`
  <label class="choice"
    ><input
      type="radio"
      name="comments"
      value="${comments}"
      required
      !${fault?.comments === comments ? 'checked' : ''}
    />
    ${text}</label
  >
`

/** How far an erasure is. */
export function erasurePage(say: PageText, { id, total, done, finishedAt }: Erasure): string {
  const { account } = say
  const isFinished = finishedAt !== null
  return notice(
    say,
    account.going,
    html`
      <p>${isFinished ? account.finished : account.working}</p>
      !${
        total === 0
          ? ''
          : html`<p>
              <label for="progress">${account.progress}</label>
              <progress id="progress" max="${total}" value="${done}"></progress>
              <bdi>${`${done} / ${total}`}</bdi>
            </p>`
      }
      !${isFinished ? '' : html`<p><a class="strong" href="/erasure/${id}">${account.again}</a></p>`}
    `,
  )
}
