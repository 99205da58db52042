import sanitize from 'sanitize-html'
import { html } from 'ghtml'
import type { Inline, TextBlock } from '../../core/contract/text.ts'

/**
 * A comment as HTML, for pages made on the server, mail and feeds. Made from the tree, where every text is escaped,
 * and then held against the list of what is allowed once more, should the first ever be wrong.
 */
export function toHtml(blocks: TextBlock[]): string {
  return sanitize(blocks.map(blockHtml).join(''), {
    allowedTags: ['p', 'em', 'strong', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'br'],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'escape',
  })
}

function blockHtml(block: TextBlock): string {
  switch (block.type) {
    case 'paragraph':
      return html`<p>!${block.children.map(inlineHtml).join('')}</p>`
    case 'quote':
      return html`<blockquote>!${block.children.map(blockHtml).join('')}</blockquote>`
    case 'codeblock':
      return html`<pre><code>${block.text}</code></pre>`
    case 'list': {
      const items = block.items.map((item) => html`<li>!${item.map(blockHtml).join('')}</li>`).join('')
      return block.ordered
        ? html`<ol start="${String(block.start ?? 1)}">
            !${items}
          </ol>`
        : html`<ul>
            !${items}
          </ul>`
    }
  }
}

function inlineHtml(node: Inline): string {
  switch (node.type) {
    case 'text':
      return html`${node.text}`
    case 'break':
      return '<br />'
    case 'code':
      return html`<code>${node.text}</code>`
    case 'emphasis':
      return html`<em>!${node.children.map(inlineHtml).join('')}</em>`
    case 'strong':
      return html`<strong>!${node.children.map(inlineHtml).join('')}</strong>`
    case 'link':
      // Whoever writes a comment gains no standing with search engines, and the page behind no hold on this one.
      return html`<a href="${node.href}" rel="nofollow ugc noopener"
        >!${node.children.map(inlineHtml).join('')}</a
      >`
  }
}

/** A comment as plain text: for screening, search, excerpts and the text part of mail. */
export function toPlainText(blocks: TextBlock[]): string {
  return blocks.map(blockText).join('\n\n').trim()
}

function blockText(block: TextBlock): string {
  switch (block.type) {
    case 'paragraph':
      return block.children.map(inlineText).join('')
    case 'codeblock':
      return block.text
    case 'quote':
      return toPlainText(block.children).replace(/^/gm, '> ')
    case 'list':
      return block.items
        .map(
          (item, index) => `${block.ordered ? `${(block.start ?? 1) + index}.` : '-'} ${toPlainText(item)}`,
        )
        .join('\n')
  }
}

function inlineText(node: Inline): string {
  if (node.type === 'break') return '\n'
  return 'children' in node ? node.children.map(inlineText).join('') : node.text
}
