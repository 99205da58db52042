import { primaryLanguage } from '../../../core/text/language.ts'
import { signin, type SigninText } from './en/signin.ts'

/** All languages but English, which is built in. */
const chunks = {
  ar: () => import('./ar/signin.ts'),
  de: () => import('./de/signin.ts'),
  es: () => import('./es/signin.ts'),
  fr: () => import('./fr/signin.ts'),
  ja: () => import('./ja/signin.ts'),
  kk: () => import('./kk/signin.ts'),
  ru: () => import('./ru/signin.ts'),
} satisfies Record<string, () => Promise<{ signin: SigninText }>>

type Other = keyof typeof chunks
const isOther = (language: string): language is Other => Object.hasOwn(chunks, language)

/** What the sign-in window says, in the language that was asked for before it was mounted. */
export let signinText = signin

/**
 * The window's language: the one that the page which opened it speaks, else the first of the reader's that we have.
 * @param asked as the window's address says; anything can stand there
 * @param preferred BCP 47 tags, as browsers tell them
 */
export function signinLanguage(asked: string | null, preferred: readonly string[]): 'en' | Other {
  const wanted = [asked ?? '', ...preferred.map(primaryLanguage)]
  const language = wanted.find((one) => one === 'en' || isOther(one))
  return language !== undefined && isOther(language) ? language : 'en'
}

/** Makes the window speak a language, or English where the network lets us down. */
export async function speak(language: 'en' | Other): Promise<void> {
  if (language === 'en') return
  const chunk = await chunks[language]().catch(() => null)
  if (chunk) signinText = chunk.signin
}
