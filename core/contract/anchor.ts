import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const Offset = Type.Integer({ minimum: 0, maximum: 10_000_000 })
const Fingerprint = Type.String({ maxLength: 16, pattern: '^[0-9a-z]*$' })
const Context = Type.String({ maxLength: 64 })

/**
 * Where a thread belongs in an article: selectors that say the same thing in different ways, so that one still
 * holds when the article changes. `quote` and `position` are the TextQuoteSelector and TextPositionSelector of the
 * W3C Web Annotation Data Model; `block` is the paragraph (or heading, list item…) in which the passage begins.
 * A passage over several blocks has a "\n" in its quote where one ends.
 */
export const Anchor = Type.Object(
  {
    quote: Type.Object(
      { exact: Type.String({ minLength: 1, maxLength: 2000 }), prefix: Context, suffix: Context },
      { ...closed, description: 'TextQuoteSelector: the words, and those just before and after them' },
    ),
    position: Type.Object(
      { start: Offset, end: Offset },
      {
        ...closed,
        description: 'TextPositionSelector: UTF-16 units in the texts of the blocks joined by "\\n"',
      },
    ),
    block: Type.Object(
      {
        fingerprint: Fingerprint,
        index: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
        before: Fingerprint,
        after: Fingerprint,
        whole: Type.Boolean({ description: 'about the paragraph itself, not about words in it' }),
      },
      { ...closed, description: 'fingerprints of the block and its neighbours; empty where there is none' },
    ),
  },
  closed,
)
export type Anchor = Static<typeof Anchor>
