import type { KeyPurpose, SiteKey } from '../../../core/contract/keys.ts'
import type { Role } from '../../../core/contract/people.ts'
import type { Finding } from '../../../core/contract/sites.ts'
import type { Invitation, Member } from '../../../core/contract/staff.ts'

const roles: Record<Role, string> = {
  reader: 'Reader',
  moderator: 'Moderator',
  lead: 'Leads the moderation',
  publisher: 'Publisher',
  operator: 'Operator',
}
const purposes: Record<KeyPurpose, string> = {
  push: 'For sending articles',
  sign_in: 'For signing readers in',
}
const day = (instant: string) => new Date(instant).toLocaleDateString('en', { dateStyle: 'medium' })
/** A role with its sections. */
const standing = ({ role, sections }: Pick<Member, 'role' | 'sections'>) =>
  `${roles[role]}${sections ? `, in ${sections.join(', ')} only` : ''}`

/** What the console says of a site's settings. */
export const settingsText = {
  parts: 'Parts of the settings',
  part: {
    site: 'Site',
    people: 'People',
    keys: 'Keys',
    webhooks: 'Webhooks',
    look: 'Look',
    data: 'Data',
  },
  loading: 'Reading the settings…',
  saving: 'Saving…',
  save: 'Save',
  saved: 'Saved.',
  takeTheirs: 'Take theirs into the fields',
  saveOver: 'Save mine all the same',
  undo: 'Undo',
  undone: 'Undone: it is as it was before.',
  copy: 'Copy',
  copied: 'Copied.',
  notCopied: 'The browser did not let it be copied. Select it and copy it by hand.',
  cancel: 'Cancel',
  kept: 'I have kept it',
  site: {
    name: 'Name',
    nameHint: 'Readers see it in mail and on the pages of discussions.',
    nameMissing: 'Type a name.',
    origins: 'Origins, one in a line',
    originsHint:
      'Where your pages are, like https://www.example.org: with and without “www.”, each for itself. Only pages there show a discussion. It holds at once.',
    notOrigin: (line: number, text: string) =>
      `Line ${line}: “${text}” is no address. Write it like https://www.example.org.`,
    takesGuests: 'Guests may comment with a name and no account',
    guestsHint:
      'A moderator looks at each of their comments before it appears. Once this is off, guests can no longer write; what was written stays.',
    leaves: (origins: string[]) =>
      `Pages of ${origins.join(', ')} will show no discussion, and nobody will be able to sign in from there. What was written stays, and comes back with the origin.`,
    leavesAll: 'Without an origin, no page of yours shows a discussion. What was written stays.',
    isHere: 'This console goes on working: it needs no origin.',
    theirs: (name: string, origins: string[], takesGuests: boolean) =>
      `By now the name is “${name}”, the origins are ${origins.join(', ') || 'none'}, and guests may ${takesGuests ? '' : 'not '}comment. Yours is still in the fields.`,
    tag: 'The script tag',
    tagHint: 'Put it anywhere in your pages.',
    lockedTag: 'The same, held to the script as it is now',
    lockedTagHint:
      'Browsers then run this very script or none (Subresource Integrity). Each update of Postil needs the tag anew.',
    notBuilt: 'The script’s hash is not known: this Postil was started without its browser part.',
    doctor: 'Is it set up right?',
    doctorHint:
      'Give the address of a page on one of your origins. It is fetched as it is served, and looked at.',
    address: 'Address of a page',
    look: 'Look at the page',
    looking: 'Fetching the page…',
    nothingWrong: 'Nothing is wrong.',
    faults: (n: number) => (n === 1 ? 'One thing is wrong.' : `${n} things are wrong.`),
    level: { right: 'Right', note: 'Note', fault: 'Wrong' } satisfies Record<Finding['level'], string>,
    change: 'Change it to',
  },
  people: {
    loading: 'Reading who works here…',
    title: 'Who works here',
    help: 'Moderators decide about comments. Who leads also settles the rules. Publishers settle everything here. Operators are made on the command line.',
    standing,
    role: 'Role',
    roles,
    you: 'you',
    change: 'Change',
    changeOf: (name: string) => `Change what ${name} does here`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name} from this site`,
    sections: 'Sections, one in a line',
    sectionsHint: 'Beginnings of paths, like /sport. Left empty, the whole site.',
    changed: (name: string, now: Pick<Member, 'role' | 'sections'>) =>
      now.role === 'reader' ? `${name} works here no more.` : `${name}: ${standing(now)}.`,
    more: 'Show more',
    readAgain: 'Read who works here now',
    invited: 'Invited',
    nobodyInvited: 'No invitation waits for an answer.',
    invite: 'Invite somebody',
    inviteHelp:
      'They get a mail with a link that works once, for seven days. They sign in there, or make an account.',
    noMail:
      'This Postil sends no mail, so nobody can be invited here. Its operator sets SMTP_URL, or gives the role by the command line.',
    email: 'E-mail address',
    emailWrong: 'Type an e-mail address, like you@example.org.',
    language: 'Language of the mail',
    send: 'Send the invitation',
    sent: (email: string) => `An invitation is on its way to ${email}.`,
    again: 'Send again',
    againOf: (email: string) => `Send again: the invitation to ${email}`,
    takeBack: 'Take back',
    takeBackOf: (email: string) => `Take back: the invitation to ${email}`,
    takenBack: (email: string) => `Taken back. The link that ${email} has no longer works.`,
    state: ({ mailedAt, expiresAt, problem }: Invitation, now: number) => {
      if (problem !== null) return `The mail server does not take it: ${problem}`
      if (Date.parse(expiresAt) < now) return 'Nobody answered in time. Send it again, or take it back.'
      return mailedAt === null ? 'Being mailed' : `Mailed. The link works until ${day(expiresAt)}`
    },
    by: (name: string | null) => (name === null ? '' : `by ${name}`),
  },
  keys: {
    loading: 'Reading the keys…',
    title: 'Keys of your servers',
    help: 'With a key, your own server sends articles or signs readers in. A new one of a purpose takes the place of the one before, which holds for a week more, so that nothing fails while you exchange it.',
    none: 'No keys yet.',
    purpose: purposes,
    make: { push: 'Make a key for articles', sign_in: 'Make a key for signing in' } satisfies Record<
      KeyPurpose,
      string
    >,
    making: 'Making a key…',
    secret: 'The new key. It is shown this once: keep it where your server reads its secrets.',
    secretLabel: 'The new key',
    line: ({ by, createdAt, usedAt, expiresAt }: SiteKey) =>
      [
        `made on ${day(createdAt)}${by === null ? ' by the command line' : ` by ${by}`}`,
        usedAt === null ? 'never used' : `last used on ${day(usedAt)}`,
        ...(expiresAt === null ? [] : [`holds until ${day(expiresAt)}`]),
      ].join(' · '),
    revoke: 'Revoke',
    revokeOf: (key: SiteKey) =>
      `Revoke the key ${purposes[key.purpose].toLowerCase()}, made on ${day(key.createdAt)}`,
    revokeQuestion: 'What is signed with it is refused at once, and it does not come back.',
    revokeIt: 'Revoke it',
    revoked: 'Revoked.',
  },
  look: {
    title: 'How it looks',
    help: 'Choose, look, and put the lines below into your pages’ style sheet. Nothing is stored here: your page decides.',
    scheme: 'Show it',
    schemes: { light: 'in light colours', dark: 'in dark colours' },
    device: 'on',
    devices: { phone: 'a phone', desktop: 'a desktop' },
    colours: 'Colours',
    colour: {
      accent: 'Links, buttons and marks',
      surface: 'Ground of the panel',
      text: 'Text',
      quiet: 'What matters less',
      line: 'Rules and borders',
      danger: 'Errors, and what cannot be taken back',
    },
    own: (what: string) => `A colour of your own: ${what}`,
    inLight: 'in light',
    inDark: 'in dark',
    fonts: 'Type',
    font: { font: 'Of the panel', 'quote-font': 'Of the quoted passage' },
    fontHint: 'As in CSS: "Source Sans 3", sans-serif. Your page has to load it.',
    notFont: 'This is no list of fonts: leave out ; { } and the like.',
    weak: (what: string, scheme: 'light' | 'dark', ratio: number) =>
      `${what}, in ${scheme}: the contrast is ${ratio.toFixed(1)} to 1, and reading wants 4.5.`,
    css: 'For your style sheet',
    nothing: 'Nothing is changed: it looks like this without a line.',
    preview: 'The discussion of your newest article, with these colours',
    noArticle:
      'No text of an article of yours is known yet. Open one of your pages, or send one, and its discussion is shown here.',
    languageTitle: 'Language',
    language:
      'The discussion speaks the language of the article, by the lang of the page: <html lang="de">. There are English, German, French, Spanish, Russian, Arabic, Japanese and Kazakh; in any other it speaks English.',
    whoTitle: 'Who may comment',
    who: 'Whoever is signed in. What waits for a moderator first, how often one may write, and when comments are closed stands in the rules.',
    toRules: 'To the rules',
  },
  data: {
    title: 'Your data',
    help: 'All there is of this site as JSON Lines: articles, threads, comments with their states, reports, decisions, rules, people and the audit log. Secrets are left out: passwords, sessions and keys. It has e-mail addresses in it, so keep it well. The audit log says who downloaded it.',
    download: 'Download everything',
    limit: 'Six times an hour at the most.',
    into: 'Into another Postil, which has to be empty:',
    annotations: 'What readers see at passages, as W3C Web Annotations, is written by the command line:',
    erasing: 'When somebody asks to be forgotten',
    erasingHelp:
      'Whoever has an account downloads a copy of their data, or deletes the account, on the page of their account. For who cannot sign in any more, the operator does it by the command line:',
    account: 'The page of an account',
  },
} as const
