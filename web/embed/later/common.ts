import type { Counted } from '../../../core/text/counted.ts'
import { setMoreText, type MoreTexts } from '../../shared/messages/more.ts'
import { sheet } from '../sheet.ts'
import style from './later.css?inline'

/** Gives the later parts their style and their texts; English where the network does not bring others. */
export async function begin(
  root: ShadowRoot,
  texts: MoreTexts,
  counting: (language: string) => Counted,
): Promise<void> {
  const { more } = await texts().catch(() => import('../../shared/messages/en/more.ts'))
  setMoreText(more, counting)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(style)]
}
