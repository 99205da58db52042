import type { Inline, TextBlock } from '../../core/contract/text.ts'

/** A comment's text as plain text, close to how it was typed: to be compared with another version of it. */
export const plainText = (body: readonly TextBlock[]): string => body.map(blockText).join('\n\n')

function blockText(block: TextBlock): string {
  switch (block.type) {
    case 'paragraph':
      return inlineText(block.children)
    case 'codeblock':
      return block.text
    case 'quote':
      return block.children.map(blockText).join('\n\n').replace(/^/gm, '> ')
    case 'list':
      return block.items
        .map((item, index) => {
          const mark = block.ordered ? `${(block.start ?? 1) + index}.` : '-'
          return `${mark} ${item.map(blockText).join('\n')}`
        })
        .join('\n')
  }
}

/** A link's address is shown where its words do not say it: it may be all that was changed. */
function inlineText(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if ('text' in node) return node.text
      if (node.type === 'mention') return `@${node.name}`
      if (node.type === 'break') return '\n'
      const words = inlineText(node.children)
      return node.type === 'link' && !node.href.includes(words) ? `${words} (${node.href})` : words
    })
    .join('')
}
