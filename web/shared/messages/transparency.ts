import type { Action, RejectReason, SanctionKind } from '../../../core/contract/moderation.ts'
import type { Transparency } from '../../../core/contract/transparency.ts'

type Row = [name: string, value: string]

const actions: Record<Action, string> = {
  approve: 'Approved',
  reject: 'Rejected',
  warn: 'Rejected with a warning',
  time_out: 'Rejected with a time-out',
  ban: 'Rejected with a ban',
  hold: 'Held and passed on',
  escalate: 'Escalated',
  reverse: 'Decisions undone',
  uphold_appeal: 'Appeals upheld',
  dismiss_appeal: 'Appeals dismissed',
  propose_ban: 'Bans proposed',
  object: 'Objections to decisions',
}
const kinds: Record<SanctionKind, string> = { warning: 'Warnings', time_out: 'Time-outs', ban: 'Bans' }
const signals: Record<string, string> = {
  new_author: 'First comments',
  guest: 'Guests, without an account',
  word_list: 'A word of the list',
  passage_unknown: 'A passage that is not in the article',
  timed_out: 'Authors who were timed out',
  links: 'Links',
  rate: 'Many comments in a short time',
  article: 'Sensitive or old articles',
  duplicate: 'Nearly the same as others',
  rejected_before: 'Edits after a rejection',
  learned: 'Looks like rejected comments',
}

/** Minutes as people say them: at most two units. */
export function duration(minutes: number | null): string {
  if (minutes === null) return 'none decided'
  if (minutes < 60) return `${Math.round(minutes)} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

const cases = (of: Transparency['notices' | 'ownInitiative']): Row[] => [
  ['Cases', String(of.cases)],
  ['Decided', String(of.casesDecided)],
  ['Median time to the decision', duration(of.medianMinutes)],
]
const withUndone = (count: number, undone: number) =>
  undone > 0 ? `${count}, ${undone} undone` : String(count)

/** What the console says of a transparency report. @param reason what each reason is called */
export const transparencyText = (reason: Record<RejectReason, string>) => ({
  title: 'Transparency',
  help: 'What was moderated, in numbers, as the Digital Services Act asks for. A signal holds a comment, a person decides: nothing is rejected by a machine.',
  month: 'Month (UTC)',
  download: 'Download as CSV',
  loading: 'Counting…',
  publication: {
    label: 'Everybody may read the numbers of whole months that are over',
    help: 'They are on a page of their own, in the reader’s language, and in a file. Who changes this is in the record.',
    page: 'The page for everybody',
  },
  sections: ({
    notices,
    ownInitiative,
    decisions,
    suspensions,
    complaints,
  }: Transparency): { title: string; rows: Row[] }[] => [
    {
      title: 'Reports by readers',
      rows: [
        ['Reports', String(notices.total)],
        ...notices.byCategory.map(({ category, count }): Row => [reason[category], String(count)]),
        ...cases(notices),
      ],
    },
    {
      title: 'Held by a signal',
      rows: [
        ...cases(ownInitiative),
        ...ownInitiative.bySignal.map(({ signal, count }): Row => [signals[signal] ?? signal, String(count)]),
      ],
    },
    {
      title: 'Decisions',
      rows: [
        ['All', String(decisions.total)],
        ['By a machine', String(decisions.automated)],
        ...decisions.byAction.map(({ action, count, undone }): Row => [
          actions[action],
          withUndone(count, undone),
        ]),
      ],
    },
    ...(decisions.restrictionsByReason.length > 0
      ? [
          {
            title: 'Rejected, by reason',
            rows: decisions.restrictionsByReason.map(({ reason: why, count, undone }): Row => [
              reason[why],
              withUndone(count, undone),
            ]),
          },
        ]
      : []),
    ...(suspensions.length > 0
      ? [
          {
            title: 'Sanctions',
            rows: suspensions.map(({ kind, count, lifted }): Row => [
              kinds[kind],
              lifted > 0 ? `${count}, ${lifted} lifted` : String(count),
            ]),
          },
        ]
      : []),
    {
      title: 'Appeals',
      rows: [
        ['Received', String(complaints.received)],
        ['Upheld', String(complaints.upheld)],
        ['Dismissed', String(complaints.dismissed)],
        ['Not answered yet', String(complaints.open)],
        [
          'Median time to the answer',
          complaints.medianHours === null ? 'none answered' : duration(complaints.medianHours * 60),
        ],
      ],
    },
  ],
})
