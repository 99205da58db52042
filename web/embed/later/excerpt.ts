import type { Inline, TextBlock } from '../../../core/contract/text.ts'

const most = 240

/**
 * How a comment begins, in one line and without its markup.
 * @example excerpt([{ type: 'paragraph', children: [{ type: 'text', text: 'Yes.' }] }]) // 'Yes.'
 */
export function excerpt(blocks: TextBlock[]): string {
  return shortened(blocks.map(ofBlock).join(' ').replace(/\s+/g, ' ').trim(), most)
}

/** The beginning of a text that is too long, and no half of a character at its end. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/\s*[\uD800-\uDBFF]?$/, '')}…`

function ofBlock(block: TextBlock): string {
  if (block.type === 'codeblock') return block.text
  if (block.type === 'list') return block.items.map((item) => item.map(ofBlock).join(' ')).join(' ')
  return block.type === 'quote'
    ? block.children.map(ofBlock).join(' ')
    : block.children.map(ofInline).join('')
}

function ofInline(node: Inline): string {
  if (node.type === 'break') return ' '
  if (node.type === 'mention') return `@${node.name}`
  return 'text' in node ? node.text : node.children.map(ofInline).join('')
}
