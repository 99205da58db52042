import type { Inline, TextBlock } from '../../core/contract/text.ts'

/** The words of a comment on one line, without their form: for the list, where there is room for a few. */
export function excerpt(body: readonly TextBlock[], length = 120): string {
  const text = body.map(words).join(' ').replace(/\s+/gu, ' ').trim()
  return text.length <= length ? text : `${text.slice(0, length).trimEnd()}…`
}

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
