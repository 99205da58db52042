import { Type } from 'typebox'
import { apart } from '../apart.ts'
import { fillDiscussion } from '../discussion.ts'
import { loadApart, type Load } from '../load.ts'
import { sized } from '../options.ts'
import { keepRows } from '../results.ts'
import { middle, row } from '../rows.ts'
import { served } from '../served.ts'
import { signInAs } from '../sign-in.ts'

const connections = sized(16, 2)
const seconds = sized(5, 1)
const runs = sized(5, 1)
/** Those before, which are not counted. */
const warm = sized(1, 0)
const text = 'That is not what the report says, and the table on page four shows it.'

/** How many comments a second are posted, all of them on disk, beside rows that are only written. */
async function main(): Promise<void> {
  await served({ durable: true, connections: 20 }, async ({ db, databaseUrl, site, origin }) => {
    const filled = await fillDiscussion(db, site.id, origin, sized(10_000, 1_000))
    const cookies = await signInAs(db, filled.authors)
    const replies = (threads: string[]): Load => ({
      ...{ origin, connections, seconds },
      requests: cookies.map((cookie, nth) => ({
        method: 'POST',
        path: `/v1/sites/${site.slug}/threads/${threads[nth % threads.length]}/comments`,
        headers: { origin, cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ body: text }),
      })),
    })
    const many = replies(filled.others.map(({ threadId }) => threadId))
    const hot = replies(filled.threads)
    const seen: Record<'bare' | 'many' | 'hot', number[]> = { bare: [], many: [], hot: [] }
    for (let run = 0; run < warm + runs; run += 1) {
      const measured = {
        bare: await bareCommits(databaseUrl),
        many: await loadApart(many),
        hot: await loadApart(hot),
      }
      if (run < warm) continue
      for (const kind of ['bare', 'many', 'hot'] as const) seen[kind].push(measured[kind])
    }
    const bare = middle(seen.bare).median
    const onMany = middle(seen.many)
    const onHot = middle(seen.hot)
    const unit = 'comments/s'
    await keepRows(
      'posting',
      [
        row('posting, on fifty articles', {
          ...{ unit, bare, ours: onMany.median, spread: onMany.spread },
          limit: { is: '≥', value: 0.5, of: 'bare' },
        }),
        row('posting, on one hot article', {
          ...{ unit, bare, ours: onHot.median, spread: onHot.spread },
          limit: { is: '≥', value: 600 },
        }),
      ],
      { connections, seconds, runs },
    )
  })
}

async function bareCommits(url: string): Promise<number> {
  const writers = apart(new URL('writers.ts', import.meta.url))
  try {
    const { commits } = await writers.ask(
      { url, connections, seconds },
      Type.Object({ commits: Type.Number() }),
    )
    return commits / seconds
  } finally {
    writers.end()
  }
}

await main()
