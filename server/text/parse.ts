import MarkdownIt, { type Token } from 'markdown-it'
import type { Inline, TextBlock } from '../../core/contract/text.ts'
import { fieldProblem } from '../http/problem.ts'
import { checkLink } from './link.ts'

const deepest = 8

// CommonMark by a parser that stays fast on hostile input, cut down to what a comment may hold: what is switched
// off here stays in the text as typed.
const markdown = new MarkdownIt('commonmark', { html: false, linkify: true, maxNesting: 40 })
  .disable(['heading', 'lheading', 'hr', 'image', 'reference', 'html_block', 'html_inline', 'code'])
  .enable(['linkify'])
// Refused links are turned into text below, where what was typed is still known.
markdown.validateLink = () => true
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })

/**
 * Parses a comment's Markdown into the tree of allowed nodes, once, when it is written.
 * @param source as `requireText` gives it
 * @throws ProblemError naming `body` when quotes and lists are nested too deep to be read
 * @example parse('*so*') // [{ type: 'paragraph', children: [{ type: 'emphasis', children: [{ type: 'text', text: 'so' }] }] }]
 */
export function parse(source: string): TextBlock[] {
  return blocks(new Tokens(markdown.parse(source, {})), 0)
}

/** The parser's flat list of openings and closings, read from front to back. */
class Tokens {
  readonly #tokens: Token[]
  #next = 0

  constructor(tokens: Token[]) {
    this.#tokens = tokens
  }

  /** The next token, or null at the end or at the closing of what is being read, which is passed over. */
  take(): Token | null {
    const token = this.#tokens[this.#next++]
    return token && token.nesting >= 0 ? token : null
  }
}

function blocks(tokens: Tokens, depth: number): TextBlock[] {
  if (depth > deepest)
    throw fieldProblem('body', `nests quotes or lists deeper than ${deepest}. Make it flatter.`)
  const all: TextBlock[] = []
  for (let token = tokens.take(); token; token = tokens.take()) {
    switch (token.type) {
      case 'paragraph_open': {
        const children = paragraph(tokens)
        if (children.length > 0) all.push({ type: 'paragraph', children })
        break
      }
      case 'blockquote_open':
        all.push({ type: 'quote', children: blocks(tokens, depth + 1) })
        break
      case 'bullet_list_open':
        all.push({ type: 'list', ordered: false, items: items(tokens, depth + 1) })
        break
      case 'ordered_list_open': {
        const start = Number(token.attrGet('start') ?? 1)
        all.push({
          type: 'list',
          ordered: true,
          ...(start !== 1 && { start }),
          items: items(tokens, depth + 1),
        })
        break
      }
      case 'fence':
        all.push({ type: 'codeblock', text: token.content.replace(/\n$/, '') })
        break
      default:
        throw new Error(`the parser gave a block that is not in the subset: ${token.type}`)
    }
  }
  return all
}

function items(tokens: Tokens, depth: number): TextBlock[][] {
  const all: TextBlock[][] = []
  while (tokens.take()) all.push(blocks(tokens, depth))
  return all
}

function paragraph(tokens: Tokens): Inline[] {
  const children: Inline[] = []
  for (let token = tokens.take(); token; token = tokens.take())
    children.push(...inline(new Tokens(token.children ?? [])))
  return children
}

function inline(tokens: Tokens): Inline[] {
  const all: Inline[] = []
  const say = (text: string) => {
    const last = all.at(-1)
    if (last?.type === 'text') last.text += text
    else if (text !== '') all.push({ type: 'text', text })
  }
  for (let token = tokens.take(); token; token = tokens.take()) {
    switch (token.type) {
      case 'softbreak':
      case 'hardbreak':
        // Readers press Enter once and mean it.
        all.push({ type: 'break' })
        break
      case 'em_open':
        all.push({ type: 'emphasis', children: inline(tokens) })
        break
      case 'strong_open':
        all.push({ type: 'strong', children: inline(tokens) })
        break
      case 'code_inline':
        all.push({ type: 'code', text: token.content })
        break
      case 'link_open': {
        const typed = String(token.attrGet('href') ?? '')
        const href = checkLink(decoded(typed))
        const children = inline(tokens)
        if (href !== null) all.push({ type: 'link', href, children })
        else
          refused(children, typed, token.markup).forEach((node) =>
            node.type === 'text' ? say(node.text) : all.push(node),
          )
        break
      }
      default:
        say(token.content)
    }
  }
  return all
}

/** A link that may not be one stays as words, with its address where that was not the words themselves. */
function refused(children: Inline[], address: string, markup: string): Inline[] {
  return markup === 'linkify' || markup === 'autolink'
    ? children
    : [...children, { type: 'text', text: ` (${address})` }]
}

/** The parser has encoded the address already; the check is on what it says. */
function decoded(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}
