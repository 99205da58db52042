import { Type, type Static, type TSchema } from 'typebox'
import { ArticleHead, ArticleMarks, ArticleUrl, NewArticle } from './articles.ts'
import { Counter, Cursor, Id, SiteSlug } from './common.ts'
import { HeldRevisions, NewPassage, OrphanPage, Reattached, RevisionDecision } from './passages.ts'
import { Marked, NewMark, NewPassageReaction, NewReaction, Reacted, TypoPage } from './reactions.ts'
import { CasePage, Decided, NewDecision } from './moderation.ts'
import { Account, Credentials, NewAccount, NewSignInCode, SignInCode, Viewer } from './people.ts'
import {
  CommentPage,
  CommentView,
  EditedComment,
  NewComment,
  NewPreview,
  NewReport,
  NewThread,
  Participant,
  Posted,
  Preview,
  RevisionPage,
  ThreadPage,
} from './threads.ts'

const closed = { additionalProperties: false }
const Nothing = Type.Null()
const Page = {
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
}
const Site = { site: SiteSlug }

/**
 * Who may call a route. `public`: anybody from anywhere; `viewer`: somebody signed in on the site, from one of its
 * origins; `own`: somebody signed in on Postil's own pages; `moderator`, `publisher`: that, with the role on the site,
 * or a higher one.
 */
export type Permission = 'public' | 'viewer' | 'own' | 'moderator' | 'publisher'

interface Route {
  summary: string
  permission: Permission
  /** Requests a minute from one account or address. */
  limit: number
  params: TSchema
  query: TSchema
  body: TSchema | null
  status: 200 | 201 | 204
  reply: TSchema
  /** Statuses of the problems it gives beyond 400, 401, 403, 404, 429. */
  problems: readonly number[]
}

// Keeps each row's exact type, and checks that it is one.
const route = <const T extends Route>(row: T): T => row
const params = <T extends Parameters<typeof Type.Object>[0]>(properties: T) => Type.Object(properties, closed)
const none = Type.Object({}, closed)

/** The whole HTTP contract: server validation, OpenAPI and the web client's types come from this table. */
export const routes = {
  'GET /v1/sites/:site/articles': route({
    summary: 'Find an article by its address, with the marks beside its blocks',
    permission: 'public',
    limit: 600,
    params: params(Site),
    query: params({ url: ArticleUrl }),
    body: null,
    status: 200,
    reply: ArticleMarks,
    problems: [],
  }),
  'POST /v1/sites/:site/articles': route({
    summary:
      'Register a page of the site so that it can be discussed; gives the known one where there is one',
    permission: 'viewer',
    limit: 30,
    params: params(Site),
    query: none,
    body: NewArticle,
    status: 200,
    reply: ArticleHead,
    problems: [413, 415],
  }),
  'GET /v1/sites/:site/articles/:article/threads': route({
    summary: "A page of an article's threads, each with its first comments",
    permission: 'public',
    limit: 600,
    params: params({ ...Site, article: Id }),
    query: params(Page),
    body: null,
    status: 200,
    reply: ThreadPage,
    problems: [],
  }),
  'POST /v1/sites/:site/articles/:article/threads': route({
    summary: 'Open a thread on a passage, or on the whole article, with its first comment',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, article: Id }),
    query: none,
    body: NewThread,
    status: 201,
    reply: Posted,
    problems: [409, 413, 415],
  }),
  'POST /v1/sites/:site/threads/:thread/passage': route({
    summary:
      "Put a thread's passage right: by who opened it, or a moderator; 409 when it was placed anew meanwhile",
    permission: 'viewer',
    limit: 30,
    params: params({ ...Site, thread: Id }),
    query: none,
    body: NewPassage,
    status: 201,
    reply: Reattached,
    problems: [409, 413, 415],
  }),
  'DELETE /v1/sites/:site/threads/:thread/passage': route({
    summary: "Undo the last re-attachment of a thread's passage",
    permission: 'viewer',
    limit: 30,
    params: params({ ...Site, thread: Id }),
    query: none,
    body: null,
    status: 200,
    reply: Reattached,
    problems: [409],
  }),
  'PUT /v1/sites/:site/articles/:article/reaction': route({
    summary: 'React to a passage: in the thread it has, or in a new one without comments',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, article: Id }),
    query: none,
    body: NewPassageReaction,
    status: 200,
    reply: Reacted,
    problems: [413, 415],
  }),
  'PUT /v1/sites/:site/threads/:thread/reaction': route({
    summary: 'React to the passage of a thread; one reaction each, the last one counts',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, thread: Id }),
    query: none,
    body: NewReaction,
    status: 200,
    reply: Reacted,
    problems: [413, 415],
  }),
  'DELETE /v1/sites/:site/threads/:thread/reaction': route({
    summary: 'Take your reaction back',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, thread: Id }),
    query: none,
    body: null,
    status: 200,
    reply: Reacted,
    problems: [],
  }),
  'PUT /v1/sites/:site/threads/:thread/mark': route({
    summary:
      'Mark a thread as answered or corrected, or take the mark back: by moderators and those who publish',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, thread: Id }),
    query: none,
    body: NewMark,
    status: 200,
    reply: Marked,
    problems: [413, 415],
  }),
  'GET /v1/sites/:site/typos': route({
    summary: 'A page of the typos that readers found and nobody has ticked off, newest first',
    permission: 'publisher',
    limit: 120,
    params: params(Site),
    query: params(Page),
    body: null,
    status: 200,
    reply: TypoPage,
    problems: [],
  }),
  'POST /v1/sites/:site/typos/:typo/done': route({
    summary: 'Tick a typo off',
    permission: 'publisher',
    limit: 120,
    params: params({ ...Site, typo: Id }),
    query: none,
    body: null,
    status: 204,
    reply: Nothing,
    problems: [],
  }),
  'GET /v1/sites/:site/orphans': route({
    summary: 'A page of the threads whose passage is gone, of one article or of all',
    permission: 'moderator',
    limit: 120,
    params: params(Site),
    query: params({ ...Page, article: Type.Optional(Id) }),
    body: null,
    status: 200,
    reply: OrphanPage,
    problems: [],
  }),
  'GET /v1/sites/:site/revisions': route({
    summary: 'Texts that wait because they look like another article’s, oldest first; a hundred at most',
    permission: 'publisher',
    limit: 120,
    params: params(Site),
    query: none,
    body: null,
    status: 200,
    reply: HeldRevisions,
    problems: [],
  }),
  'POST /v1/sites/:site/articles/:article/revisions/:revision': route({
    summary: 'Take a text that waits as the article’s, or drop it; 409 when it no longer waits',
    permission: 'publisher',
    limit: 120,
    params: params({ ...Site, article: Id, revision: Counter }),
    query: none,
    body: RevisionDecision,
    status: 204,
    reply: Nothing,
    problems: [409, 413, 415],
  }),
  'GET /v1/sites/:site/threads/:thread/comments': route({
    summary: "A page of a thread's comments, oldest first",
    permission: 'public',
    limit: 600,
    params: params({ ...Site, thread: Id }),
    query: params(Page),
    body: null,
    status: 200,
    reply: CommentPage,
    problems: [],
  }),
  'POST /v1/sites/:site/threads/:thread/comments': route({
    summary: 'Comment in a thread; send an Idempotency-Key to make retries safe',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, thread: Id }),
    query: none,
    body: NewComment,
    status: 201,
    reply: Posted,
    problems: [409, 413, 415],
  }),
  'POST /v1/sites/:site/preview': route({
    summary: 'How a comment will look; checks it like a post and keeps nothing',
    permission: 'viewer',
    limit: 120,
    params: params(Site),
    query: none,
    body: NewPreview,
    status: 200,
    reply: Preview,
    problems: [413, 415],
  }),
  'GET /v1/sites/:site/articles/:article/participants': route({
    summary: 'At most eight people of a discussion whose name begins so, for an @; who wrote last first',
    permission: 'viewer',
    limit: 240,
    params: params({ ...Site, article: Id }),
    query: params({ q: Type.Optional(Type.String({ maxLength: 80, pattern: '^[^\\u0000]*$' })) }),
    body: null,
    status: 200,
    reply: params({ participants: Type.Array(Participant) }),
    problems: [],
  }),
  'PATCH /v1/sites/:site/comments/:comment': route({
    summary:
      'Edit one of your own comments: a new revision, screened like the first; 409 with the comment as it is now',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, comment: Id }),
    query: none,
    body: EditedComment,
    status: 200,
    reply: CommentView,
    problems: [409, 413, 415],
  }),
  'POST /v1/sites/:site/comments/:comment/withdrawal': route({
    summary: 'Withdraw one of your own comments',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, comment: Id }),
    query: none,
    body: null,
    status: 204,
    reply: Nothing,
    problems: [409],
  }),
  'DELETE /v1/sites/:site/comments/:comment/withdrawal': route({
    summary:
      'Undo the withdrawal of one of your own comments within ten minutes; it is then what it was before',
    permission: 'viewer',
    limit: 60,
    params: params({ ...Site, comment: Id }),
    query: none,
    body: null,
    status: 200,
    reply: CommentView,
    problems: [409],
  }),
  'GET /v1/sites/:site/comments/:comment/revisions': route({
    summary:
      'A page of what a comment said, newest first: texts that readers could see, or all to its author',
    permission: 'public',
    limit: 600,
    params: params({ ...Site, comment: Id }),
    query: params(Page),
    body: null,
    status: 200,
    reply: RevisionPage,
    problems: [],
  }),
  'POST /v1/sites/:site/comments/:comment/reports': route({
    summary: 'Report a comment to the moderators; a second report by the same reader changes nothing',
    permission: 'viewer',
    limit: 20,
    params: params({ ...Site, comment: Id }),
    query: none,
    body: NewReport,
    status: 204,
    reply: Nothing,
    problems: [413, 415],
  }),
  'GET /v1/sites/:site/session': route({
    summary: 'Who is signed in on this site',
    permission: 'public',
    limit: 600,
    params: params(Site),
    query: none,
    body: null,
    status: 200,
    reply: params({ viewer: Type.Union([Viewer, Type.Null()]) }),
    problems: [],
  }),
  'POST /v1/sites/:site/session': route({
    summary: 'Exchange the one-time code of the sign-in window for a session of the embed',
    permission: 'public',
    limit: 20,
    params: params(Site),
    query: none,
    body: SignInCode,
    status: 200,
    reply: params({ viewer: Viewer }),
    problems: [413, 415],
  }),
  'DELETE /v1/sites/:site/session': route({
    summary: 'Sign out of the embed',
    permission: 'public',
    limit: 60,
    params: params(Site),
    query: none,
    body: null,
    status: 204,
    reply: Nothing,
    problems: [],
  }),
  'POST /v1/accounts': route({
    summary: 'Create an account and sign in with it',
    permission: 'own',
    limit: 10,
    params: none,
    query: none,
    body: NewAccount,
    status: 201,
    reply: Account,
    problems: [409, 413, 415],
  }),
  'GET /v1/session': route({
    summary: "Who is signed in on Postil's own pages",
    permission: 'own',
    limit: 600,
    params: none,
    query: none,
    body: null,
    status: 200,
    reply: params({ account: Type.Union([Account, Type.Null()]) }),
    problems: [],
  }),
  'POST /v1/session': route({
    summary: 'Sign in with e-mail and password',
    permission: 'own',
    limit: 10,
    params: none,
    query: none,
    body: Credentials,
    status: 200,
    reply: Account,
    problems: [413, 415],
  }),
  'DELETE /v1/session': route({
    summary: 'Sign out',
    permission: 'own',
    limit: 60,
    params: none,
    query: none,
    body: null,
    status: 204,
    reply: Nothing,
    problems: [],
  }),
  'POST /v1/sign-in-codes': route({
    summary: "A one-time code, valid for a minute, that signs this account in on one of the site's origins",
    permission: 'own',
    limit: 20,
    params: none,
    query: none,
    body: NewSignInCode,
    status: 201,
    reply: SignInCode,
    problems: [413, 415],
  }),
  'GET /v1/sites/:site/cases': route({
    summary: "A page of the site's open cases, the longest waiting first",
    permission: 'moderator',
    limit: 600,
    params: params(Site),
    query: params(Page),
    body: null,
    status: 200,
    reply: CasePage,
    problems: [],
  }),
  'POST /v1/sites/:site/cases/:case/decisions': route({
    summary: 'Decide a case; 409 with the case as it is now when somebody was faster',
    permission: 'moderator',
    limit: 600,
    params: params({ ...Site, case: Id }),
    query: none,
    body: NewDecision,
    status: 201,
    reply: Decided,
    problems: [409, 413, 415],
  }),
  'POST /v1/sites/:site/decisions/:decision/reversal': route({
    summary: 'Undo a decision of your own: a linked, reversing decision that opens the case again',
    permission: 'moderator',
    limit: 600,
    params: params({ ...Site, decision: Id }),
    query: none,
    body: null,
    status: 201,
    reply: Decided,
    problems: [409],
  }),
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof routes
type Part<N extends RouteName, K extends 'params' | 'query' | 'reply'> = Static<(typeof routes)[N][K]>
export type Params<N extends RouteName> = Part<N, 'params'>
export type Query<N extends RouteName> = Part<N, 'query'>
export type Reply<N extends RouteName> = Part<N, 'reply'>
export type Body<N extends RouteName> = (typeof routes)[N]['body'] extends TSchema
  ? Static<(typeof routes)[N]['body']>
  : undefined
