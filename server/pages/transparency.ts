import { html } from 'ghtml'
import type { Transparency } from '../../core/contract/transparency.ts'
import type { Month } from '../../core/moderation/months.ts'
import { rejecting } from '../../core/moderation/rejecting.ts'
import { layout } from './layout.ts'
import type { PageText } from './messages/index.ts'

type Row = [name: string, value: number | null]

/**
 * The numbers of a site's moderation in a month, for everybody.
 * @param month the one that is shown, of `months`
 */
export function transparencyPage(
  say: PageText,
  site: { slug: string; name: string },
  { month, months, report }: { month: Month; months: Month[]; report: Transparency },
): string {
  const { transparency: text } = say
  const title = text.title(site.name)
  const file = `/v1/sites/${site.slug}/transparency.csv?from=${month.from}&to=${month.to}`
  return layout({
    title: `${title} – ${month.name}`,
    language: say.language,
    direction: say.direction,
    canonical: null,
    embed: null,
    body: html`<div class="reading discussion">
      <h1>${title}</h1>
      <p>${text.help}</p>
      <h2>${month.name}</h2>
      !${sectionsOf(say, report)
        .filter(([, rows]) => rows.length > 0)
        .map(([heading, rows]) => table(say, heading, rows))
        .join('')}
      <p><a href="${file}" download>${text.file}</a></p>
      <nav aria-label="${text.months}">
        <h2>${text.months}</h2>
        <ul class="months">
          !${months.map((one) => link(site.slug, one, one.from === month.from)).join('')}
        </ul>
      </nav>
    </div>`,
  })
}

const table = (say: PageText, heading: string, rows: Row[]) =>
  html`<table class="numbers">
    <caption>
      ${heading}
    </caption>
    <tbody>
      !${rows
        .map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value === null ? say.transparency.none : value.toLocaleString(say.language)}</td>
            </tr>`,
        )
        .join('')}
    </tbody>
  </table>`

const link = (slug: string, { from, name }: Month, isShown: boolean) =>
  html`<li>
    <a href="/transparency/${slug}?month=${from.slice(0, 7)}" !${isShown ? 'aria-current="page"' : ''}
      >${name}</a
    >
  </li>`

/** What a reader understands without knowing how a queue works; the file has the rest. */
function sectionsOf(say: PageText, report: Transparency): [heading: string, rows: Row[]][] {
  const { transparency: text, report: words } = say
  const { notices, ownInitiative, decisions, suspensions, complaints } = report
  const count = (actions: readonly string[]) =>
    decisions.byAction.reduce((sum, one) => sum + (actions.includes(one.action) ? one.count : 0), 0)
  const waits = (of: Transparency['notices' | 'ownInitiative']): Row[] => [
    [text.comments, of.cases],
    [text.decided, of.casesDecided],
    [text.minutes, of.medianMinutes],
  ]
  return [
    [
      text.notices,
      [
        [text.reports, notices.total],
        ...notices.byCategory.map(({ category, count: some }): Row => [words.categories[category], some]),
        ...waits(notices),
      ],
    ],
    [text.held, waits(ownInitiative)],
    [
      text.decisions,
      [
        [text.approved, count(['approve'])],
        [text.rejected, count(rejecting)],
        [text.automated, decisions.automated],
        [text.undone, decisions.undone],
      ],
    ],
    [
      text.reasons,
      decisions.restrictionsByReason.map(({ reason, count: some }): Row => [words.categories[reason], some]),
    ],
    [text.suspensions, suspensions.map(({ kind, count: some }): Row => [text.kinds[kind], some])],
    [
      text.complaints,
      [
        [text.received, complaints.received],
        [text.upheld, complaints.upheld],
        [text.dismissed, complaints.dismissed],
        [text.open, complaints.open],
        [text.hours, complaints.medianHours],
      ],
    ],
  ]
}
