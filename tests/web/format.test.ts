import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { change, type Format, type Written } from '../../web/embed/later/format.ts'

/** `|` stands at both ends of what is selected, or once for a caret. */
function read(text: string): Written {
  const [before = '', inner = '', after] = text.split('|')
  if (after === undefined) return { value: before + inner, start: before.length, end: before.length }
  return { value: before + inner + after, start: before.length, end: before.length + inner.length }
}

function apply(written: Written, format: Format): Written {
  const { from, to, text, start, end } = change(written, format)
  return { value: written.value.slice(0, from) + text + written.value.slice(to), start, end }
}

function show({ value, start, end }: Written): string {
  const inner = start === end ? '|' : `|${value.slice(start, end)}|`
  return value.slice(0, start) + inner + value.slice(end)
}

const press = (text: string, ...formats: Format[]) => show(formats.reduce(apply, read(text)))

describe('strong and emphasis', () => {
  it.each<[string, Format, string]>([
    ['so |be| it', 'bold', 'so **|be|** it'],
    ['so |be| it', 'italic', 'so *|be|* it'],
    ['so **|be|** it', 'bold', 'so |be| it'],
    ['so |**be**| it', 'bold', 'so |be| it'],
    ['so **|be|** it', 'italic', 'so ***|be|*** it'],
    ['so ***|be|*** it', 'bold', 'so *|be|* it'],
    ['so ***|be|*** it', 'italic', 'so **|be|** it'],
    ['|*one* and *two*|', 'bold', '**|*one* and *two*|**'],
  ])('%j, %s', (before, format, after) => expect(press(before, format)).toBe(after))

  it('stand at the words, not at the spaces around them', () => {
    expect(press('so| be |it', 'bold')).toBe('so **|be|** it')
  })

  it('stand where they are read as such: not between punctuation and a letter', () => {
    expect(press('これは|「強調」|です', 'bold')).toBe('これは「**|強調|**」です')
    expect(press('|重要。|続く', 'bold')).toBe('**|重要|**。続く')
    expect(press('He said |“now”| .', 'bold')).toBe('He said **|“now”|** .')
  })

  it('do not reach over an empty line', () => {
    expect(press('|one\n\ntwo|', 'bold')).toBe('|**one**\n\n**two**|')
  })

  it('open around the caret, and close behind what was typed', () => {
    expect(press('so |', 'bold')).toBe('so **|**')
    expect(press('so **|**', 'bold')).toBe('so |')
    expect(press('so **be|** it', 'bold')).toBe('so **be**| it')
  })

  it('leave whole what takes two units: right-to-left text and signs beyond the first plane', () => {
    expect(press('قال |كلمة| ثم', 'bold')).toBe('قال **|كلمة|** ثم')
    expect(press('a |👩‍👩‍👧| b', 'italic')).toBe('a *|👩‍👩‍👧|* b')
    expect(press('𝒶|𝒷𝒸|𝒹', 'bold')).toBe('𝒶**|𝒷𝒸|**𝒹')
  })
})

describe('quotes and lists', () => {
  it.each<[string, Format, string]>([
    ['o|n|e', 'quote', '|> one|'],
    ['|one\ntwo|', 'quote', '|> one\n> two|'],
    ['|> one\n> two|', 'quote', '|one\ntwo|'],
    ['|one\n\ntwo|', 'quote', '|> one\n>\n> two|'],
    ['|> one\n>\n> two|', 'quote', '|one\n\ntwo|'],
    ['|one\ntwo|', 'list', '|- one\n- two|'],
    ['|- one\n* two|', 'list', '|one\ntwo|'],
    ['|one\n\ntwo|', 'list', '|- one\n\n- two|'],
    ['|- one\ntwo|', 'list', '|- one\n- two|'],
    ['|', 'list', '- |'],
    ['one|', 'list', '- one|'],
    ['on|e', 'quote', '> on|e'],
  ])('%j, %s', (before, format, after) => expect(press(before, format)).toBe(after))

  it('do not take the next line with them', () => {
    expect(press('|one\n|two', 'quote')).toBe('|> one|\n\ntwo')
    expect(press('|one|\n- two', 'list')).toBe('|- one|\n- two')
  })
})

describe('links', () => {
  it('want the address where there are words', () => {
    expect(press('see |this|', 'link')).toBe('see [this](|https://|)')
  })
  it('want the words where there is an address', () => {
    expect(press('see |https://a.example/b|', 'link')).toBe('see [|](https://a.example/b)')
    expect(press('see |', 'link')).toBe('see [|](https://)')
  })
  it('go again', () => {
    expect(press('see [|this|](https://a.example)', 'link')).toBe('see |this|')
    expect(press('see |[this](https://a.example)|', 'link')).toBe('see |this|')
  })
})

describe('code', () => {
  it.each([
    ['a |b| c', 'a `|b|` c'],
    ['a `|b|` c', 'a |b| c'],
    ['a |`b`| c', 'a |b| c'],
    ['a |b`c| d', 'a `` |b`c| `` d'],
    ['|one\ntwo|', '```\n|one\ntwo|\n```'],
    ['```\n|one\ntwo|\n```', '|one\ntwo|'],
    ['|```\none\n```|', '|one|'],
    ['|a\n```\nb|', '````\n|a\n```\nb|\n````'],
  ])('%j', (before, after) => expect(press(before, 'code')).toBe(after))
})

const formats: Format[] = ['bold', 'italic', 'quote', 'link', 'list', 'code']

describe('whatever is written and selected', () => {
  const written = fc
    .tuple(
      fc.string({
        unit: fc.constantFrom('a', '*', ' ', '\n', '`', '[', ']', '>', '-', '😀', 'ب'),
        maxLength: 20,
      }),
      fc.nat(),
      fc.nat(),
    )
    .map(([value, a, b]) => {
      const [start = 0, end = 0] = [a % (value.length + 1), b % (value.length + 1)].sort((x, y) => x - y)
      return { value, start, end }
    })

  it('no character of the words is lost', () => {
    const words = (text: string) => text.replace(/https:\/\/|[^\p{L}\p{Emoji_Presentation}]/gu, '')
    fc.assert(
      fc.property(written, fc.constantFrom(...formats), (text, format) => {
        const after = apply(text, format)
        expect(words(after.value)).toBe(words(text.value))
        expect(after.start).toBeGreaterThanOrEqual(0)
        expect(after.start).toBeLessThanOrEqual(after.end)
        expect(after.end).toBeLessThanOrEqual(after.value.length)
      }),
    )
  })

  it('a format pressed twice on words is gone again', () => {
    const plain = fc.stringMatching(/^[\p{L}😀]{1,8}( [\p{L}😀]{1,8}){0,2}$/u)
    fc.assert(
      fc.property(
        plain,
        fc.constantFrom<Format>('bold', 'italic', 'quote', 'list', 'code'),
        (value, format) => {
          const text = { value, start: 0, end: value.length }
          expect(apply(apply(text, format), format).value).toBe(value)
        },
      ),
    )
  })
})
