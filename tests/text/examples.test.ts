import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { languageTag, primaryLanguage } from '../../core/text/language.ts'
import { fold } from '../../server/moderation/screen/fold.ts'
import { guesses } from '../../server/moderation/screen/guesses.ts'
import { wordsOf } from '../../server/moderation/screen/words.ts'
import { shownAddress } from '../../server/text/link.ts'
import { nesting } from '../../server/text/markdown.ts'
import { checkLink, namesIn, parse, requireText, toHtml, toPlainText } from '../../server/text/index.ts'

const known = {
  checkLink,
  fold,
  guesses,
  languageTag,
  namesIn,
  nesting,
  parse,
  primaryLanguage,
  requireText,
  shownAddress,
  toHtml,
  toPlainText,
  wordsOf,
}
const sources = [
  'core/text/language',
  'server/text/link',
  'server/text/markdown',
  'server/text/mentions',
  'server/text/parse',
  'server/text/print',
  'server/text/require',
  'server/moderation/screen/fold',
  'server/moderation/screen/guesses',
  'server/moderation/screen/words',
]

const examples = sources.flatMap((name) => {
  const source = readFileSync(new URL(`../../${name}.ts`, import.meta.url), 'utf8')
  return [...source.matchAll(/@example (.+) \/\/ (.+?)(?: {3}\(.*\))?$/gm)].map(
    ([, call = '', gives = '']) => ({ call, gives }),
  )
})

test.each(examples)('$call gives $gives, as its docstring says', ({ call, gives }) => {
  const run = (code: string) => JSON.stringify(runInNewContext(`(${code})`, { ...known }))
  expect(run(call)).toBe(run(gives))
})

test('every function has its example', () => {
  for (const name of Object.keys(known))
    expect(
      examples.some(({ call }) => call.startsWith(`${name}(`)),
      name,
    ).toBe(true)
})
