import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const program = fileURLToPath(new URL('../../bench/run.ts', import.meta.url))

it(
  'the benchmark runs through with small sizes, and has a row for each promise',
  { timeout: 600_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, '--quick'])
    const table = stdout.slice(stdout.lastIndexOf('\nbudget '))
    const rows = [
      'loader, before anyone interacts',
      'anchoring 20 anchors',
      'thread list, unchanged, brotli',
      'posting, on fifty articles',
      'posting, on one hot article',
      'fan-out to 50 sockets',
      'memory of a socket',
      'post to visible on another socket, p99',
      'first page of threads: 500 comments beside 100',
      'decisions lost, doubled or not audited',
      'console: key to next card',
      'importing 500 comments',
    ]
    expect(rows.filter((row) => !table.includes(`\n${row}`))).toEqual([])
    expect(table).not.toContain('NaN')
    expect(table).toContain('quick: figures mean nothing')
  },
)
