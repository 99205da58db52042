import { importArticle } from './index.ts'
import { ImportError, type ImportedArticle } from './types.ts'

/** What comes back from the reader's thread: errors lose their class on the way. */
export type Read = { article: ImportedArticle } | { problem: string }

/** Run by `apart.ts` on a thread of its own. */
export default function read(input: Parameters<typeof importArticle>[0]): Read {
  try {
    return { article: importArticle(input) }
  } catch (error) {
    if (error instanceof ImportError) return { problem: error.message }
    throw error
  }
}
