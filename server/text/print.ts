import sanitize from 'sanitize-html'
import type { Inline, TextBlock } from '../../core/contract/text.ts'
import { checkLink } from './link.ts'

// All that a comment's HTML may hold. Made for the tree below; nothing else is let through.
const allowed: sanitize.IOptions = {
  allowedTags: ['p', 'em', 'strong', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'br', 'bdi'],
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'], p: ['dir'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'escape',
}

/**
 * A comment as HTML, for pages made on the server, mail and feeds. Made from the tree, where every text is escaped,
 * and then held against the list of what is allowed once more, should the first ever be wrong.
 * @example toHtml(parse('*1 < 2*')) // '<p dir="auto"><em>1 &lt; 2</em></p>'
 */
export function toHtml(blocks: TextBlock[]): string {
  return sanitize(blocks.map(blockHtml).join(''), allowed)
}

function blockHtml(block: TextBlock): string {
  switch (block.type) {
    case 'paragraph':
      return `<p dir="auto">${inner(block.children)}</p>`
    case 'quote':
      return `<blockquote>${block.children.map(blockHtml).join('')}</blockquote>`
    case 'codeblock':
      return `<pre><code>${escape(block.text)}</code></pre>`
    case 'list': {
      const items = block.items.map((item) => `<li>${item.map(blockHtml).join('')}</li>`).join('')
      if (!block.ordered) return `<ul>${items}</ul>`
      return block.start === undefined ? `<ol>${items}</ol>` : `<ol start="${block.start}">${items}</ol>`
    }
  }
}

function inlineHtml(node: Inline): string {
  switch (node.type) {
    case 'text':
      return escape(node.text)
    case 'break':
      return '<br />'
    case 'mention':
      // Apart from the text around it, which may run the other way.
      return `<bdi>@${escape(node.name)}</bdi>`
    case 'code':
      return `<code>${escape(node.text)}</code>`
    case 'emphasis':
      return `<em>${inner(node.children)}</em>`
    case 'strong':
      return `<strong>${inner(node.children)}</strong>`
    case 'link':
      // Whoever writes a comment gains no standing with search engines, and the page behind no hold on this one.
      return `<a href="${escape(node.href)}" rel="nofollow ugc noopener">${inner(node.children)}</a>`
  }
}

const inner = (children: Inline[]) => children.map(inlineHtml).join('')

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)

/**
 * A comment as plain text: for screening, search, excerpts and the text part of mail. A link's address follows its
 * words where they do not say it.
 * @example toPlainText(parse('> **No.**\n\n[Yes](https://example.org)')) // '> No.\n\nYes (https://example.org/)'
 */
export function toPlainText(blocks: TextBlock[]): string {
  return blocks.map(blockText).join('\n\n').trim()
}

function blockText(block: TextBlock): string {
  switch (block.type) {
    case 'paragraph':
      return innerText(block.children)
    case 'codeblock':
      return block.text
    case 'quote':
      return toPlainText(block.children).replace(/^/gm, '> ')
    case 'list': {
      const mark = (index: number) => (block.ordered ? `${(block.start ?? 1) + index}.` : '-')
      return block.items.map((item, index) => `${mark(index)} ${toPlainText(item)}`.trimEnd()).join('\n')
    }
  }
}

function inlineText(node: Inline): string {
  switch (node.type) {
    case 'break':
      return '\n'
    case 'mention':
      return `@${node.name}`
    case 'text':
    case 'code':
      return node.text
    case 'emphasis':
    case 'strong':
      return innerText(node.children)
    case 'link': {
      const words = innerText(node.children)
      const saysIt = [words, `mailto:${words}`].some((address) => checkLink(address) === node.href)
      return saysIt ? words : `${words} (${node.href})`
    }
  }
}

const innerText = (children: Inline[]) => children.map(inlineText).join('')

/** How many links a comment has, wherever in it. */
export function countLinks(nodes: readonly (TextBlock | Inline)[]): number {
  return nodes.reduce((links, node) => {
    if (node.type === 'list') return links + countLinks(node.items.flat())
    return links + Number(node.type === 'link') + ('children' in node ? countLinks(node.children) : 0)
  }, 0)
}
