import type { Counted } from '../../../core/text/counted.ts'
import type { PageText } from './en.ts'

export const pages = (counted: Counted): PageText => ({
  language: 'kk',
  direction: 'ltr',
  quoted: (words) => `«${words}»`,
  of: (title) => `«${title}» мақаласын талқылау`,
  readArticle: 'Мақаланы оқу',
  inArticle: 'Мақаладан көрсету',
  wholeDiscussion: 'Мақала туралы барлық талқылау',
  wholeThread: (count) => `Бүкіл талқылау: ${counted(count, { one: '# пікір', other: '# пікір' })}`,
  onArticle: 'Бүкіл мақала туралы',
  wordingNow: (words) => `Қазір былай жазылған: «${words}»`,
  gone: 'Бұл сөздер мақалада енді жоқ.',
  comment: (name) => `Пікір: ${name}`,
  answerTo: (name) => `жауап: ${name}`,
  link: 'Осы пікірге сілтеме',
  edited: 'өзгертілген',
  removed: 'Алып тасталды.',
  empty: 'Мұнда әзірге ешкім пікір жазған жоқ.',
  next: 'Келесі бет',
  unknownPerson: 'Біреу',
  withoutScript: 'Осы мақаланың талқылауын оқу (JavaScript қажет емес)',
  faults: {
    missing: {
      title: 'Мұнда ештеңе жоқ',
      help: 'Мекенжай толық көшірілмеген немесе мұндағы мазмұн жойылған болуы мүмкін.',
    },
    busy: { title: 'Бір мезгілде тым көп бет ашылды', help: 'Бір минут күтіп, бетті қайта жүктеңіз.' },
    away: { title: 'Бұл бет қазір қолжетімсіз', help: 'Ештеңе жоғалған жоқ. Сәлден соң қайта жүктеңіз.' },
    broken: {
      title: 'Бірдеңе дұрыс болмады',
      help: 'Қате осы серверді жүргізетіндер үшін жазып қойылды. Бетті қайта жүктеңіз; қайталанса, оларға хабарлаңыз.',
    },
  },
})
