import { describe, expect, test } from 'vitest'
import { align, carry, prepare, sectionOf, type Carried, type Passage } from '../../core/anchoring/index.ts'

const article = [
  'The lighthouse on the northern cape was built by a man who had never seen the sea.',
  'He drew it in a valley, two days from the coast, after the tower of his own church. The stairs turn to the left, because the church had them turn to the left, and every keeper has cursed him for it.',
  'In winter the lamp burns for sixteen hours. Oil is carried up in cans of twenty litres, four times each night.',
  'Nobody has lived there since the spring of 1974. The lamp is electric now, and it is looked after from a desk in the capital.',
  'Every summer the last keeper goes back to count the steps. There are two hundred and eleven, he says, and one that is missing.',
]

/** The passage of these words, of the first block that has them. */
function passage(texts: string[], words: string): Passage {
  const block = texts.findIndex((text) => text.includes(words))
  const start = texts[block]?.indexOf(words) ?? -1
  if (start < 0) throw new Error(`"${words}" is not there`)
  return { block, start, endBlock: block, end: start + words.length }
}

function carried(before: string[], words: string, after: string[]): Carried & { words: string | null } {
  const result = carry(align(prepare(before), prepare(after)), passage(before, words))
  return { ...result, words: result.passage && wordsAt(after, result.passage) }
}

function wordsAt(texts: string[], { block, start, endBlock, end }: Passage): string {
  if (block === endBlock) return texts[block]?.slice(start, end) ?? ''
  const between = texts.slice(block + 1, endBlock)
  return [texts[block]?.slice(start) ?? '', ...between, texts[endBlock]?.slice(0, end) ?? ''].join('\n')
}

const changed = (from: string, to: string, texts = article) => texts.map((text) => text.replace(from, to))
const left = 'The stairs turn to the left'
const oil = 'Oil is carried up in cans of twenty litres, four times each night.'
const sentence = 'Nobody has lived there since the spring of 1974.'

describe('a passage', () => {
  test('is the same where its block did not change, whatever happened around it', () => {
    const after = [
      'A new preface, with thanks.',
      article[0] ?? '',
      article[1] ?? '',
      'Something short.',
      ...article.slice(3),
    ]
    expect(carried(article, left, after)).toMatchObject({
      status: 'same',
      words: left,
      passage: passage(after, left),
    })
  })

  test('is the same where other words of its block changed', () => {
    const after = changed('two days from the coast', 'three days from any coast')
    expect(carried(article, left, after)).toMatchObject({ status: 'same', words: left })
  })

  test('takes in what stands in the place of the words at its ends, and nothing that was added there', () => {
    const winter = (edited: string) =>
      carried(article, 'sixteen hours', changed('sixteen hours', edited)).words
    expect(winter('fourteen hours')).toBe('fourteen hours')
    expect(winter('sixteen days')).toBe('sixteen days')
    expect(winter('almost sixteen hours')).toBe('sixteen hours')
    const japanese = ['四十冊には二千を超える書き込みが集まった。']
    const after = ['四十冊には三千を超える書き込みが集まった。']
    expect(carried(japanese, '二千を超える書き込み', after).words).toBe('三千を超える書き込み')
  })

  test('moved where its paragraph did', () => {
    const after = [...article.slice(0, 1), ...article.slice(2), article[1] ?? '']
    expect(carried(article, left, after)).toMatchObject({ status: 'moved', passage: passage(after, left) })
    expect(carried(article, oil, after)).toMatchObject({ status: 'same', words: oil })
  })

  test('moved where its sentence went to another paragraph', () => {
    const after = changed(` ${oil}`, '').with(4, `${article[4]} ${oil}`)
    expect(carried(article, oil, after)).toMatchObject({ status: 'moved', words: oil, passage: { block: 4 } })
  })

  test('was edited where its words were changed: its range is that of the new ones', () => {
    const after = changed('cans of twenty litres', 'heavy cans of thirty litres')
    expect(carried(article, oil, after)).toMatchObject({
      status: 'edited',
      words: 'Oil is carried up in heavy cans of thirty litres, four times each night.',
    })
  })

  test('was edited where all its words were replaced in a sentence that stayed', () => {
    const after = changed('a desk in the capital', 'one small room abroad')
    expect(carried(article, 'a desk in the capital', after)).toMatchObject({
      status: 'edited',
      words: 'one small room abroad',
      reason: 'surroundings',
    })
  })

  test.each([
    [
      'its sentence',
      sentence,
      changed(sentence, 'Tourists climb up on Sundays, when the weather is good enough.'),
    ],
    [
      'its paragraph',
      sentence,
      article.with(3, 'Tourists climb up on Sundays, when the weather is good enough.'),
    ],
  ])('is gone where %s was replaced by another', (_, words, after) => {
    expect(carried(article, words, after)).toMatchObject({
      status: 'orphaned',
      passage: null,
      reason: 'gone',
    })
  })

  test('is found where its paragraph was split, inside of one part or over both', () => {
    const [first = '', second = ''] = (article[3] ?? '').split(/(?<=1974\.) /)
    const after = article.toSpliced(3, 1, first, second)
    expect(carried(article, 'The lamp is electric now', after)).toMatchObject({
      status: 'same',
      passage: { block: 4, start: 0 },
    })
    const over = carried(article, 'the spring of 1974. The lamp is electric', after)
    expect(over.words).toBe('the spring of 1974.\nThe lamp is electric')
  })

  test('is found where its paragraph was joined to the one before', () => {
    const after = article.toSpliced(2, 2, `${article[2]} ${article[3]}`)
    expect(carried(article, sentence, after)).toMatchObject({
      status: 'same',
      words: sentence,
      passage: { block: 2 },
    })
  })

  test('is gone where its paragraph was deleted, and its section is the block before', () => {
    const after = article.toSpliced(3, 1)
    expect(carried(article, sentence, after).status).toBe('orphaned')
    const alignment = align(prepare(article), prepare(after))
    expect(sectionOf(alignment, passage(article, sentence))).toBe(2)
    expect(
      sectionOf(align(prepare(article), prepare(article.slice(1))), passage(article, 'The lighthouse')),
    ).toBe(0)
  })

  test('is found with a drop cap split off its first word', () => {
    const after = ['T', (article[0] ?? '').slice(1), ...article.slice(1)]
    expect(carried(article, 'The lighthouse on the northern cape', after).words).toBe(
      'T\nhe lighthouse on the northern cape',
    )
    expect(carried(article, 'the northern cape', after)).toMatchObject({
      status: 'same',
      passage: { block: 1 },
    })
  })

  test('is at one of its two places where the body comes twice', () => {
    const after = [...article, ...article]
    const found = carried(article, oil, after)
    expect(found.words).toBe(oil)
    expect([2, 7]).toContain(found.passage?.block)
  })

  test('is where it was when an edit is taken back', () => {
    const after = changed('cans of twenty litres', 'heavy cans of thirty litres', [
      ...article.slice(2),
      ...article.slice(0, 2),
    ])
    const there = carried(article, oil, after)
    const back = carry(align(prepare(after), prepare(article)), there.passage ?? passage(after, 'Oil'))
    expect(back.passage).toEqual(passage(article, oil))
  })
})

describe('a passage in another language', () => {
  const german = [
    'Der Leuchtturm wurde von einem Mann gebaut, der das Meer nie gesehen hatte.',
    'Die Treppe dreht sich nach links, weil sie es in der Kirche seines Dorfes auch tat; jeder Wärter hat ihn dafür verflucht.',
    'Im Winter brennt die Lampe sechzehn Stunden lang.',
  ]
  const russian = [
    'Маяк на северном мысу построил человек, который никогда не видел моря.',
    'Лестница поворачивает налево, потому что так она поворачивала в церкви его деревни, и каждый смотритель проклинал его за это.',
    'Зимой лампа горит шестнадцать часов.',
  ]
  const arabic = [
    'بنى المنارة رجل لم ير البحر في حياته قط.',
    'يدور الدرج إلى اليسار لأن درج كنيسة قريته كان يدور إلى اليسار، وقد لعنه كل حارس بسبب ذلك.',
    'في الشتاء يضيء المصباح ست عشرة ساعة.',
  ]
  const japanese = [
    '岬の灯台は、海を見たことのない男が建てたものだ。',
    '階段は左に曲がる。村の教会の階段がそうだったからで、灯台守はみな彼を恨んだ。',
    '冬には明かりが十六時間もともる。',
  ]

  test.each([
    ['German', german, 'jeder Wärter hat ihn dafür verflucht', 'Wärter', 'Turmwächter'],
    ['Russian', russian, 'каждый смотритель проклинал его за это', 'смотритель', 'сторож'],
    ['Arabic', arabic, 'وقد لعنه كل حارس بسبب ذلك', 'حارس', 'عامل'],
    ['Japanese', japanese, '灯台守はみな彼を恨んだ', 'みな彼を', 'いつも男を'],
  ])('keeps its place: %s', (_, texts, words, from, to) => {
    const moved = [texts[1] ?? '', texts[0] ?? '', texts[2] ?? '']
    expect(carried(texts, words, moved).words).toBe(words)
    const edited = ['*', ...changed(from, to, texts)]
    expect(carried(texts, words, edited)).toMatchObject({ status: 'edited', words: words.replace(from, to) })
    expect(carried(texts, words, texts.toSpliced(1, 1)).status).toBe('orphaned')
  })
})
