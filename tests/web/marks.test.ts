import { describe, expect, it } from 'vitest'
import { fingerprint } from '../../core/anchoring/index.ts'
import { wholeArticle } from '../../web/embed/marks.ts'
import { countsByBlock } from '../../web/embed/match.ts'
import { schemeOf } from '../../web/embed/scheme.ts'

const mark = (text: string, index: number, comments = 1, reactions = 0) => ({
  fingerprint: text === '' ? '' : fingerprint(text),
  index,
  threads: 1,
  comments,
  reactions,
})
const atOnce = () => Promise.resolve()
const counts = async (...[texts, marks]: [string[], ReturnType<typeof mark>[]]) =>
  [...(await countsByBlock(texts, marks, atOnce)).counts].map(([block, { comments }]) => [block, comments])

describe('the marks beside the blocks', () => {
  it('stand where the server says while the article is as it was', async () => {
    expect(await counts(['One.', 'Two.'], [mark('Two.', 1, 3)])).toEqual([[1, 3]])
  })

  it('follow a block that was moved', async () => {
    expect(await counts(['New.', 'One.', 'Two.'], [mark('Two.', 1)])).toEqual([[2, 1]])
  })

  it('tell equal blocks apart by which is nearest', async () => {
    const texts = ['* * *', 'One.', 'Two.', '* * *', 'Three.']
    expect(await counts(texts, [mark('* * *', 4), mark('* * *', 1)])).toEqual([
      [3, 1],
      [0, 1],
    ])
  })

  it('count what has lost its block with the whole article', async () => {
    expect(await counts(['One.'], [mark('Gone.', 0, 2), mark('', -1, 5)])).toEqual([[wholeArticle, 7]])
  })

  it('tell whether one was lost, which what is said on the whole article is not', async () => {
    const isComplete = async (...[texts, marks]: [string[], ReturnType<typeof mark>[]]) =>
      (await countsByBlock(texts, marks, atOnce)).isComplete
    expect(await isComplete(['One.'], [mark('One.', 0), mark('', -1)])).toBe(true)
    expect(await isComplete(['One.'], [mark('Gone.', 0)])).toBe(false)
  })

  it('add up what is said about one block', async () => {
    expect(await counts(['New.', 'One.'], [mark('One.', 0, 2), mark('One.', 1, 3)])).toEqual([[1, 5]])
  })

  it('add up the reactions to it too, also where nobody has written', async () => {
    const marks = [mark('One.', 0, 2, 1), mark('One.', 0, 0, 3), mark('Two.', 1, 0, 4)]
    expect([...(await countsByBlock(['One.', 'Two.'], marks, atOnce)).counts]).toEqual([
      [0, { comments: 2, reactions: 4 }],
      [1, { comments: 0, reactions: 4 }],
    ])
  })
})

describe('the scheme of the page', () => {
  it('is told by the colour behind the text', () => {
    expect(schemeOf('rgb(23, 22, 20)')).toBe('dark')
    expect(schemeOf('rgb(253, 252, 249)')).toBe('light')
  })

  it('is not told by what can be seen through', () => {
    expect(schemeOf('rgba(0, 0, 0, 0)')).toBeNull()
    expect(schemeOf('color(srgb 0 0 0)')).toBeNull()
  })
})
