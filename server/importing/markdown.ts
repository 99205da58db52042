import { Parser } from 'htmlparser2'

/** Passed over with all that is in them. */
const unspoken = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'textarea',
  'select',
])
const marks: Record<string, string> = { b: '**', strong: '**', i: '*', em: '*', cite: '*' }
const paragraphs = /^(?:p|div|section|article|h[1-6]|table|tr|ul|ol|li|blockquote|pre|figure|dl|dd|dt|hr)$/

interface Open {
  name: string
  href: string | null
  /** Of what is inside: where it is put together. */
  text: string
  /** Of a list: the number of its next item. */
  next: number
}

/**
 * Writes a comment's HTML as the Markdown that comments are kept in. Only what Markdown says of a comment is taken over; of
 * everything else, the words are. Nothing of the HTML is trusted: the result goes through the same reading as a typed one.
 * @example toMarkdown('<p>So <b>it</b> is.</p>') // 'So **it** is.'
 */
export function toMarkdown(html: string): string {
  const stack: Open[] = [{ name: '', href: null, text: '', next: 1 }]
  let silent = 0
  const top = () => stack.at(-1) ?? { name: '', href: null, text: '', next: 1 }
  const parser = new Parser(
    {
      onopentag(name, { href = null, alt, src }) {
        if (unspoken.has(name)) silent += 1
        else if (name === 'br') top().text += stack.some((one) => one.name === 'pre') ? '\n' : '\\\n'
        else if (name === 'img') top().text += escape(alt || src || '')
        else stack.push({ name, href, text: '', next: 1 })
      },
      ontext(text) {
        if (silent > 0) return
        const isVerbatim = stack.some(({ name }) => name === 'pre' || name === 'code')
        top().text += isVerbatim ? text : escape(text.replaceAll(/\s+/g, ' '))
      },
      onclosetag(name) {
        if (unspoken.has(name)) silent = Math.max(0, silent - 1)
        const element = top()
        if (element.name !== name || stack.length === 1) return
        stack.pop()
        top().text += written(element, top())
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return (stack[0]?.text ?? '')
    .replaceAll(/(?:\\\n[ ]*)+(?=\n|$)/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** An element as Markdown, once all that is in it is. */
function written({ name, href, text }: Open, parent: Open): string {
  const inside = text.trim()
  if (inside === '') return text === '' ? '' : ' '
  const mark = marks[name]
  if (mark !== undefined && !inside.includes('\n\n')) return around(text, (words) => `${mark}${words}${mark}`)
  if (name === 'a' && href !== null && /^(?:https?:|mailto:)/i.test(href) && !inside.includes('\n\n'))
    return around(text, (words) => linked(words, href))
  if (name === 'code' && parent.name !== 'pre') return codeOf(inside)
  if (name === 'pre') return `\n\n\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\`\n\n`
  if (name === 'blockquote') return `\n\n${inside.replaceAll(/^/gm, '> ')}\n\n`
  if (name === 'li') {
    const number = parent.name === 'ol' ? `${parent.next++}.` : '-'
    return `\n${number} ${inside.replaceAll('\n', `\n${' '.repeat(number.length + 1)}`)}\n`
  }
  if (/^h[1-6]$/.test(name)) return `\n\n**${inside}**\n\n`
  return paragraphs.test(name) ? `\n\n${inside}\n\n` : text
}

/** Marks stand close to words, or they are none. */
function around(text: string, mark: (words: string) => string): string {
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return `${before}${mark(words)}${after}`
}

function linked(words: string, href: string): string {
  const address = href
    .trim()
    .replaceAll(/[\s<>()\\]/g, (sign) => encodeURIComponent(sign).replace(/[()]/, bracket))
  return words === escape(href) ? href : `[${words}](${address})`
}

const bracket = (sign: string) => (sign === '(' ? '%28' : '%29')

function codeOf(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)))
  return text.includes('`') ? `${fence} ${text} ${fence}` : `\`${text}\``
}

/** What Markdown would take for a mark, as the signs that they are. */
function escape(text: string): string {
  return text.replaceAll(/[\\`*_[\]~]/g, '\\$&').replace(/^(\s*)([#>+-]|\d{1,9}(?=[.)]))/, escaped)
}

const escaped = (_: string, space: string, sign: string) => `${space}${/\d/.test(sign) ? sign : `\\${sign}`}`
