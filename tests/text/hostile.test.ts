import { describe, expect, test } from 'vitest'
import { commentLimit } from '../../core/text/limits.ts'
import { ProblemError } from '../../server/http/problem.ts'
import { checkLink, parse, requireText, toPlainText } from '../../server/text/index.ts'
import { expectAllowed, inOrder, letters, lettersSaid } from './allowed.ts'
import { hasCorpus, jsonLines, naughtyStrings } from './corpus.ts'

const invisible = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu
// eslint-disable-next-line no-control-regex
const control = /[\x01-\x08\x0e-\x1f\x7f]/g

describe.skipIf(!hasCorpus)('what the hostile corpus holds, as a comment', () => {
  const markup = jsonLines('html.jsonl').map(({ title, payload }) => ({
    title: String(title),
    payload: String(payload),
  }))

  test.each(markup)('markup is text: $title', ({ payload }) => {
    expectAllowed(payload)
    const raw = letters(payload)
    expect(inOrder(raw, lettersSaid(payload)), 'no word is lost').toBe(true)
  })

  test.each(naughtyStrings().map((text) => ({ text })))('stored as it is, or refused: $text', ({ text }) => {
    if (text.replace(invisible, '') === '') {
      expect(() => requireText(text)).toThrow(/is empty/)
      return
    }
    const kept = requireText(text)
    expect(kept).toBe(
      text
        .normalize('NFC')
        .replace(/\r\n|[\r\v\f]/g, '\n')
        .replace(control, ''),
    )
    expectAllowed(kept)
    expect(inOrder(letters(kept), lettersSaid(kept)), 'no word is lost').toBe(true)
  })

  const links = jsonLines('urls.jsonl').filter(({ use }) => use === 'link')

  test.each(links.map(({ url, ok }) => ({ url: String(url), ok })))('link $url: $ok', ({ url, ok }) => {
    expect(checkLink(url) !== null).toBe(ok)
    for (const typed of [url, `[here](<${url}>)`, `<${url}>`, `![here](${url})`]) expectAllowed(typed)
    const [block] = parse(`[here](<${url}>)`)
    const made =
      block?.type === 'paragraph' &&
      block.children.some(
        (node) => node.type === 'link' && toPlainText([{ ...block, children: node.children }]) === 'here',
      )
    expect(made).toBe(ok)
    if (!ok && !url.includes('\\')) expect(toPlainText(parse(`[here](${url})`))).toContain('[here](')
  })

  const floods = jsonLines('requests.jsonl').filter(({ as }) => as === 'text')

  test.each(floods.map(({ what, unit, times }) => ({ what, text: String(unit).repeat(Number(times)) })))(
    'refused: $what',
    ({ text }) => {
      const problem = refusal(text)
      expect(problem.kind).toBe('invalid-field')
      expect(problem.extra['errors']).toMatchObject([{ field: 'body' }])
    },
  )
})

test.each([
  '[',
  ']',
  '*a_',
  '*a **a ',
  '> ',
  '- ',
  '`a``',
  '\\',
  '![',
  '[](',
  '<',
  '**',
  'a**b',
  '[a](<b',
  '1. ',
  '- a\n',
  '> a\n',
  'http://',
  'https://a.b/(',
  'https://a.b ',
  '<https://a.b>',
  '[a][',
  '[[]](',
  '*[',
  '~~~\n',
  '&#',
  '\u0301',
])('a flood of %j is a comment like any other', (unit) => {
  expectAllowed(unit.repeat(commentLimit / unit.length))
})

function refusal(text: string): ProblemError {
  try {
    requireText(text)
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
  throw new Error('the text was taken')
}
