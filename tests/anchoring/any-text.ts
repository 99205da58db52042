import fc from 'fast-check'

/** Words and signs of many scripts, with what makes each of them hard: marks, pairs, no spaces, right to left. */
const words = fc.constantFrom(
  ...['the', 'sea', 'Fog', 'a', 'I', 'Straße', 'был', 'Ёж', 'été', 'e\u0301te\u0301', 'Việt', 'İstanbul'],
  ...[
    '海',
    '東京では',
    '한국어',
    '\u1112\u1161\u11ab',
    'ภาษาไทย',
    'हिन्दी',
    'سلام',
    'شُكْرًا',
    'שָׁלוֹם',
    'ﬁn',
    '𝔘𝔫𝔦',
    '𠮷野家',
  ],
  ...[
    '“',
    '”',
    '—',
    '-',
    '…',
    '.',
    '!',
    '?',
    ',',
    '* * *',
    '😀',
    '👩‍👩‍👧‍👦',
    '🇩🇪',
    'cap\u00adtain',
    '\u200b',
    '\ufeff',
    '\u00a0',
  ],
)

/** Any UTF-16 unit: halves of characters too. */
const unit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

/** A text of words, of characters as people see them, or of code points: well-formed. */
export const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')) },
  { weight: 1, arbitrary: fc.array(words, { maxLength: 30 }).map((all) => all.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)

/** A text as nobody would write it. */
export const hostile = fc.oneof(
  text,
  fc.string({ unit, maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\n\n',
    '\ud800',
    '\udc00',
    '\u0301',
    '\u00ad',
    '__proto__',
    'constructor',
    '.',
  ),
)

export const blocks = fc.array(text, { minLength: 1, maxLength: 6 })
export const hostileBlocks = fc.array(hostile, { maxLength: 6 })
