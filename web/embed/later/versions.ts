import type { Inline, TextBlock } from '../../../core/contract/text.ts'
import type { CommentRevision } from '../../../core/contract/threads.ts'

/** What a comment said at a time, with what it said before; null at first. */
export interface Version extends Pick<CommentRevision, 'number' | 'state' | 'language' | 'at'> {
  text: string
  before: string | null
}

/**
 * The versions of a comment as plain texts, each with the one before it.
 * @param revisions newest first
 * @param isAll without it there are older ones, and the last of these is kept back: it is not known what it changed
 */
export function versionsOf(revisions: CommentRevision[], isAll: boolean): Version[] {
  const texts = revisions.map(({ body }) => body.map(blockText).join('\n\n'))
  return revisions
    .map(({ number, state, language, at }, index) => ({
      ...{ number, state, language, at },
      text: texts[index] ?? '',
      before: texts[index + 1] ?? null,
    }))
    .slice(0, isAll ? revisions.length : -1)
}

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
