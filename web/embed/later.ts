import { again } from './again.ts'
import type { Counted } from '../../core/text/counted.ts'
import type { MoreTexts } from '../shared/messages/more.ts'

/** Of all discussions on the page: they share the later parts, with their style and language. */
const roots = new Set<ShadowRoot>()
/** What the later parts have in common, fetched with the first of them. */
let common: () => Promise<unknown> = () => Promise.resolve()

/**
 * Says where the later parts will be, and in which language they speak.
 * @param texts how to get their texts in the page's language
 */
export function prepareLater(
  root: ShadowRoot,
  texts: MoreTexts,
  counting: (language: string) => Counted,
  signal: AbortSignal,
): void {
  roots.add(root)
  signal.addEventListener('abort', () => roots.delete(root))
  let begun: Promise<unknown> | null = null
  common = () => {
    begun ??= again(() => import('./later/common.ts')).then(({ begin }) => begin(roots, texts, counting))
    // The network let us down: the next press asks again.
    begun.catch(() => (begun = null))
    return begun
  }
}

/** Fetches a part that most readers do not need at once. */
export async function later<Part>(load: () => Promise<{ default: Part }>): Promise<Part> {
  const [part] = await Promise.all([again(load), common()])
  return part.default
}
