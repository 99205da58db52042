import { align, prepare } from '../../core/anchoring/index.ts'
import { primaryLanguage } from '../../core/text/language.ts'
import type { ImportedArticle } from './import/index.ts'

/** A text so many times as long, or as short, is rarely an edit. */
const tenfold = 10
/** Of so short a text nothing can be told. */
const fewWords = 40
const littleLeft = 0.1

/**
 * Why a new text is perhaps not this article's: a wrong canonical address, a paywall's stub, a page put together wrongly. Such
 * a revision is kept for its publisher to look at, and moves no thread.
 * @returns null where nothing speaks against it
 */
export function doubtOf(
  before: { texts: string[]; language: string | null },
  after: Pick<ImportedArticle, 'blocks' | 'language'>,
): string | null {
  const texts = after.blocks.map(({ text }) => text)
  const [was, is] = [before.texts.join('\n').length, texts.join('\n').length]
  if (is === 0) return 'It has no text.'
  const [from, to] = [primaryLanguage(before.language), primaryLanguage(after.language)]
  if (from && to && from !== to) return `It is in another language: ${to}, where the article was in ${from}.`
  const old = prepare(before.texts)
  if (old.words.count < fewWords) return null
  if (is > was * tenfold) return `It is ${Math.round(is / was)} times as long as the article was.`
  if (was > is * tenfold) return `The article was ${Math.round(was / is)} times as long.`
  if (shareLeft(old, texts) < littleLeft)
    return 'Next to nothing of the article is left in it: it may be another page.'
  return null
}

/** How much of a text is still there, by what its words say. */
function shareLeft(old: ReturnType<typeof prepare>, texts: string[]): number {
  const { ids, map, after } = align(old, prepare(texts))
  let all = 0
  let left = 0
  for (const [at, weight] of old.words.weights.entries()) {
    all += weight
    const place = map[at] ?? -1
    if (place >= 0 && after.words.ids[place] === ids[at]) left += weight
  }
  return left / all
}
