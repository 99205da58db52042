import { counting, type Counted } from './counted.ts'
import { primaryLanguage } from './language.ts'

/** Texts in several languages, each made with how that language counts. */
export class Catalogue<Texts> {
  readonly english: Texts
  readonly #texts: ReadonlyMap<string, Texts>

  /** @param languages by their tags */
  constructor(languages: { en: (counted: Counted) => Texts } & Record<string, (counted: Counted) => Texts>) {
    this.english = languages.en(counting('en'))
    this.#texts = new Map(
      Object.entries(languages).map(([language, make]) => [
        language,
        language === 'en' ? this.english : make(counting(language)),
      ]),
    )
  }

  /**
   * Those in a language, or null where it is not there.
   * @param tag BCP 47; its region is passed over
   */
  in(tag: string | null): Texts | null {
    return this.#texts.get(primaryLanguage(tag)) ?? null
  }

  /**
   * Those for a reader: in the first of their languages that is there, else in English.
   * @param accepted the header `Accept-Language` (RFC 9110, section 12.5.4); anything can stand there
   */
  for(accepted = ''): Texts {
    const wanted = accepted.split(',').map((part) => {
      const [tag = '', ...parameters] = part.split(';')
      const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/i.exec(one)?.[1]).find(Boolean)
      return { text: this.in(tag), weight: Number(weight ?? 1) }
    })
    const best = wanted.filter(({ text, weight }) => text && weight > 0).sort((a, b) => b.weight - a.weight)
    return best[0]?.text ?? this.english
  }
}
