import { Piscina } from 'piscina'
import type { importArticle } from './index.ts'
import type { Read } from './reader.ts'
import { ImportError, type ImportedArticle } from './types.ts'

type Input = Parameters<typeof importArticle>[0]

const timeout = 30_000
const pool = new Piscina<Input, Read>({
  filename: new URL('./reader.ts', import.meta.url).href,
  minThreads: 0,
  maxThreads: 2,
  idleTimeout: 10_000,
  resourceLimits: { maxOldGenerationSizeMb: 512 },
})

/**
 * `importArticle` on a thread beside the server's own: a large page takes seconds to read, and one that is made to may take
 * for ever.
 * @throws ImportError, also where it took more than 30 seconds or half a gigabyte
 */
export async function importApart(input: Input): Promise<ImportedArticle> {
  const read = await pool.run(input, { signal: AbortSignal.timeout(timeout) }).catch((error: unknown) => {
    throw new ImportError('The page is too large or too tangled to be read. Send its text in blocks.', {
      cause: error,
    })
  })
  if ('problem' in read) throw new ImportError(read.problem)
  return read.article
}
