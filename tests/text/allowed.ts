import { parseHTML } from 'linkedom'
import { Type } from 'typebox'
import Value from 'typebox/value'
import { expect } from 'vitest'
import { TextBlock } from '../../core/contract/text.ts'
import { nestingLimit } from '../../core/text/limits.ts'
import { checkLink, parse, toHtml, toPlainText } from '../../server/text/index.ts'

const Blocks = Type.Array(TextBlock)
const elements: Record<string, string[]> = {
  p: ['dir'],
  ol: ['start'],
  a: ['href', 'rel'],
  ...Object.fromEntries(
    ['em', 'strong', 'code', 'pre', 'blockquote', 'ul', 'li', 'br', 'bdi'].map((name) => [name, []]),
  ),
}

/** Holds a text's tree and its HTML against what a comment may be made of, and gives back the tree. */
export function expectAllowed(source: string): TextBlock[] {
  const blocks = parse(source)
  expect(Value.Check(Blocks, blocks), JSON.stringify(blocks)).toBe(true)
  expect(depth(blocks)).toBeLessThanOrEqual(nestingLimit)
  const { document } = parseHTML(`<!doctype html><html><body>${toHtml(blocks)}</body></html>`)
  for (const element of document.body.querySelectorAll('*')) {
    const name = element.localName
    expect(Object.keys(elements), source).toContain(name)
    for (const attribute of element.attributes) expect(elements[name], source).toContain(attribute.name)
    if (name === 'a') {
      const href = element.getAttribute('href') ?? ''
      expect(checkLink(href), source).toBe(href)
      expect(element.getAttribute('rel')).toBe('nofollow ugc noopener')
    }
  }
  expect(document.body.textContent, 'the HTML says what the tree says').toBe(textOf(blocks))
  return blocks
}

/** All letters that readers see or that a link leads to, in order. */
export function lettersSaid(source: string): string[] {
  return letters(toPlainText(parse(source)))
}

export const letters = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}]/gu) ?? []

/** Whether all of `some` come in `all` in the same order, with others between them or not. */
export function inOrder(some: string[], all: string[]): boolean {
  let next = 0
  for (const one of all) if (one === some[next]) next += 1
  return next === some.length
}

function depth(blocks: TextBlock[]): number {
  return Math.max(
    0,
    ...blocks.map((block) => {
      if (block.type === 'quote') return 1 + depth(block.children)
      return block.type === 'list' ? 1 + Math.max(...block.items.map(depth)) : 0
    }),
  )
}

function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).join('')
  if (typeof node !== 'object' || node === null) return ''
  if ('text' in node && typeof node.text === 'string') return node.text
  if ('name' in node) return `@${String(node.name)}`
  return 'children' in node ? textOf(node.children) : 'items' in node ? textOf(node.items) : ''
}
