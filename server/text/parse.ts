import type { Token } from 'markdown-it'
import type { Inline, TextBlock } from '../../core/contract/text.ts'
import { nestingLimit } from '../../core/text/limits.ts'
import { inlines } from './inline.ts'
import { nesting, tokensOf } from './markdown.ts'

type List = Extract<TextBlock, { type: 'list' }>

/**
 * Parses a comment's Markdown into the tree of allowed nodes, once, when it is written. Never fails and loses no
 * word: what is not in the subset stays as typed, and so does a text that is nothing but marks, or nested too deep.
 * @param source as `requireText` gives it
 * @example parse('*so*') // [{ type: 'paragraph', children: [{ type: 'emphasis', children: [{ type: 'text', text: 'so' }] }] }]
 * @example parse('-') // [{ type: 'paragraph', children: [{ type: 'text', text: '-' }] }]
 */
export function parse(source: string): TextBlock[] {
  const blocks = nesting(source) > nestingLimit ? [] : blocksOf(tokensOf(source))
  return blocks.some(saysSomething) ? blocks : [{ type: 'paragraph', children: asTyped(source) }]
}

function blocksOf(tokens: Token[]): TextBlock[] {
  const root: TextBlock[] = []
  const open = [root]
  const lists: List[] = []
  let heading: string | null = null
  const add = (block: TextBlock) => open.at(-1)?.push(block)

  for (const token of tokens) {
    switch (token.type) {
      case 'heading_open':
        heading = token.markup
        break
      case 'inline':
        add({ type: 'paragraph', children: heading ? titled(token, heading) : inlines(token.children ?? []) })
        heading = null
        break
      case 'hr':
        add({ type: 'paragraph', children: [{ type: 'text', text: token.markup }] })
        break
      case 'fence':
        add({ type: 'codeblock', text: fenced(token) })
        break
      case 'blockquote_open': {
        const children: TextBlock[] = []
        add({ type: 'quote', children })
        open.push(children)
        break
      }
      case 'bullet_list_open':
      case 'ordered_list_open': {
        const list = listFrom(token.type === 'ordered_list_open' ? Number(token.attrGet('start') ?? 1) : null)
        add(list)
        lists.push(list)
        break
      }
      case 'list_item_open': {
        let list = lists.at(-1)
        if (!list) break
        if (leavesCount(list, token.info)) {
          add((list = listFrom(Number(token.info))))
          lists.splice(-1, 1, list)
        }
        const item: TextBlock[] = []
        list.items.push(item)
        open.push(item)
        break
      }
      case 'list_item_close':
      case 'blockquote_close':
        open.pop()
        break
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop()
    }
  }
  return root
}

function listFrom(start: number | null): List {
  return start === null
    ? { type: 'list', ordered: false, items: [] }
    : { type: 'list', ordered: true, ...(start !== 1 && { start }), items: [] }
}

/** Whether an item's number is not the next one: "3. … 7. …" answers points three and seven, not three and four. */
function leavesCount({ ordered, start = 1, items }: List, number: string): boolean {
  // "1. … 1. … 1. …" is a common way to leave the counting to the machine.
  return ordered && items.length > 0 && ![start, start + items.length].includes(Number(number))
}

/** A heading's words in bold: a comment has no sections of its own. */
function titled(token: Token, marks: string): Inline[] {
  const children = inlines(token.children ?? [], 'strong')
  return children.length > 0 ? [{ type: 'strong', children }] : [{ type: 'text', text: marks }]
}

/** A code block's text. What follows the fence is a language when it is one word above code, else it is text. */
function fenced({ info, content }: Token): string {
  const code = content.replace(/\n$/, '')
  const first = info.trim()
  if (first === '' || (code.trim() !== '' && /^[\w+#.-]{1,30}$/.test(first))) return code
  return code === '' ? first : `${first}\n${code}`
}

function saysSomething(block: TextBlock): boolean {
  switch (block.type) {
    case 'paragraph':
      return block.children.some(
        (node) => node.type !== 'break' && (!('text' in node) || node.text.trim() !== ''),
      )
    case 'quote':
      return block.children.some(saysSomething)
    case 'list':
      return block.items.some((item) => item.some(saysSomething))
    case 'codeblock':
      return block.text.trim() !== ''
  }
}

function asTyped(source: string): Inline[] {
  const lines = source.trim().split('\n')
  return lines.flatMap((line, index): Inline[] => [
    ...(index > 0 ? [{ type: 'break' } as const] : []),
    ...(line === '' ? [] : [{ type: 'text', text: line } as const]),
  ])
}
