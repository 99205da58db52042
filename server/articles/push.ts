import type { PushedArticle, SavedArticle } from '../../core/contract/articles.ts'
import type { Database } from '../database/connect.ts'
import { fieldProblem } from '../http/problem.ts'
import { takeMessage, type Site } from '../sites/index.ts'
import { importApart } from './import/apart.ts'
import { ImportError, type ImportedArticle } from './import/index.ts'
import { addressOn } from './read.ts'
import { saveWithin } from './save.ts'

/**
 * Takes an article that a site's server sent.
 * @param messageId taken with it: where nothing is kept, the message may come again
 * @throws ProblemError `wrong-origin`, `wrong-signature` for a message that was taken before, `invalid-field`
 */
export async function pushArticle(
  db: Database,
  site: Site,
  messageId: string,
  sent: PushedArticle,
): Promise<SavedArticle> {
  const url = addressOn(site, sent.url)
  const article = {
    ...(await read(sent, url)),
    ...(sent.publishedAt !== undefined && publishedAt(sent.publishedAt)),
  }
  return await db.transaction().execute(async (tx) => {
    await takeMessage(tx, site.id, messageId)
    return await saveWithin(tx, site, article, { url, slug: sent.slug })
  })
}

async function read(sent: PushedArticle, url: string): Promise<ImportedArticle> {
  const { html, title, blocks } = sent
  if (html !== undefined) {
    if (blocks) throw fieldProblem('blocks', 'stands beside html. Send one of them')
    return { ...(await readPage(html, url)), ...(title !== undefined && { title }), ...languageOf(sent) }
  }
  if (!blocks) throw fieldProblem('html', 'is missing. Send the page, or title and blocks')
  if (title === undefined) throw fieldProblem('title', 'is missing, where the text comes in blocks')
  return {
    title,
    byline: null,
    publishedAt: null,
    language: null,
    direction: 'auto',
    ...languageOf(sent),
    excerpt: blocks.find(({ kind }) => kind === 'paragraph')?.text ?? null,
    blocks: blocks.map((block) => ({ ...block, html: null })),
    report: [],
  }
}

async function readPage(source: string, url: string): Promise<ImportedArticle> {
  try {
    return await importApart({ source, format: 'html', url })
  } catch (error) {
    throw error instanceof ImportError ? fieldProblem('html', error.message) : error
  }
}

/** What is said beside the text goes before what stands in it. */
const languageOf = ({ language, direction }: PushedArticle) => ({
  ...(language !== undefined && { language }),
  ...(direction !== undefined && { direction }),
})

function publishedAt(given: string): { publishedAt: string } {
  const time = Date.parse(given)
  if (Number.isNaN(time))
    throw fieldProblem('publishedAt', 'is no instant. Write it like 2026-05-04T09:30:00Z')
  return { publishedAt: new Date(time).toISOString() }
}
