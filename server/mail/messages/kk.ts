import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => {
  const comments = (count: number) => counted(count, { one: '# жаңа пікір', other: '# жаңа пікір' })
  return {
    language: 'kk',
    direction: 'ltr',
    subject: {
      article: (count, title) => `«${title}» мақаласына ${comments(count)}`,
      thread: (count, title) => `«${title}» мақаласының талқысында ${comments(count)}`,
      replies: (count, site) =>
        `${site} сайтында сізге ${counted(count, { one: '# жаңа жауап', other: '# жаңа жауап' })}`,
    },
    onArticle: 'Бүкіл мақала туралы',
    answersYou: 'сізге жауап береді',
    open: 'Оқу және жауап беру',
    more: (count) =>
      counted(count, {
        one: 'Тағы # пікір мұнда көрсетілмеген.',
        other: 'Тағы # пікір мұнда көрсетілмеген.',
      }),
    discussion: 'Бүкіл талқылау',
    why: {
      article: (title) => `Бұл хатты «${title}» мақаласын бақылайтындықтан алдыңыз.`,
      thread: (title) => `Бұл хатты «${title}» мақаласындағы талқыны бақылайтындықтан алдыңыз.`,
      replies: (site) => `Бұл хатты ${site} сайтында сізге берілген жауаптарды сұрағандықтан алдыңыз.`,
    },
    unsubscribe: 'Мұндай хаттарды тоқтату',
    page: {
      title: 'Хаттарды тоқтату керек пе?',
      about: {
        article: (title) => `«${title}» мақаласына жазылған жаңа пікірлер туралы хаттар`,
        thread: (title) => `«${title}» мақаласының талқысындағы жаңа пікірлер туралы хаттар`,
        replies: (site) => `${site} сайтында сізге берілген жауаптар туралы хаттар`,
      },
      button: 'Мұндай хат жібермеу',
      done: 'Мұндай хаттар енді келмейді.',
      kept: 'Жаңалықтар бұрынғыша мақала жанындағы кіріс жәшігіңізге келеді.',
      unknown: 'Бұл сілтеме жұмыс істемейді',
      unknownHelp: 'Оны хаттан қайта ашыңыз немесе толық көшіріп алыңыз.',
    },
  }
}
