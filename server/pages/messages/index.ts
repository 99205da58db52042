import { Catalogue } from '../../../core/text/catalogue.ts'
import { pages as ar } from './ar.ts'
import { pages as de } from './de.ts'
import { pages as en, type PageText } from './en.ts'
import { pages as es } from './es.ts'
import { pages as fr } from './fr.ts'
import { pages as ja } from './ja.ts'
import { pages as kk } from './kk.ts'
import { pages as ru } from './ru.ts'

export type { PageText } from './en.ts'

const texts = new Catalogue<PageText>({ ar, de, en, es, fr, ja, kk, ru })

/** What the pages say in a language, or null where we do not have it. */
export const textIn = (tag: string | null): PageText | null => texts.in(tag)

/** What the pages say to a reader, by the header `Accept-Language`. */
export const textFor = (accepted?: string): PageText => texts.for(accepted)
