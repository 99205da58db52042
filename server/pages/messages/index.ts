import { counting } from '../../../core/text/counted.ts'
import { primaryLanguage } from '../../../core/text/language.ts'
import { pages as ar } from './ar.ts'
import { pages as de } from './de.ts'
import { pages as en, type PageText } from './en.ts'
import { pages as es } from './es.ts'
import { pages as fr } from './fr.ts'
import { pages as ja } from './ja.ts'
import { pages as kk } from './kk.ts'
import { pages as ru } from './ru.ts'

export type { PageText } from './en.ts'

const inEnglish = en(counting('en'))
const others = Object.entries({ ar, de, es, fr, ja, kk, ru })
const texts = new Map([
  ['en', inEnglish],
  ...others.map(([language, pages]): [string, PageText] => [language, pages(counting(language))]),
])

/** What the pages say in a language, or null where we do not have it. */
export const textIn = (tag: string | null): PageText | null => texts.get(primaryLanguage(tag)) ?? null

/**
 * What the pages say to a reader: in the first of their languages that we have, else in English.
 * @param accepted the header `Accept-Language` (RFC 9110); anything can stand there
 */
export function textFor(accepted = ''): PageText {
  const wanted = accepted.split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';')
    const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/i.exec(one)?.[1]).find(Boolean)
    return { text: textIn(tag), weight: Number(weight ?? 1) }
  })
  const best = wanted.filter(({ text, weight }) => text && weight > 0).sort((a, b) => b.weight - a.weight)
  return best[0]?.text ?? inEnglish
}
