import type { Counted } from '../../../core/text/counted.ts'
import { setMoreText, type MoreTexts } from '../../shared/messages/more.ts'
import { sheet } from '../sheet.ts'
import css from './later.css?inline'

const style = sheet(css)

/** Gives the later parts their style and their texts; English where the network does not bring others. */
export async function begin(
  roots: Iterable<ShadowRoot>,
  texts: MoreTexts,
  counting: (language: string) => Counted,
): Promise<void> {
  // Who reads may select words, too, and then without the network.
  import('../selection.ts').catch(() => undefined)
  const { more } = await texts().catch(() => import('../../shared/messages/en/more.ts'))
  setMoreText(more, counting)
  for (const root of roots)
    if (!root.adoptedStyleSheets.includes(style))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, style]
}
