import { counting, type Counted } from '../../../core/text/counted.ts'
import { mail as ar } from './ar.ts'
import { mail as de } from './de.ts'
import { mail as en, type MailText } from './en.ts'
import { mail as es } from './es.ts'
import { mail as fr } from './fr.ts'
import { mail as ja } from './ja.ts'
import { mail as kk } from './kk.ts'
import { mail as ru } from './ru.ts'

const catalogues = { ar, de, en, es, fr, ja, kk, ru } satisfies Record<string, (counted: Counted) => MailText>
const texts = new Map(
  Object.entries(catalogues).map(([language, mail]) => [language, mail(counting(language))]),
)
const english = en(counting('en'))

/**
 * What mail says in a language, or in English where we do not have it.
 * @param tag BCP 47
 * @example mailText('de-AT').language // 'de'
 */
export function mailText(tag: string): MailText {
  return texts.get(tag.toLowerCase().split('-')[0] ?? '') ?? english
}

/**
 * The same, by what a browser asks for (RFC 9110 §12.5.4), in the order that it names them.
 * @example mailTextFor('zh, de;q=0.8').language // 'de'
 */
export function mailTextFor(accepted = ''): MailText {
  const named = accepted
    .split(',')
    .map((range) => range.split(';')[0]?.trim().split('-')[0]?.toLowerCase() ?? '')
  return texts.get(named.find((language) => texts.has(language)) ?? '') ?? english
}

export type { MailText }
