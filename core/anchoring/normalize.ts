/** A text made comparable, with the way back to the real one. */
export interface Normalised {
  text: string
  /** For each UTF-16 unit of `text`, where it came from in the original; one more for the end. */
  origin: Uint32Array
}

const folded: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '‹': "'",
  '›': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'st',
  ﬆ: 'st',
  '…': '...',
}

// Nothing to see: soft hyphen, zero-width characters, direction marks, byte-order mark.
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/
const space = /\s/
// What composes with the letter before it: marks, and the vowels and finals of Hangul.
const mark = /[\p{M}\u1160-\u11ff]/u

/**
 * Makes a text comparable: what typesetting, copying and re-encoding change without changing the words is made the
 * same. For matching only; `origin` leads back to the real text. Letters are compared composed (Unicode NFC, UAX #15).
 * @example normalise('a\u00a0 “b”').text // 'a "b"'
 */
export function normalise(original: string): Normalised {
  let text = ''
  const origin = new Uint32Array(original.length * 3 + 1)
  const put = (piece: string, from: number) => {
    for (let unit = 0; unit < piece.length; unit += 1) origin[text.length + unit] = from
    text += piece
  }
  for (let from = 0; from < original.length;) {
    let to = from + ((original.codePointAt(from) ?? 0) > 0xffff ? 2 : 1)
    const character = original.slice(from, to)
    const code = character.charCodeAt(0)
    if (code > 0x20 && code < 0x7f && !(original.charCodeAt(to) > 0x2ff)) put(character, from)
    else if (space.test(character)) {
      if (text !== '' && !text.endsWith(' ')) put(' ', from)
    } else if (!invisible.test(character)) {
      // A letter and its marks are one: composed together they compare equal, however they were written.
      while (to < original.length && mark.test(original.slice(to, to + 1))) to += 1
      put(folded[character] ?? original.slice(from, to).normalize('NFC'), from)
    }
    from = to
  }
  if (text.endsWith(' ')) text = text.slice(0, -1)
  origin[text.length] = original.length
  return { text, origin: origin.subarray(0, text.length + 1) }
}
