import type { Inline, TextBlock } from '../../core/contract/text.ts'
import { mentionLimit } from '../../core/text/limits.ts'

/** Somebody who may be named in a comment. */
export interface Person {
  id: string
  name: string
}

// As long as an account's name may be; and as many signs as are looked at, so that a text of nothing but "@" costs
// no more than another.
const longestName = 80
const mostSigns = 30

// Writing that puts no spaces between words: there a name may follow a letter, and be followed by one.
const unspaced = ['Han', 'Hira', 'Kana', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Tibt']
  .map((script) => `\\p{scx=${script}}`)
  .join('')
const letter = `(?![${unspaced}])[\\p{L}\\p{N}\\p{M}_]`
const isLetter = new RegExp(`^${letter}$`, 'u')
/** What makes an @ part of a word or an address: `a@b.example`, `example.org/@a`. */
const goesBefore = new RegExp(`(?:${letter}|[-.+/@])$`, 'u')
/** What makes a name the beginning of a longer word, of a double name or of an address. */
const goesOn = new RegExp(`^(?:${letter}|[\\p{M}@]|[-./]${letter})`, 'u')
const goesOnAfterSign = /^[\p{M}@]/u

/**
 * The names that a comment may mean by its @ signs, as typed, for looking up who of them takes part. Of each sign, all
 * beginnings of what follows up to the end of a word: names have spaces, and the longest one counts.
 * @example namesIn(parse('Ask @Ada L')) // ['Ada L', 'Ada']
 */
export function namesIn(blocks: TextBlock[]): string[] {
  const names = new Set<string>()
  rewrite(blocks, ({ line, to, signs }) => {
    for (const at of signs) for (const end of endsOf(line, at, to)) names.add(nameAt(line, at, end))
    return null
  })
  return [...names]
}

/**
 * A comment with the people it names as nodes. What stands in code or in a link stays as it is, and so does what
 * comes after the tenth.
 * @param people by the name as typed; null where several are called so, and nobody can tell who is meant
 */
export function withMentions(blocks: TextBlock[], people: ReadonlyMap<string, Person | null>): TextBlock[] {
  if (people.size === 0) return blocks
  let left = mentionLimit
  return rewrite(blocks, ({ line, from, to, signs }) => {
    const pieces: Inline[] = []
    let done = from
    for (const at of signs) {
      if (left === 0 || at < done) continue
      const end = endsOf(line, at, to).find((one) => people.has(nameAt(line, at, one)))
      const person = end === undefined ? null : people.get(nameAt(line, at, end))
      if (end === undefined || !person) continue
      if (at > done) pieces.push({ type: 'text', text: line.slice(done, at) })
      pieces.push({ type: 'mention', id: person.id, name: person.name })
      done = end
      left -= 1
    }
    if (pieces.length === 0) return null
    if (done < to) pieces.push({ type: 'text', text: line.slice(done, to) })
    return pieces
  })
}

/** The ids of those whom a comment names, each once. */
export function mentioned(blocks: TextBlock[]): string[] {
  const ids = blocks.flatMap((block): string[] => {
    switch (block.type) {
      case 'paragraph':
        return peopleIn(block.children)
      case 'quote':
        return mentioned(block.children)
      case 'list':
        return block.items.flatMap(mentioned)
      case 'codeblock':
        return []
    }
  })
  return [...new Set(ids)]
}

function peopleIn(nodes: Inline[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'mention') return [node.id]
    return 'children' in node ? peopleIn(node.children) : []
  })
}

/** Spaces as names have them: an account is made with one between words. */
const nameAt = (line: string, at: number, end: number) => line.slice(at + 1, end).replace(/\s+/gu, ' ')

/** Where the name after an @ may end, the longest first. */
function endsOf(line: string, at: number, to: number): number[] {
  const ends: number[] = []
  let end = at + 1
  for (const sign of line.slice(end, Math.min(to, end + longestName))) {
    if (end === at + 1 && sign.trim() === '') break
    end += sign.length
    const isInside = (isLetter.test(sign) ? goesOn : goesOnAfterSign).test(line.slice(end, end + 4))
    if (sign.trim() !== '' && !isInside) ends.push(end)
  }
  return ends.reverse()
}

/** A piece of a line that is neither code nor a link's: where it is in the line, and the @ signs to look at in it. */
interface Piece {
  line: string
  from: number
  to: number
  signs: number[]
}
/** What becomes of a piece; null: what it was. */
type Replace = (piece: Piece) => Inline[] | null

function rewrite(blocks: TextBlock[], replace: Replace): TextBlock[] {
  let left = mostSigns
  const bounded: Replace = (piece) => {
    const signs = piece.signs.slice(0, left)
    left -= signs.length
    return signs.length === 0 ? null : replace({ ...piece, signs })
  }
  const inBlock = (block: TextBlock): TextBlock => {
    switch (block.type) {
      case 'paragraph':
        return { ...block, children: rewriteLine(block.children, lineOf(block.children), 0, bounded) }
      case 'quote':
        return { ...block, children: block.children.map(inBlock) }
      case 'list':
        return { ...block, items: block.items.map((item) => item.map(inBlock)) }
      case 'codeblock':
        return block
    }
  }
  return blocks.map(inBlock)
}

function rewriteLine(nodes: Inline[], line: string, start: number, replace: Replace): Inline[] {
  let to = start
  return nodes.flatMap((node): Inline[] => {
    const from = to
    to += lineOf([node]).length
    switch (node.type) {
      case 'text':
        return replace({ line, from, to, signs: signsIn(line, from, to) }) ?? [node]
      case 'emphasis':
      case 'strong':
        return [{ ...node, children: rewriteLine(node.children, line, from, replace) }]
      default:
        return [node]
    }
  })
}

function signsIn(line: string, from: number, to: number): number[] {
  return [...line.slice(from, to).matchAll(/@/g)]
    .map(({ index }) => from + index)
    .filter((at) => !goesBefore.test(line.slice(Math.max(0, at - 2), at)))
}

/** The letters of a line without its marks: what stands before and after an @, whatever node it is in. */
function lineOf(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'break') return '\n'
      if (node.type === 'mention') return `@${node.name}`
      return 'text' in node ? node.text : lineOf(node.children)
    })
    .join('')
}
