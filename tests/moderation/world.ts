import { randomUUID } from 'node:crypto'
import type { RouteName } from '../../core/contract/routes.ts'
import { createAccount, setRole } from '../../server/people/index.ts'
import { findSite } from '../../server/sites/index.ts'
import { post } from '../../server/threads/index.ts'
import { follow, onArticle } from '../follows/stage.ts'
import { openMailServer, type MailServer } from '../mail/stage.ts'
import type { Answer, Client } from '../server/client.ts'
import type { Line } from '../server/line.ts'
import { site } from '../server/stage.ts'
import { Model, type Comment, type Staff } from './model.ts'

const password = 'margin-notes'

/** The server, with those who are the same in all worlds. */
export interface Ground {
  server: MailServer
  people: Record<'reader' | Staff, Client>
  names: Record<string, Staff>
}

export async function openGround(): Promise<Ground> {
  const server = await openMailServer()
  const lea = await createAccount(server.db, { email: 'lea@demo.example', name: 'Lea', password })
  await setRole(server.db, server.siteId, lea, 'lead')
  const mo = await server.db
    .selectFrom('account')
    .select('id')
    .where('name', '=', 'Mo')
    .executeTakeFirstOrThrow()
  const people = {
    reader: await server.signedIn('bela@demo.example'),
    mo: await server.signedIn('mo@demo.example'),
    lea: await server.signedIn('lea@demo.example'),
  }
  return { server, people, names: { [lea]: 'lea', [mo.id]: 'mo' } }
}

/** A new author's new article, as the server has it, and as the model does. */
export interface World extends Ground {
  model: Model
  article: string
  author: Client
  /** Where the author is told what was decided, with their own words. */
  address: string
  nobody: Line
  authorLine: Line
  /** How far both lines, and the mail, were looked at. */
  read: { nobody: number; authorLine: number; mail: number }
  seq: number
}

/** @param known whether a comment of the author's stands elsewhere */
export async function begin(ground: Ground, known: boolean): Promise<World> {
  const { server, people } = ground
  const email = `${randomUUID()}@reader.example`
  const id = await createAccount(server.db, { email, name: 'Nour', password })
  await setRole(server.db, server.siteId, id, 'reader')
  const author = await server.signedIn(email)
  if (known) {
    const demo = await findSite(server.db, site)
    if (!demo) throw new Error('the demo site is missing')
    const place = { kind: 'new thread', articleId: server.article, anchor: null } as const
    const role = 'moderator' as const
    await post(
      server.db,
      demo,
      { id, name: 'Nour', role, sections: null },
      place,
      { body: 'I was here.' },
      null,
    )
  }
  const article = await server.newArticle('The Margin')
  await follow(people.reader, onArticle(article), 'now')
  server.office.mails.length = 0
  return {
    ...ground,
    model: new Model(Number(known)),
    article,
    author,
    address: email,
    nobody: await read(server.openLine(), article),
    authorLine: await read(server.openLine(author), article),
    read: { nobody: 0, authorLine: 0, mail: 0 },
    seq: 0,
  }
}

export async function read(line: Line, article: string): Promise<Line> {
  line.say({ type: 'subscribe', article, after: 0 })
  await line.until(({ type }) => type === 'caught_up')
  return line
}

export async function ask(who: Client, name: RouteName, params: object, body?: object): Promise<Answer> {
  return await who.request(name, { params: { site, ...params }, ...(body && { body }) })
}

/** The words in a text that tell which of the author's texts it is. */
export const tokensIn = (text: string) => new Set(text.match(/word\d+end/g))

/** The rows of a comment's cases, the oldest first. */
export async function casesOf(world: World, comment: Comment) {
  return await world.server.db
    .selectFrom('moderation_case')
    .select(['id', 'status', 'version', 'revision', 'escalated_at', 'passed_by', 'appeal_id'])
    .select(['proposal_id', 'objected_to'])
    .where('article_id', '=', world.article)
    .where('comment_id', '=', comment.id)
    .orderBy('id')
    .execute()
}

export function end({ nobody, authorLine }: World): void {
  nobody.socket.close()
  authorLine.socket.close()
}
