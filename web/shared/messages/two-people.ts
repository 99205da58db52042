import type { BanWay, RejectReason } from '../../../core/contract/moderation.ts'
import type { RuleState } from '../../../core/contract/rules.ts'
import { count } from './count.ts'

const settled: Record<RuleState, string> = {
  waiting: 'waits for a second person',
  confirmed: 'confirmed by',
  dropped: 'dropped by',
}

/** What the console says where a ban, or a change of the rules, wants two people. */
export const twoPeopleText = (reason: Record<RejectReason, string>) => {
  const why = (of: RejectReason) => reason[of].toLowerCase()
  return {
    title: 'Two people',
    rule: 'A ban, and a change of these rules, hold once a second person has confirmed them',
    help: 'Another one who leads the moderation of this site confirms. Switching this off is such a change, too; two have to lead.',
    proposes: (name: string, of: RejectReason) => `${name} proposes a ban: ${why(of)}`,
    forYou: 'A second person confirms it: you can, or you decide otherwise.',
    forOthers: 'A second person who leads the moderation of this site confirms it, or decides otherwise.',
    yours: 'You proposed it. A second person who leads the moderation of this site confirms it.',
    act: { ban: 'Ban', propose: 'Propose a ban', confirm: 'Confirm the ban' } satisfies Record<
      BanWay,
      string
    >,
    whyPropose: 'Propose a ban of its author. Why?',
    surely: {
      ban: (name: string, of: RejectReason) =>
        `Ban ${name} from this site: ${why(of)}? Who is banned reads and cannot write.`,
      propose: (name: string, of: RejectReason) =>
        `Propose to ban ${name} from this site: ${why(of)}? The comment is hidden, and a second person has to confirm the ban.`,
      confirm: (name: string, of: RejectReason) =>
        `Confirm the ban of ${name} from this site: ${why(of)}? Who is banned reads and cannot write.`,
    } satisfies Record<BanWay, (name: string, of: RejectReason) => string>,
    button: {
      ban: (name: string) => `Ban ${name}`,
      propose: (name: string) => `Propose to ban ${name}`,
      confirm: (name: string) => `Confirm: ban ${name}`,
    } satisfies Record<BanWay, (name: string) => string>,

    waits: 'A change of the rules waits',
    madeBy: (by: string | null, version: number) =>
      `${by ?? 'Somebody'} made version ${version}. It holds once a second person has confirmed it.`,
    loading: 'Reading the change…',
    nothing: 'It changes nothing.',
    now: 'Now',
    then: 'Then',
    what: 'Rule',
    added: (n: number) => `${count(n, 'line', 'lines')} added to the words`,
    removed: (n: number) => `${count(n, 'line', 'lines')} taken out of the words`,
    more: (n: number) => count(n, 'more line', 'more lines'),
    confirm: 'Confirm',
    drop: 'Drop',
    takeBack: 'Take it back',
    notYours: 'You made it, so somebody else confirms it.',
    confirmed: (version: number) => `Version ${version} holds now.`,
    dropped: (version: number) => `Version ${version} is dropped. The rules stay as they were.`,
    propose: 'Propose',
    proposed: (version: number) =>
      `Kept as version ${version}. It holds once somebody else who leads has confirmed it.`,
    settleFirst: 'Another change can be made when the one that waits is confirmed or dropped.',
    otherRules: 'Other rules hold by now. What you have changed is still in the fields.',
    became: (state: RuleState, by: string | null) =>
      by === null ? (state === 'dropped' ? 'dropped' : settled[state]) : `${settled[state]} ${by}`,

    none: 'none',
    empty: 'empty',
    yes: 'yes',
    no: 'no',
    here: 'a rule of its own',
    rate: (comments: number, minutes: number) => `${comments} in ${count(minutes, 'minute', 'minutes')}`,
    copies: (copies: number, hours: number) => `${copies} in ${count(hours, 'hour', 'hours')}`,
    article: (title: string) => `“${title}”`,
  } as const
}
