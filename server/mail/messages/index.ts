import { Catalogue } from '../../../core/text/catalogue.ts'
import { mail as ar } from './ar.ts'
import { mail as de } from './de.ts'
import { mail as en, type MailText } from './en.ts'
import { mail as es } from './es.ts'
import { mail as fr } from './fr.ts'
import { mail as ja } from './ja.ts'
import { mail as kk } from './kk.ts'
import { mail as ru } from './ru.ts'

const texts = new Catalogue<MailText>({ ar, de, en, es, fr, ja, kk, ru })

/**
 * What mail says in a language, or in English where we do not have it.
 * @param tag BCP 47
 * @example mailText('de-AT').language // 'de'
 */
export const mailText = (tag: string): MailText => texts.in(tag) ?? texts.english

/**
 * The same, by the header `Accept-Language`.
 * @example mailTextFor('zh, de;q=0.8').language // 'de'
 */
export const mailTextFor = (accepted?: string): MailText => texts.for(accepted)

export type { MailText }
