import { LRUCache } from 'lru-cache'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { NewTranslation, Translation } from '../../core/contract/translation.ts'
import type { TranslateConfig } from '../config.ts'
import type { Database } from '../database/connect.ts'
import { ProblemError } from '../http/problem.ts'
import type { Actor } from '../people/index.ts'
import { toPlainText } from '../text/index.ts'
import { isTheirs } from './filter.ts'

const patience = 10_000
/** Of an answer: the longest comment, in a wordy language, with each letter written as an escape. */
const mostBytes = 256 * 1024
/** Colleagues who read the same case are answered from memory. What is erased is not read again, and is gone with this. */
const remembered = { max: 500, maxSize: 2_000_000, ttl: 10 * 60_000 }

/** What the API of LibreTranslate answers, as far as it is read. */
const answered = Compile(
  Type.Object({
    translatedText: Type.String(),
    detectedLanguage: Type.Optional(Type.Object({ language: Type.String({ maxLength: 35 }) })),
  }),
)

interface Asked {
  text: string
  target: string
}

/** Gives a comment's text in another language. */
export type Translator = (key: string, asked: Asked) => Promise<Translation>

/**
 * A machine to ask for translations, which remembers some of what it said; null where none is set. Where it lies is the
 * operator's own word, and it may not send us on to anywhere else.
 * @param warn takes why it did not answer: never a text, nor the key
 */
export function translator(config: TranslateConfig | null, warn: (why: string) => void): Translator | null {
  if (!config) return null
  const cache = new LRUCache<string, Translation, Asked>({
    ...remembered,
    sizeCalculation: ({ text }) => text.length + 1,
    fetchMethod: (_key, _stale, { context }) => ask(config, context, warn),
  })
  return async (key, asked) =>
    (await cache.fetch(`${key} ${asked.target}`, { context: asked })) ?? (await ask(config, asked, warn))
}

async function ask(
  config: TranslateConfig,
  { text, target }: Asked,
  warn: (why: string) => void,
): Promise<Translation> {
  try {
    const answer = await fetch(`${config.url}/translate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        q: text,
        // What language a page has says little of what somebody writes below it.
        source: 'auto',
        target,
        format: 'text',
        ...(config.key !== null && { api_key: config.key }),
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    const said: unknown = answer.ok ? JSON.parse(await read(answer)) : undefined
    if (answered.Check(said))
      return { text: said.translatedText, from: said.detectedLanguage?.language ?? null }
    await answer.body?.cancel()
    warn(
      `The translation service answered ${answer.ok ? 'what is no translation' : `with ${answer.status}`}.`,
    )
  } catch (error) {
    warn(
      `The translation service did not answer: ${error instanceof Error ? error.message : 'no reason given'}`,
    )
  }
  throw new ProblemError(
    'unavailable',
    'The translation service gave no translation. Try again in a moment; if it stays, tell who runs this server.',
  )
}

/** @throws Error where an answer is too long */
async function read(answer: Response): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new Error('its answer is too long')
    text += decoder.decode(chunk, { stream: true })
  }
  return text
}

/**
 * Translates what a case is about.
 * @throws ProblemError `not-found` without such a case, its text, or a machine; `conflict` where the text is another one
 *   than was seen; `unavailable` where the machine does not answer
 */
export async function translateCase(
  db: Database,
  siteId: string,
  caseId: string,
  actor: Actor,
  { revision, target }: NewTranslation,
  translate: Translator | null,
): Promise<Translation> {
  if (!translate) throw new ProblemError('not-found', 'This server has no translation service.')
  const about = await db
    .selectFrom('moderation_case as one')
    .innerJoin('comment_revision as text', (join) =>
      join
        .onRef('text.site_id', '=', 'one.site_id')
        .onRef('text.comment_id', '=', 'one.comment_id')
        .onRef('text.number', '=', 'one.revision'),
    )
    .select(['one.comment_id', 'one.revision', 'text.body'])
    .where('one.site_id', '=', siteId)
    .where('one.id', '=', caseId)
    .where(isTheirs(actor, 'one'))
    .executeTakeFirst()
  if (!about) throw new ProblemError('not-found', 'There is no such case on this site.')
  if (about.revision !== revision)
    throw new ProblemError(
      'conflict',
      'The comment was edited meanwhile. Read it again, then have it translated.',
    )
  if (!about.body) throw new ProblemError('not-found', 'The text is gone: it was withdrawn or erased.')
  return await translate(`${about.comment_id} ${revision}`, { text: toPlainText(about.body), target })
}
