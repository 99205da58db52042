import { setMoreText, type MoreTexts } from '../../shared/messages/more.ts'
import { sheet } from '../sheet.ts'
import style from './later.css?inline'

/** Gives the later parts their style and their texts; English where the network does not bring others. */
export async function begin(root: ShadowRoot, language: string, texts?: MoreTexts): Promise<void> {
  const chunk = await texts?.().catch(() => null)
  if (chunk) setMoreText(language, chunk.more)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(style)]
}
