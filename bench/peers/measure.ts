import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { keepRows } from '../results.ts'
import { row, type Row } from '../rows.ts'

const run = promisify(execFile)

/** What other programs have a reader fetch to read and write, of the packages they publish: script and style that their manuals tell to load. */
const peers = [
  { of: 'Waline', name: '@waline/client', files: ['dist/waline.js', 'dist/waline.css'] },
  { of: 'Artalk', name: 'artalk', files: ['dist/Artalk.js', 'dist/Artalk.css'] },
  { of: 'Twikoo', name: 'twikoo', files: ['dist/twikoo.min.js'] },
  { of: 'Giscus, without the page in its frame', name: 'giscus', files: ['dist/giscus.mjs'] },
  {
    of: 'Hypothesis',
    name: 'hypothesis',
    files: [
      ...['build/boot.js', 'build/scripts/annotator.bundle.js', 'build/scripts/sidebar.bundle.js'],
      ...['build/styles/annotator.css', 'build/styles/highlights.css', 'build/styles/sidebar.css'],
    ],
  },
]

/** Fetches the newest package of each and weighs its files as the check weighs ours. Remark42 publishes none. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'postil-bench-'))
  try {
    const rows: Row[] = []
    for (const peer of peers) rows.push(await weigh(folder, peer))
    await keepRows('peers', rows)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function weigh(folder: string, { of, name, files }: (typeof peers)[number]): Promise<Row> {
  const { stdout } = await run('npm', ['pack', name, '--silent'], { cwd: folder })
  const archive = stdout.trim()
  await run('tar', ['-xzf', archive], { cwd: folder })
  const sizes = await Promise.all(
    files.map(async (file) => brotli(await readFile(join(folder, 'package', file)))),
  )
  await rm(join(folder, 'package'), { recursive: true })
  const version = /-([\d.]+(?:-[\w.]+)?)\.tgz$/.exec(archive)?.[1] ?? ''
  return row(`${of} ${version}`, { unit: 'B', ours: sizes.reduce((sum, size) => sum + size, 0) })
}

const brotli = (bytes: Buffer) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

await main()
