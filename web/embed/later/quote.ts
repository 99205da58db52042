import type { Inline, TextBlock } from '../../../core/contract/text.ts'
import { Draft } from '../drafts.ts'

/** More would be the comment once more, not what of it is answered. */
const limit = 600

/**
 * Adds a quotation to what is typed for an answer already.
 * @param words what is selected of the comment; its first paragraph where that is nothing
 * @returns the draft, which is kept too
 */
export function addQuote(place: string, body: TextBlock[], words: string): string {
  const draft = new Draft(place)
  const typed = draft.read().trimEnd()
  const text = `${typed && `${typed}\n\n`}${quoted(words.trim() || firstOf(body))}\n\n`
  draft.write(text)
  return text
}

/**
 * Words as a Markdown quotation that says just these words.
 * @example quoted('2 * 3\n# not a title') // '> 2 \\* 3\n> \\# not a title'
 */
export function quoted(words: string): string {
  const isLong = words.length > limit
  const cut = isLong
    ? `${words
        .slice(0, limit)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`
    : words
  const lines = cut.split('\n').map((line) => `> ${plain(line.trim())}`.trimEnd())
  return lines.join('\n')
}

/** The words that are selected in a comment, and in nothing else. */
export function wordsIn(root: ShadowRoot, comment: Element): string {
  const selection = selectionIn(root)
  const text = comment.querySelector(':scope > .text')
  const isInside = (node: Node | null | undefined) => Boolean(node && text?.contains(node))
  return isInside(selection?.anchorNode) && isInside(selection?.focusNode) ? String(selection) : ''
}

/** Chromium has a selection for each shadow root; elsewhere the document's reaches into them. */
function selectionIn(root: ShadowRoot & { getSelection?: () => Selection | null }): Selection | null {
  return root.getSelection ? root.getSelection() : document.getSelection()
}

/** Marks of Markdown as the signs they are; addresses stay as they are, or they were links no more. */
const plain = (line: string) =>
  line
    .split(/(https?:\/\/\S+)/i)
    .map((part, at) => (at % 2 === 1 ? part : escaped(part)))
    .join('')
    .replace(/^(?:[-+=]|#{1,6}(?!#))/, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)

const escaped = (words: string) =>
  words.replace(/[\\`*[\]<>~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)

/** The words of a comment's first paragraph, as far as it has one. */
function firstOf(blocks: readonly TextBlock[]): string {
  for (const block of blocks) {
    const words =
      block.type === 'paragraph'
        ? wordsOf(block.children)
        : block.type === 'codeblock'
          ? block.text
          : block.type === 'list'
            ? firstOf(block.items[0] ?? [])
            : ''
    if (words.trim() !== '') return words.trim()
  }
  // Nothing but quotations.
  const inQuotes = blocks.flatMap((block) => (block.type === 'quote' ? block.children : []))
  return inQuotes.length > 0 ? firstOf(inQuotes) : ''
}

const wordsOf = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if (node.type === 'break') return '\n'
      if (node.type === 'mention') return `@${node.name}`
      return 'text' in node ? node.text : wordsOf(node.children)
    })
    .join('')
