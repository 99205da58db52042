import { sql } from 'kysely'
import type { Anchor } from '../../core/contract/anchor.ts'
import type { TextBlock } from '../../core/contract/text.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import { toHtml } from '../text/index.ts'
import type { Write } from './export.ts'

const page = 500

interface Row {
  id: string
  parent_id: string | null
  created_at: Date
  article_id: string
  url: string | null
  name: string
  anchor: Anchor
  body: TextBlock[]
  language: string | null
}

/**
 * Writes what readers see at passages as a collection of the W3C's Web Annotations (JSON-LD). What is hidden, waits or is gone is
 * not in it, nor is a passage that is not in the article any more; nor anybody's address.
 */
export async function writeAnnotations(db: Database, site: Site, write: Write): Promise<void> {
  const collection = { '@context': 'http://www.w3.org/ns/anno.jsonld', id: `urn:uuid:${site.id}` }
  const head = JSON.stringify({ ...collection, type: 'AnnotationCollection', label: site.name })
  await write(`${head.slice(0, -1)},"first":{"type":"AnnotationPage","items":[`)
  let total = 0
  for (let after: string | null = null; ;) {
    const rows = await read(db, site.id, after)
    if (rows.length > 0)
      await write(
        rows
          .map((row, nth) => `${total + nth === 0 ? '' : ','}\n${JSON.stringify(annotation(row))}`)
          .join(''),
      )
    total += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < page) break
  }
  await write(`\n]},"total":${total}}\n`)
}

async function read(db: Database, siteId: string, after: string | null): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select comment.id, comment.parent_id, comment.created_at, article.id as article_id, article.url, account.name,
      revision.body, revision.language, case when placement.status is null then thread.anchor else placement.anchor end as anchor
    from comment
    join comment_revision as revision on revision.site_id = comment.site_id and revision.comment_id = comment.id
      and revision.number = comment.shown_revision and revision.state in ('LIVE', 'APPROVED')
    join thread on thread.site_id = comment.site_id and thread.id = comment.thread_id and thread.anchor is not null
    join article on article.site_id = comment.site_id and article.id = comment.article_id
    join account on account.id = comment.author_id
    left join placement on placement.site_id = article.site_id and placement.article_id = article.id
      and placement.revision = article.carried and placement.thread_id = thread.id
    where comment.site_id = ${siteId} and (${after}::uuid is null or comment.id > ${after}::uuid)
      and placement.status is distinct from 'orphaned'
    order by comment.id limit ${page}
  `.execute(db)
  return rows
}

function annotation({ id, parent_id, created_at, article_id, url, name, anchor, body, language }: Row) {
  const { quote, position } = anchor
  return {
    id: `urn:uuid:${id}`,
    type: 'Annotation',
    motivation: parent_id === null ? 'commenting' : 'replying',
    created: created_at.toISOString(),
    creator: { type: 'Person', name },
    body: {
      type: 'TextualBody',
      format: 'text/html',
      ...(language !== null && { language }),
      value: toHtml(body),
    },
    target: {
      source: url ?? `urn:uuid:${article_id}`,
      selector: [
        { type: 'TextQuoteSelector', ...quote },
        { type: 'TextPositionSelector', ...position },
      ],
    },
    // An answer is about the passage too; what it answers is an annotation of its own.
    ...(parent_id !== null && { 'as:inReplyTo': { id: `urn:uuid:${parent_id}` } }),
  }
}
