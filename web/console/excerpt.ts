import type { Inline, TextBlock } from '../../core/contract/text.ts'
import { shortened } from '../../core/text/shortened.ts'

/** The words of a comment on one line, without their form: for the list, where there is room for a few. */
export const excerpt = (body: readonly TextBlock[]): string => shortened(body.map(words).join(' '), 120)

function words(block: TextBlock): string {
  switch (block.type) {
    case 'paragraph':
      return block.children.map(inlineWords).join('')
    case 'quote':
      return `“${block.children.map(words).join(' ')}”`
    case 'list':
      return block.items.map((item) => item.map(words).join(' ')).join(' · ')
    case 'codeblock':
      return block.text
  }
}

function inlineWords(piece: Inline): string {
  if ('text' in piece) return piece.text
  if (piece.type === 'mention') return `@${piece.name}`
  return 'children' in piece ? piece.children.map(inlineWords).join('') : ' '
}
