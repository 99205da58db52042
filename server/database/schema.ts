import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { MailChoice, NotificationReason } from '../../core/contract/follows.ts'
import type { PlacementStatus } from '../../core/contract/placement.ts'
import type { ReactionKind, ThreadMark } from '../../core/contract/reaction.ts'
import type { KeyPurpose } from '../../core/contract/keys.ts'
import type { NewSavedFilter } from '../../core/contract/bulk.ts'
import type {
  Action,
  CaseCause,
  RejectReason,
  RevisionState,
  SanctionKind,
  Weight,
} from '../../core/contract/moderation.ts'
import type { Role } from '../../core/contract/people.ts'
import type { Rules, RuleState } from '../../core/contract/rules.ts'
import type { Signal } from '../../core/contract/signal.ts'
import type { StaffRole } from '../../core/contract/staff.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import type { ReportCategory } from '../../core/contract/threads.ts'
import type { DeliveryStatus, WebhookEventType } from '../../core/contract/webhooks.ts'

/** JSON goes in as a string, so that an array is not taken for a PostgreSQL array. */
type Json<T extends object | null> = ColumnType<T, string | null, string | null>
type Timestamp = ColumnType<Date, Date | undefined, Date>

interface SiteTable {
  id: string
  slug: string
  name: string
  /** Whether everybody may read the numbers of its moderation. */
  shows_numbers: Generated<boolean>
  created_at: Timestamp
  /** Grows with each change of name and origins. */
  version: Generated<number>
  /** Whether one may comment with a name and no account. */
  takes_guests: Generated<boolean>
}

interface OriginTable {
  site_id: string
  origin: string
}

interface AccountTable {
  id: string
  email: string
  name: string
  password_hash: string | null
  mail_refusals: Generated<number>
  mail_stopped_at: Date | null
  mail_stopped_reason: string | null
  created_at: Timestamp
  erased_at: Date | null
  /** When a provider last vouched for the address; null: nobody did. */
  email_verified_at: Date | null
  /** As their browser said when they last signed in (BCP 47). */
  language: string | null
}

interface ErasureTable {
  id: string
  account_id: string
  keeps_comments: boolean
  total: number
  done: Generated<number>
  created_at: Timestamp
  finished_at: Date | null
}

interface SessionTable {
  id: string
  account_id: string
  site_id: string | null
  created_at: Timestamp
  expires_at: Date
  provider: string | null
  provider_session: string | null
}

interface SignInCodeTable {
  id: string
  account_id: string
  site_id: string
  origin: string
  expires_at: Date
  provider: string | null
  provider_session: string | null
}

interface SiteSignInTable {
  site_id: string
  jwks_url: string | null
  takes_moderators: Generated<boolean>
  oidc_issuer: string | null
  oidc_client: string | null
  oidc_name: string | null
}

interface IdentityTable {
  site_id: string
  provider: string
  subject: string
  account_id: string
  gave_role: Generated<boolean>
  created_at: Timestamp
  used_at: Timestamp
}

interface UsedTokenTable {
  site_id: string
  token_id: string
  expires_at: Date
}

interface OidcAttemptTable {
  id: string
  browser: string
  site_id: string
  origin: string
  language: string
  nonce: string
  verifier: string
  expires_at: Date
}

interface MembershipTable {
  site_id: string
  account_id: string
  role: Role
  /** The beginnings of paths that a moderator is limited to; null: all of the site. */
  sections: string[] | null
  /** Comments here with a name and no account; always a reader. */
  is_guest: Generated<boolean>
  /** By the site's own accounts, shown beside the name. */
  badges: Generated<string[]>
}

interface InvitationTable {
  site_id: string
  id: string
  email: string
  role: StaffRole
  sections: string[] | null
  language: string
  token: string | null
  invited_by: string | null
  created_at: Timestamp
  expires_at: Date
  mailed_at: Date | null
  problem: string | null
}

interface ArticleTable {
  site_id: string
  id: string
  slug: string
  url: string | null
  title: string
  byline: string | null
  excerpt: string | null
  published_at: Date | null
  language: string | null
  direction: Generated<'ltr' | 'rtl' | 'auto'>
  revision: Generated<number>
  carried: Generated<number>
  seq: Generated<number>
  created_at: Timestamp
}

interface OpenedTable {
  site_id: string
  article_id: string
  /** Written as text; the driver reads it as a Date. */
  day: ColumnType<Date, string, never>
  readers: number
}

interface OpenedPassageTable {
  site_id: string
  /** The oldest of the passage. */
  thread_id: string
  day: OpenedTable['day']
  readers: number
}

interface ArticleRevisionTable {
  site_id: string
  article_id: string
  number: number
  fingerprint: string
  report: Json<object[]>
  status: Generated<'taken' | 'held' | 'dropped'>
  doubt: string | null
  created_at: Timestamp
}

interface BlockTable {
  site_id: string
  article_id: string
  revision: number
  position: number
  kind: string
  level: number | null
  text: string
  html: string | null
  fingerprint: string
}

interface ThreadTable {
  site_id: string
  id: string
  article_id: string
  anchor: Json<Anchor | null>
  article_revision: number
  comment_count: Generated<number>
  last_at: Date | null
  agree_count: Generated<number>
  helpful_count: Generated<number>
  question_count: Generated<number>
  source_count: Generated<number>
  reaction_count: GeneratedAlways<number>
  mark: ThreadMark | null
  created_by: string
  created_at: Timestamp
}

interface CommentTable {
  site_id: string
  id: string
  article_id: string
  thread_id: string
  parent_id: string | null
  author_id: string
  latest_revision: Generated<number>
  shown_revision: number | null
  present_replies: Generated<number>
  client_key: string | null
  announced: Generated<boolean>
  created_at: Timestamp
}

interface CommentRevisionTable {
  site_id: string
  comment_id: string
  number: number
  state: RevisionState
  source: string | null
  body: Json<TextBlock[] | null>
  signals: Json<Signal[]>
  language: string | null
  withdrawn_from: RevisionState | null
  withdrawn_at: Date | null
  created_at: Timestamp
}

interface PlacementTable {
  site_id: string
  article_id: string
  thread_id: string
  revision: number
  status: PlacementStatus
  anchor: Json<Anchor | null>
  section: number
  confidence: number
  reason: string
  created_at: Timestamp
}

interface ReattachmentTable {
  site_id: string
  id: string
  thread_id: string
  revision: number
  replaced: Json<Replaced>
  anchor: Json<Anchor>
  made_by: string
  created_at: Timestamp
  undone_at: Date | null
}

/** What a re-attachment took the place of. */
export type Replaced = Pick<
  Selectable<PlacementTable>,
  'status' | 'anchor' | 'section' | 'confidence' | 'reason'
>

interface ReactionTable {
  site_id: string
  thread_id: string
  account_id: string
  id: string
  kind: ReactionKind
  is_typo: GeneratedAlways<boolean>
  text: Generated<string>
  created_at: Timestamp
  settled_at: Date | null
}

/** What happens to a comment; to the text; and to a thread as a whole. */
export type CommentEventKind = 'posted' | 'edited' | 'state' | 'replies'
export type ThreadEventKind = 'placed' | 'reacted' | 'marked'
export type EventKind = CommentEventKind | 'revised' | ThreadEventKind

interface EventTable {
  site_id: string
  article_id: string
  seq: number
  kind: EventKind
  comment_id: string | null
  thread_id: string | null
  created_at: Timestamp
}

interface IdempotencyKeyTable {
  site_id: string
  account_id: string
  key: string
  request_hash: string
  comment_id: string
  created_at: Timestamp
}

interface ModerationCaseTable {
  site_id: string
  id: string
  article_id: string
  comment_id: string
  revision: number
  cause: CaseCause
  status: Generated<'open' | 'decided' | 'withdrawn'>
  version: Generated<number>
  opened_at: Timestamp
  closed_at: Date | null
  due_at: Date
  weights: Json<Weight[]>
  claimed_by: string | null
  claimed_until: Date | null
  escalated_at: Date | null
  report_count: Generated<number>
  passed_by: Generated<string[]>
  appeal_id: string | null
  proposal_id: string | null
  objected_to: string | null
  raid: number | null
}

interface ReportTable {
  site_id: string
  id: string
  case_id: string
  comment_id: string
  revision: number
  reporter_id: string | null
  category: ReportCategory
  text: string
  created_at: Timestamp
  name: string | null
  email: string | null
  language: string | null
  receipt_at: Date | null
  outcome_at: Date | null
}

interface DecisionTable {
  site_id: string
  id: string
  case_id: string
  comment_id: string
  /** Whose comment it is. */
  author_id: string
  revision: number
  action: Action
  reason: RejectReason | null
  note: string
  state_before: RevisionState
  decided_by: string
  reverses: string | null
  bulk_id: Generated<string | null>
  confirms: Generated<string | null>
  proposed_by: Generated<string | null>
  created_at: Timestamp
}

interface FeedTable {
  site_id: string
  id: string
  url: string
  created_at: Timestamp
  etag: string | null
  last_modified: string | null
  read_at: Date | null
  next_at: Timestamp
  problem: string | null
  failures: Generated<number>
}

interface FeedEntryTable {
  site_id: string
  feed_id: string
  url: string
  changed_at: Date | null
  looked_at: Date | null
  problem: string | null
}

interface SanctionTable {
  site_id: string
  id: string
  account_id: string
  decision_id: string
  kind: SanctionKind
  reason: RejectReason
  created_at: Timestamp
  until: Date | null
  acknowledged_at: Date | null
  lifted_at: Date | null
}

interface AppealTable {
  site_id: string
  id: string
  case_id: string
  decision_id: string
  text: string
  created_at: Timestamp
  status: Generated<'open' | 'upheld' | 'dismissed' | 'withdrawn'>
  answer: string | null
  first_decided_by: string
  first_proposed_by: Generated<string | null>
  decided_by: string | null
  decided_at: Date | null
}

interface RecordTable {
  site_id: string
  account_id: string
  approved: Generated<number>
  rejected: Generated<number>
  reports_upheld: Generated<number>
  reports_dismissed: Generated<number>
}

interface RuleSetTable {
  site_id: string
  version: number
  rules: Json<Partial<Rules>>
  word_count: number
  made_by: string | null
  created_at: Timestamp
  state: Generated<RuleState>
  settled_by: string | null
  settled_at: Date | null
}

interface SavedFilterTable {
  site_id: string
  id: string
  name: string
  filter: Json<Omit<NewSavedFilter, 'name'>>
  made_by: string | null
  created_at: Timestamp
}

interface SiteKeyTable {
  site_id: string
  id: string
  purpose: KeyPurpose
  secret: Buffer
  made_by: string | null
  created_at: Timestamp
  expires_at: Date | null
  used_at: Date | null
}

interface SketchTable {
  site_id: string
  band: number
  comment_id: string
  raid: number
  created_at: Timestamp
}

interface LearningTable {
  site_id: string
  is_on: Generated<boolean>
  hold_at: number | null
  forgotten: string | null
  version: Generated<number>
}

/** A guess from before learning: how likely the comment was to fall, and whether it fell. */
export type Guess = [probability: number, fell: 0 | 1]

/**
 * A word, by its hash, with the number of comments that stood and that fell; and the word itself once several people have
 * used it, before that hashes of those who did.
 */
export type CountedWord = [hash: number, stands: number, falls: number, known: string | number[]]

interface ModelTable {
  site_id: string
  version: number
  weights: Buffer
  stands: number
  falls: number
  last_decision: string
  recent: Json<Guess[]>
  words: Json<CountedWord[]>
  created_at: Timestamp
}

interface AuditTable {
  site_id: string
  number: number
  at: Date
  actor_id: string | null
  action: string
  subject: Json<object>
  previous_hash: string
  hash: string
}

interface AuditCheckpointTable {
  site_id: string
  rows: number
  hash: string
  at: Date
  key_id: string | null
  signature: string | null
}

interface FollowTable {
  site_id: string
  id: string
  account_id: string
  kind: 'article' | 'thread' | 'replies'
  article_id: string | null
  thread_id: string | null
  following: boolean
  mail: MailChoice
  language: string
  token: string
  created_at: Timestamp
}

interface NotificationTable {
  site_id: string
  account_id: string
  id: string
  comment_id: string
  reason: NotificationReason
  decision_id: string | null
  follow_id: string | null
  created_at: Timestamp
  read_at: Date | null
  mailed_at: Date | null
}

interface ArticleLookTable {
  site_id: string
  article_id: string
  looked_at: Timestamp
  etag: string | null
  last_modified: string | null
  problem: string | null
}

interface PushedMessageTable {
  site_id: string
  message_id: string
  taken_at: Timestamp
}

interface ImportSourceTable {
  site_id: string
  source: string
  source_id: string
  comment_id: string
}

interface ImportAuthorTable {
  site_id: string
  source: string
  author_key: string
  account_id: string
  email: string | null
}

interface ClaimTable {
  id: string
  account_id: string
  expires_at: Date
}

interface WebhookTable {
  site_id: string
  id: string
  version: Generated<number>
  url: string
  description: Generated<string>
  events: WebhookEventType[]
  secret: Buffer
  previous_secret: Buffer | null
  previous_until: Date | null
  created_at: Timestamp
  disabled_at: Date | null
  disabled_why: 'publisher' | 'gone' | 'failing' | null
  due_at: Date | null
  leased_until: Date | null
  blocked_until: Date | null
  delivered_at: Date | null
  failing_since: Date | null
  problem: string | null
}

/** What happened, before each webhook has its delivery of it. */
interface WebhookEventTable {
  site_id: string
  number: GeneratedAlways<number>
  type: WebhookEventType
  subject_id: string
  happened_at: Timestamp
}

interface WebhookDeliveryTable {
  site_id: string
  /** What it is sent with as `webhook-id`; in the order of sending. */
  id: string
  webhook_id: string
  type: WebhookEventType
  subject_id: string
  happened_at: Timestamp
  status: Generated<DeliveryStatus>
  attempts: Generated<number>
  next_at: Date | null
  last_at: Date | null
  last_status: number | null
  problem: string | null
}

interface SearchProgressTable {
  site_id: string
  article_id: string
  /** Up to here, the article's log was gone through. */
  seq: Generated<number>
}

interface SearchTextTable {
  site_id: string
  comment_id: string
  revision: number
  article_id: string
  /** The name of its configuration, without `postil_`. */
  language: string
  /** A tsvector. */
  words: string
}

interface SearchPassageTable {
  site_id: string
  thread_id: string
  article_id: string
  language: string
  words: string
}

interface SearchLanguageTable {
  site_id: string
  language: string
}

/** The database as the migrations leave it. */
export interface Schema {
  site: SiteTable
  origin: OriginTable
  account: AccountTable
  erasure: ErasureTable
  session: SessionTable
  sign_in_code: SignInCodeTable
  site_sign_in: SiteSignInTable
  identity: IdentityTable
  used_token: UsedTokenTable
  oidc_attempt: OidcAttemptTable
  membership: MembershipTable
  invitation: InvitationTable
  article: ArticleTable
  opened: OpenedTable
  opened_passage: OpenedPassageTable
  article_revision: ArticleRevisionTable
  block: BlockTable
  thread: ThreadTable
  placement: PlacementTable
  reattachment: ReattachmentTable
  reaction: ReactionTable
  comment: CommentTable
  comment_revision: CommentRevisionTable
  event: EventTable
  idempotency_key: IdempotencyKeyTable
  moderation_case: ModerationCaseTable
  report: ReportTable
  decision: DecisionTable
  sanction: SanctionTable
  appeal: AppealTable
  record: RecordTable
  rule_set: RuleSetTable
  saved_filter: SavedFilterTable
  site_key: SiteKeyTable
  article_look: ArticleLookTable
  feed: FeedTable
  feed_entry: FeedEntryTable
  pushed_message: PushedMessageTable
  sketch: SketchTable
  learning: LearningTable
  model: ModelTable
  audit: AuditTable
  audit_checkpoint: AuditCheckpointTable
  follow: FollowTable
  notification: NotificationTable
  import_source: ImportSourceTable
  import_author: ImportAuthorTable
  claim: ClaimTable
  webhook: WebhookTable
  webhook_event: WebhookEventTable
  webhook_delivery: WebhookDeliveryTable
  search_progress: SearchProgressTable
  search_text: SearchTextTable
  search_passage: SearchPassageTable
  search_language: SearchLanguageTable
}

export type CommentRow = Selectable<CommentTable>
export type CaseRow = Selectable<ModerationCaseTable>
export type DecisionRow = Omit<
  Selectable<DecisionTable>,
  'created_at' | 'bulk_id' | 'confirms' | 'proposed_by'
>
