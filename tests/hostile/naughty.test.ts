import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommentView } from '../../core/contract/threads.ts'
import { parse, toPlainText } from '../../server/text/index.ts'
import { Caller } from '../moderation/caller.ts'
import { inOrder, letters } from '../text/allowed.ts'
import { hasCorpus, naughtyStrings } from '../text/corpus.ts'
import { namedIn, openTarget, type Target } from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.stage.close())

const name = 'POST /v1/sites/:site/threads/:thread/comments'
const invisible = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu
// eslint-disable-next-line no-control-regex
const control = /[\x01-\x08\x0e-\x1f\x7f]/g

/** A text as it is kept: composed letters, plain line ends, no control characters; all else as it was. */
const asKept = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\r\n|[\r\v\f]/g, '\n')
    .replace(control, '')

const said = ({ body }: CommentView) => toPlainText(body ?? [])

/** Everything readers see in a thread, page by page. */
async function readAll(thread: string): Promise<Map<string, CommentView>> {
  const nobody = new Caller(target.stage.app)
  const seen = new Map<string, CommentView>()
  let cursor: string | null | undefined
  while (cursor !== null) {
    const page = await nobody.ok('GET /v1/sites/:site/threads/:thread/comments', {
      params: { site: 'demo', thread },
      query: { limit: 100, ...(cursor !== undefined && { cursor }) },
    })
    for (const comment of page.comments) seen.set(comment.id, comment)
    cursor = page.next
  }
  return seen
}

/** Posts texts one after the other; gives what came of those that were taken, by the comment's id. */
async function postAll(texts: string[]): Promise<Map<string, { text: string; posted: CommentView }>> {
  const taken = new Map<string, { text: string; posted: CommentView }>()
  const { thread } = target.stage
  for (const text of texts) {
    const { comment } = await target.mo.ok(name, { params: { site: 'demo', thread }, body: { body: text } })
    taken.set(comment.id, { text, posted: comment })
  }
  return taken
}

describe.skipIf(!hasCorpus)('the naughty strings, as comments', () => {
  const all = naughtyStrings()
  const empty = all.filter((text) => text.includes('\0') || text.replace(invisible, '') === '')
  const visible = all.filter((text) => !empty.includes(text))

  test('there are some of both kinds', () => {
    expect(visible.length).toBeGreaterThan(400)
    expect(empty.length).toBeGreaterThan(0)
  })

  test('are refused, naming the text, where there is nothing to see', async () => {
    const params = { site: 'demo', thread: target.stage.thread }
    for (const text of empty) {
      const answer = await target.send(name, JSON.stringify({ body: text }), { params })
      expect([text, answer.statusCode, namedIn(answer)]).toEqual([text, 400, 'body'])
    }
  })

  test('come back as they were typed, and readers see every letter of them', async () => {
    const posted = await postAll(visible)
    const seen = await readAll(target.stage.thread)
    for (const [id, { text, posted: own }] of posted) {
      expect(own.own?.source).toBe(asKept(text))
      const shown = seen.get(id)
      if (!shown) throw new Error(`nobody sees ${JSON.stringify(text)}`)
      expect(shown).toMatchObject({ state: 'live', body: own.body, own: null })
      expect(inOrder(letters(asKept(text)), letters(said(shown))), JSON.stringify(text)).toBe(true)
    }
  })

  test('come back equal as plain text, unless something in them is Markdown', async () => {
    const plain = visible.filter(
      (text) => !/[\\`*_~[\]<>#&|]|:\/\/|^\s|\s$|\s{2}|^[-+\d]|\n/.test(asKept(text)),
    )
    expect(plain.length).toBeGreaterThan(visible.length / 4)
    const posted = await postAll(plain)
    const seen = await readAll(target.stage.thread)
    for (const [id, { text }] of posted) {
      const shown = seen.get(id)
      expect(shown && said(shown)).toBe(asKept(text))
    }
  })
})

test.each([
  'Cafe\u0301 and ﬁ',
  'Zalgo: H̵̛͕̞̦̰̜͍̰̥̟͆̏͂̌͑ͅä̷͔̟͓̬̯̟͍̭͉͈̮͙̣̯̬̚͞',
  'right to left: שלום and مرحبا',
  'family: 👨‍👩‍👧‍👦, flag: 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  "Robert'); drop table comment; --",
  '${7*7} {{7*7}} %s %n $(id) `id`',
  '{"body":"x"}',
  'null',
  'NaN',
])('stored as it is typed: %s', async (text) => {
  const [[id, { posted }] = ['', { posted: null }]] = await postAll([text])
  expect(posted?.own?.source).toBe(text.normalize('NFC'))
  const shown = (await readAll(target.stage.thread)).get(id)
  expect(shown && said(shown)).toBe(toPlainText(parse(text.normalize('NFC'))))
})
