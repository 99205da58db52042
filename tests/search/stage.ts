import type { SearchPage } from '../../core/contract/search.ts'
import { addJob } from '../../server/jobs/index.ts'
import { noRules, setRules } from '../../server/moderation/index.ts'
import type { Client } from '../server/client.ts'
import { openServer, site, type Server } from '../server/stage.ts'
import { finishJobs } from '../setup/jobs.ts'

export interface Stage extends Server {
  ada: Client
  bela: Client
  mo: Client
  /** Comments in a thread. */
  say(who: Client, thread: string, body: string, language?: string): Promise<string>
  /** What the clock does each minute: what was said until now is found. */
  aMinutePasses(): Promise<void>
  search(who: Client, q: string, more?: { article?: string; cursor?: string }): Promise<SearchPage>
  /** The ids of the comments that somebody finds. */
  found(who: Client, q: string, article?: string): Promise<string[]>
}

/** A server whose site holds comments with the word "crook". */
export async function openStage(): Promise<Stage> {
  const server = await openServer()
  await setRules(server.db, server.siteId, null, { version: 1, rules: { ...noRules, words: ['crook'] } })
  const search: Stage['search'] = (who, q, more = {}) =>
    who.ok('GET /v1/sites/:site/search', { params: { site }, query: { q, ...more } })
  return {
    ...server,
    ada: await server.signedIn('ada@demo.example'),
    bela: await server.signedIn('bela@demo.example'),
    mo: await server.signedIn('mo@demo.example'),
    async say(who, thread, body, language) {
      const { comment } = await who.ok('POST /v1/sites/:site/threads/:thread/comments', {
        params: { site, thread },
        body: { body, ...(language !== undefined && { language }) },
      })
      return comment.id
    },
    async aMinutePasses() {
      await addJob(server.db, 'findWords', {})
      await finishJobs(server.db)
    },
    search,
    async found(who, q, article) {
      const { comments } = await search(who, q, article === undefined ? {} : { article })
      return comments.map(({ comment }) => comment.id)
    },
  }
}

/** An excerpt with what was found in brackets. */
export const marked = (excerpt: SearchPage['passages'][number]['excerpt'] | undefined): string =>
  (excerpt ?? []).map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')
