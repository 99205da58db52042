import { describe, expect, test } from 'vitest'
import { WordList } from '../../server/moderation/screen/list.ts'

describe('regular expressions', () => {
  test('are looked for in the text as it is written, and folded', async () => {
    const { list, faults } = await WordList.read(['/cr[o0]+k\\d*/', '/дура[кч]/', '/\\bfree\\s+money\\b/'])
    expect(faults).toEqual([])
    expect(list.hits('A СRООK, ДУРАК: Free\n money')).toEqual([
      { word: '/дура[кч]/', at: 'ДУРАК' },
      { word: '/\\bfree\\s+money\\b/', at: 'Free\n money' },
      { word: '/cr[o0]+k\\d*/', at: 'crook' },
    ])
    expect(list.hits('Nothing of the kind')).toEqual([])
  })

  test('that would explode elsewhere are matched in a time that grows with the text', async () => {
    const { list, faults } = await WordList.read([
      '/(a+)+$/',
      '/(a|aa)+b/',
      '/(.*)*x/',
      '/^(([a-z])+.)+[A-Z]([a-z])+$/',
    ])
    expect(faults).toEqual([])
    // An engine that goes back would need longer than the universe has been there.
    expect(list.hits(`${'a'.repeat(9999)}!`)).toEqual([])
  })

  test.each([
    ['/(?=a)/', 'is no regular expression that can be used'],
    ['/(a)\\1/', 'is no regular expression that can be used'],
    ['/(a/', 'is no regular expression that can be used'],
    ['/[b-a]/', 'is no regular expression that can be used'],
    ['/a*/', 'matches every text'],
    ['/(x{0,500}){0,2}y/', 'makes the regular expressions too large'],
    ['/((a{1,100}){1,100}){1,100}/', 'is no regular expression that can be used'],
    ['…', 'has no letters, digits or pictures'],
  ])('%s is refused, with its line', async (entry, why) => {
    const { faults } = await WordList.read(['fine', '', entry, 'fine, too'])
    expect(faults.map(({ line }) => line)).toEqual([2])
    expect(faults[0]?.detail).toContain(why)
  })

  test('are a hundred at the most', async () => {
    const { faults } = await WordList.read(Array.from({ length: 120 }, (_, n) => `/a${n}/`))
    expect(faults.map(({ line }) => line)).toEqual([100])
    expect(faults[0]?.detail).toContain('one more than the 100')
  })
})

describe('a list of 50,000 lines', () => {
  const letters = Array.from('ابتثجحخدذرزسشصضطظعغفقكلمنهوي')
  const word = (n: number) =>
    Array.from({ length: 5 }, (_, at) => letters[Math.floor(n / letters.length ** at) % letters.length]).join(
      '',
    )
  const lines = Array.from({ length: 50_000 }, (_, n) => (n % 2 ? word(n) : `${word(n)} 🔥 phrase ${n}`))

  test('is looked through as fast as a short one', async () => {
    const long = await WordList.read(lines)
    const short = await WordList.read(lines.slice(0, 10))
    expect(long.faults).toEqual([])
    const text = `${word(4_999)} و ${word(40_000)} 🔥 PHRASE 40000. ${'A comment of some words, as they are. '.repeat(8)}`
    expect(long.list.hits(text)).toEqual([
      { word: word(4_999), at: word(4_999) },
      { word: `${word(40_000)} 🔥 phrase 40000`, at: `${word(40_000)} 🔥 PHRASE 40000` },
    ])
    expect(short.list.hits(text)).toEqual([])
  })

  test('may hold phrases that all begin alike', async () => {
    const { list } = await WordList.read(Array.from({ length: 90 }, (_, n) => 'ha '.repeat(n + 1)))
    expect(list.hits('Ha! '.repeat(2500))).toHaveLength(90)
  })
})
