import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Lucia, User } from 'lucia'
import type { ActorRole } from '../../core/contract/people.ts'
import { languageTag } from '../../core/text/language.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import { membershipOn, reader } from './accounts.ts'
import { mostMemberships } from './lucia.ts'

/** Somebody signed in. */
export interface Person {
  id: string
  name: string
}

/** Somebody signed in on a site, with the role there: what permissions are asked about. */
export interface Actor extends Person {
  role: ActorRole
  /** Of a moderator of sections: the beginnings of their paths. Null: of the whole site. */
  sections: string[] | null
}

/** Who vouched for somebody in Postil's place. */
export interface SignedInBy {
  provider: string
  /** The provider's own name for the session there, where it has one. */
  session: string | null
}

const month = 30 * 24 * 3600
/** On Postil's own pages: never sent with another site's requests. */
const ownCookie = 'postil'
/** In the embed: sent from the publisher's page, kept apart by browsers for each publisher (CHIPS). */
const embedCookie = (site: Site) => `postil-${site.slug}`

const ownAttributes = (request: FastifyRequest): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: request.protocol === 'https',
})
const embedAttributes: CookieSerializeOptions = {
  path: '/v1/',
  httpOnly: true,
  secure: true,
  sameSite: 'none',
  partitioned: true,
}

/** The first language that a browser names, which is the one its reader likes best (RFC 9110, section 12.5.4). */
const languageOf = ({ headers }: FastifyRequest) =>
  languageTag(headers['accept-language']?.split(/[,;]/)[0]?.trim())

/** Starts a session on Postil's own pages. */
export async function signIn(
  lucia: Lucia,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: string,
): Promise<void> {
  const session = await lucia.createSession(accountId, { siteId: null, language: languageOf(request) })
  reply.setCookie(ownCookie, session.id, { ...ownAttributes(request), maxAge: month })
}

/**
 * Starts a session of the embed, which counts for this site only, in place of the one that the request carries.
 * @param by null where Postil asked for the password itself
 */
export async function signInOnSite(
  lucia: Lucia,
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  accountId: string,
  by: SignedInBy | null,
): Promise<void> {
  const before = request.cookies[embedCookie(site)]
  if (before) await lucia.invalidateSession(before)
  const session = await lucia.createSession(accountId, {
    siteId: site.id,
    provider: by?.provider ?? null,
    providerSession: by?.session ?? null,
    language: languageOf(request),
  })
  reply.setCookie(embedCookie(site), session.id, { ...embedAttributes, maxAge: month })
}

/** Ends the sessions that this request carries: the own one, and the site's where one is given. */
export async function signOut(
  lucia: Lucia,
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site | null,
): Promise<void> {
  const names = site ? [ownCookie, embedCookie(site)] : [ownCookie]
  for (const name of names) {
    const id = request.cookies[name]
    if (id) await lucia.invalidateSession(id)
  }
  reply.clearCookie(ownCookie, ownAttributes(request))
  if (site) reply.clearCookie(embedCookie(site), embedAttributes)
}

/** Which provider signed in who is signed in on a site, by the embed's session; null where that was Postil, or nobody is. */
export async function providerOn(
  lucia: Lucia,
  cookies: FastifyRequest['cookies'],
  site: Site,
): Promise<string | null> {
  const id = cookies[embedCookie(site)]
  const { session } = id ? await lucia.validateSession(id) : { session: null }
  return session?.siteId === site.id ? (session.provider ?? null) : null
}

/** Who is signed in on Postil's own pages, or null. */
export async function whoOwn(lucia: Lucia, cookies: FastifyRequest['cookies']): Promise<Person | null> {
  const user = await ownUser(lucia, cookies)
  return user && { id: user.id, name: user.name }
}

/**
 * Who is signed in on a site: by the embed's session, which must be of this very site, or by the own one.
 * The own cookie reaches this only from Postil's own pages, because browsers keep it from all others.
 */
export async function whoOn(
  db: Database,
  lucia: Lucia,
  cookies: FastifyRequest['cookies'],
  site: Site,
): Promise<Actor | null> {
  const id = cookies[embedCookie(site)]
  const { user, session } = id ? await lucia.validateSession(id) : { user: null, session: null }
  return inRole(db, site, session?.siteId === site.id ? user : await ownUser(lucia, cookies))
}

/** Who is signed in on Postil's own pages, with the role on a site: a session of the embed does not count here. */
export async function whoOwnOn(
  db: Database,
  lucia: Lucia,
  cookies: FastifyRequest['cookies'],
  site: Site,
): Promise<Actor | null> {
  return inRole(db, site, await ownUser(lucia, cookies))
}

async function ownUser(lucia: Lucia, cookies: FastifyRequest['cookies']): Promise<User | null> {
  const id = cookies[ownCookie]
  if (!id) return null
  const { user, session } = await lucia.validateSession(id)
  return session?.siteId === null ? user : null
}

async function inRole(db: Database, site: Site, user: User | null): Promise<Actor | null> {
  if (!user) return null
  const { id, name, memberships } = user
  const known = memberships.find(({ siteId }) => siteId === site.id)
  const isAll = memberships.length < mostMemberships
  const { role, sections } = known ?? (isAll ? reader : await membershipOn(db, site.id, id))
  return { id, name, role, sections }
}
