/** A text in a field, with what is selected. */
export interface Written {
  value: string
  start: number
  end: number
}

/** What takes the place of a part of the text, and what is selected after that. */
export interface Change {
  from: number
  to: number
  text: string
  start: number
  end: number
}

export type Format = 'bold' | 'italic' | 'quote' | 'link' | 'list' | 'code'

const placeholder = 'https://'

/**
 * Gives the selection a format, or takes it away where it has it.
 * @example change({ value: 'so be it', start: 3, end: 5 }, 'bold') // puts '**be**' in the place of 'be'
 */
export function change({ value, start, end }: Written, format: Format): Change {
  const written = {
    value,
    start: start - Number(isInside(value, start)),
    end: end + Number(isInside(value, end)),
  }
  if (format === 'bold') return toggleStars(written, 2)
  if (format === 'italic') return toggleStars(written, 1)
  if (format === 'quote') return toggleLines(written, '> ')
  if (format === 'list') return toggleLines(written, '- ')
  return format === 'link' ? toggleLink(written) : toggleCode(written)
}

/** Whether a place is in the middle of a character of two units. */
const isInside = (value: string, at: number) => (value.codePointAt(at - 1) ?? 0) > 0xffff

const starsAtEnd = (text: string) => /\**$/.exec(text)?.[0].length ?? 0
const starsAtStart = (text: string) => /^\**/.exec(text)?.[0].length ?? 0

/** One star on both sides is emphasis, two are strong, three are both. */
function toggleStars(written: Written, stars: 1 | 2): Change {
  const { value } = written
  const mark = '*'.repeat(stars)
  const { start, end } = bare(written)
  const [before, after] = [starsAtEnd(value.slice(0, start)), starsAtStart(value.slice(end))]
  if (start === end && before === 0 && after >= stars) {
    // At the end of what is marked already: go on behind it.
    const at = end + after
    return { from: at, to: at, text: '', start: at, end: at }
  }
  const around = Math.min(before, after)
  const isMarked = stars === 2 ? around >= 2 : around % 2 === 1
  const inner = value.slice(start, end)
  if (isMarked) return replaced(start - stars, end + stars, '', inner, '')
  // Stars do not reach over an empty line.
  const parts = inner.split(/(\n\s*\n)/)
  if (parts.length === 1) return replaced(start, end, mark, inner, mark)
  const marked = parts.map((part, at) => (at % 2 === 1 || part === '' ? part : `${mark}${part}${mark}`))
  return replaced(start, end, '', marked.join(''), '')
}

/**
 * The selection without what stars must not stand beside, or they would be read as stars: white space at its edges, and
 * punctuation where a letter follows at once. Nor with the stars at its edges, if it has no others.
 */
function bare({ value, start, end }: Written): { start: number; end: number } {
  const outer = value.slice(start, end)
  if (outer.trim() === '') return { start, end }
  let from = start + (outer.length - outer.trimStart().length)
  let to = end - (outer.length - outer.trimEnd().length)
  const text = value.slice(from, to)
  const around = Math.min(starsAtStart(text), starsAtEnd(text))
  if (around > 0 && text.length > 2 * around && !text.slice(around, -around).includes('*')) {
    from += around
    to -= around
  }
  const isLetter = /^[\p{L}\p{N}]/u
  const opening = /^[^\p{L}\p{N}\s*]+/u.exec(value.slice(from, to))?.[0].length ?? 0
  if (opening < to - from && /[\p{L}\p{N}]$/u.test(value.slice(0, from))) from += opening
  const closing = /[^\p{L}\p{N}\s*]+$/u.exec(value.slice(from, to))?.[0].length ?? 0
  if (closing < to - from && isLetter.test(value.slice(to))) to -= closing
  return { start: from, end: to }
}

/** Sets something before each line that is selected, even in part. */
function toggleLines({ value, start, end }: Written, mark: '> ' | '- '): Change {
  const from = value.lastIndexOf('\n', start - 1) + 1
  // A line break at the end of the selection does not take the next line with it.
  const last = end > start && value[end - 1] === '\n' ? end - 1 : end
  const to = value.indexOf('\n', last) < 0 ? value.length : value.indexOf('\n', last)
  const lines = value.slice(from, to).split('\n')
  const known = mark === '> ' ? /^> ?/ : /^[-*+] /
  const isQuote = mark === '> '
  const isMarked = lines.every((line) => known.test(line) || (!isQuote && line === ''))
  const isAll = isMarked && lines.some((line) => known.test(line))
  const text = lines
    .map((line) => {
      if (isAll) return line.replace(known, '')
      // A quote goes on over an empty line; between the items of a list it stays empty.
      if (line === '' && lines.length > 1) return isQuote ? '>' : ''
      return !isQuote && known.test(line) ? line : mark + line
    })
    .join('\n')
  // Without an empty line between, what follows would be read as the last line going on.
  const next = value.slice(to + 1).split('\n')[0] ?? ''
  const gap = !isAll && next.trim() !== '' && !known.test(next) ? '\n' : ''
  const caret = start === end ? from + text.length - (to - end) : null
  return {
    from,
    to,
    text: text + gap,
    start: caret === null ? from : Math.max(from, caret),
    end: caret === null ? from + text.length : Math.max(from, caret),
  }
}

function toggleLink({ value, start, end }: Written): Change {
  const inner = value.slice(start, end)
  const whole = /^\[([^\]]*)\]\([^()\s]*\)$/.exec(inner)
  if (whole) return replaced(start, end, '', whole[1] ?? '', '')
  const opens = value.slice(0, start).endsWith('[')
  const closing = opens ? /^\]\([^()\s]*\)/.exec(value.slice(end)) : null
  if (closing) return replaced(start - 1, end + closing[0].length, '', inner, '')
  if (/^https?:\/\/\S+$/.test(inner)) return replaced(start, end, '[', '', `](${inner})`)
  const text = `[${inner}](${placeholder})`
  // Without words, they come first; with them, the address.
  if (inner === '') return { from: start, to: end, text, start: start + 1, end: start + 1 }
  const at = start + inner.length + 3
  return { from: start, to: end, text, start: at, end: at + placeholder.length }
}

function toggleCode(written: Written): Change {
  const { value, start, end } = written
  const inner = value.slice(start, end)
  if (inner.includes('\n')) return toggleBlock(written)
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length))
  const whole = /^(`+)([^`]+)\1$/.exec(inner)
  if (whole) return replaced(start, end, '', whole[2] ?? '', '')
  const before = /`*$/.exec(value.slice(0, start))?.[0].length ?? 0
  const after = /^`*/.exec(value.slice(end))?.[0].length ?? 0
  if (before > 0 && before === after) return replaced(start - before, end + after, '', inner, '')
  const fence = '`'.repeat(longest + 1)
  const room = longest > 0 ? ' ' : ''
  return replaced(start, end, fence + room, inner, room + fence)
}

/** Whole lines as a block of code, fenced longer than any fence in it. */
function toggleBlock({ value, start, end }: Written): Change {
  const from = value.lastIndexOf('\n', start - 1) + 1
  const last = value[end - 1] === '\n' ? end - 1 : end
  const to = value.indexOf('\n', last) < 0 ? value.length : value.indexOf('\n', last)
  const inner = value.slice(from, to)
  const fenced = /^(`{3,})\n([^]*)\n\1$/.exec(inner)
  if (fenced) return replaced(from, to, '', fenced[2] ?? '', '')
  const above = /(`{3,})\n$/.exec(value.slice(0, from))?.[1]
  if (above && value.slice(to).startsWith(`\n${above}`))
    return replaced(from - above.length - 1, to + above.length + 1, '', inner, '')
  const longest = Math.max(2, ...(inner.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return replaced(from, to, `${fence}\n`, inner, `\n${fence}`)
}

/** What stood inside stays selected. */
const replaced = (from: number, to: number, before: string, inner: string, after: string): Change => ({
  from,
  to,
  text: before + inner + after,
  start: from + before.length,
  end: from + before.length + inner.length,
})
