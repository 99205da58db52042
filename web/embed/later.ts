import type { MoreTexts } from '../shared/messages/more.ts'

/** What the later parts have in common, fetched with the first of them. */
let common: () => Promise<unknown> = () => Promise.resolve()

/**
 * Says where the later parts will be, and in which language they speak.
 * @param texts how to get their texts in the page's language; without, they speak English
 */
export function prepareLater(root: ShadowRoot, language: string, texts?: MoreTexts): void {
  let begun: Promise<unknown> | null = null
  common = () => {
    begun ??= import('./later/common.ts').then(({ begin }) => begin(root, language, texts))
    // The network let us down: the next press asks again.
    begun.catch(() => (begun = null))
    return begun
  }
}

/** Fetches a part that most readers do not need at once. */
export async function later<Part>(load: () => Promise<{ default: Part }>): Promise<Part> {
  const [part] = await Promise.all([load(), common()])
  return part.default
}
