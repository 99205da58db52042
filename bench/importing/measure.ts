import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { connect } from '../../server/database/connect.ts'
import { importComments } from '../../server/importing/index.ts'
import { createSite } from '../../server/sites/index.ts'
import { verifyLog } from '../../server/comments/index.ts'
import { sized } from '../options.ts'
import { keepRows, tenth } from '../results.ts'
import { row } from '../rows.ts'
import { onDatabase } from '../served.ts'

/** How long a Disqus export of many comments takes to import, and how much memory: meant are 60 seconds and 300 MB for 100,000. */
const count = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? sized(100_000, 500))
const articles = Math.max(1, Math.floor(count / 100))
const words =
  'the sea rises and falls twice a day because the moon and the sun pull at it from far away'.split(' ')

async function generate(file: string): Promise<void> {
  const out = createWriteStream(file)
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, 'drain')
  }
  await write(
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns:dsq="http://disqus.com/disqus-internals">\n',
  )
  for (let n = 1; n <= articles; n += 1)
    await write(
      `<thread dsq:id="t${n}"><link>https://paper.example/${n}</link><title>Article ${n}</title></thread>\n`,
    )
  for (let n = 1; n <= count; n += 1) {
    // Every other one answers the one before it on the same article.
    const parent = n > articles && n % 2 === 0 ? `<parent dsq:id="${n - articles}"/>` : ''
    const text = Array.from({ length: 40 }, (_, at) => words[(n * 7 + at * 3) % words.length]).join(' ')
    await write(
      `<post dsq:id="${n}"><message><![CDATA[<p>${text} <b>${n}</b></p>]]></message>` +
        `<createdAt>${new Date(1_400_000_000_000 + n * 1000).toISOString()}</createdAt>` +
        `<isDeleted>false</isDeleted><isSpam>${String(n % 50 === 0)}</isSpam>` +
        `<author><name>Reader ${n % 5000}</name><email>r${n % 5000}@mail.example</email></author>` +
        `<thread dsq:id="t${(n % articles) + 1}"/>${parent}</post>\n`,
    )
  }
  out.end('</disqus>\n')
  await finished(out)
}

async function main(file: string): Promise<void> {
  await onDatabase(true, async (url) => {
    const db = connect(url, { connections: 2 })
    const site = await createSite(db, { slug: 'paper', name: 'Paper', origins: ['https://paper.example'] })
    await generate(file)
    const began = performance.now()
    const { written, faultCount } = await importComments(db, site, 'disqus', file)
    const seconds = (performance.now() - began) / 1000
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
    const again = performance.now()
    const { known } = await importComments(db, site, 'disqus', file)
    const measured = {
      comments: Object.values(written).reduce((sum, one) => sum + one),
      remarks: faultCount,
      /** Of a second run: how many it found there, and how long it took. */
      known,
      again: tenth((performance.now() - again) / 1000),
      faults: (await verifyLog(db, site.id)).faults.length,
    }
    console.table(measured)
    const rows = [
      row(`importing ${count} comments`, { unit: 's', ours: tenth(seconds), limit: { is: '≤', value: 60 } }),
      row('importing, memory', { unit: 'MB', ours: megabytes, limit: { is: '≤', value: 300 } }),
    ]
    await keepRows('importing', rows, measured)
    await db.destroy()
  })
}

const folder = await mkdtemp(join(tmpdir(), 'postil-bench-'))
try {
  await main(join(folder, 'export.xml'))
} finally {
  await rm(folder, { recursive: true, force: true })
}
