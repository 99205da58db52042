import type { Inline, TextBlock } from '../../core/contract/text.ts'
import { shortened } from '../../core/text/shortened.ts'

/**
 * How a comment begins, in one line and without its markup; what it quotes has a sign before it.
 * @example excerpt([{ type: 'paragraph', children: [{ type: 'text', text: 'Yes.' }] }]) // 'Yes.'
 */
export const excerpt = (blocks: TextBlock[], most = 240): string =>
  shortened(blocks.map(ofBlock).join(' '), most)

function ofBlock(block: TextBlock): string {
  if (block.type === 'codeblock') return block.text
  if (block.type === 'list') return block.items.map((item) => item.map(ofBlock).join(' ')).join(' ')
  return block.type === 'quote'
    ? `> ${block.children.map(ofBlock).join(' ')}`
    : block.children.map(ofInline).join('')
}

function ofInline(node: Inline): string {
  if (node.type === 'break') return ' '
  if (node.type === 'mention') return `@${node.name}`
  return 'text' in node ? node.text : node.children.map(ofInline).join('')
}
