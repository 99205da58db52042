import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'kk',

  copyLink: 'Сілтемені көшіру',
  linkCopied: 'Сілтеме көшірілді.',
  copyByHand: 'Осы мекенжайды көшіріңіз:',

  report: 'Шағымдану',
  reportWhy: 'Бұл пікірдің несі дұрыс емес?',
  reportText: 'Модераторлар тағы нені білгені жөн? (міндетті емес)',
  reportSend: 'Шағымды жіберу',
  reported: 'Рақмет. Модератор бұл пікірді қарайды.',
  categories: {
    abuse: 'Балағат немесе өшпенділік',
    spam: 'Спам немесе жарнама',
    off_topic: 'Үзіндіге қатысы жоқ',
    illegal: 'Заңға қайшы',
    other: 'Басқа себеп',
  },

  earlier: (count) => counted(count, { one: 'бұрынғы # нұсқа', other: 'бұрынғы # нұсқа' }),

  nextUnread: (count) => `Келесі оқылмаған (${counted(count)})`,
  previousUnread: 'Алдыңғы оқылмаған',
  markAllRead: 'Бәрін оқылды деп белгілеу',
  allRead: 'Бәрі оқылды.',
  unread: (count) => counted(count, { one: '# оқылмаған', other: '# оқылмаған' }),
  quote: 'Дәйексөз келтіру',
  hide: (name) => `Пікірлерін жасыру: ${name}`,
  hidden: (name) => `Бұл адамның пікірлері осы құрылғыда жасырылды: ${name}`,
  unhide: (name) => `Пікірлерін қайта көрсету: ${name}`,
  undoHiding: 'Болдырмау',

  wasThere: 'бұрын: ',
  isThere: 'қазір: ',

  pickWords: (quote) =>
    `«${quote}» туралы талқылау қай сөздерге қатысты екенін мақаладан белгілеңіз немесе абзац белгісін басыңыз.`,

  otherDraft: 'Басқа қойындыда мұнда басқа мәтін жаздыңыз:',
  useThat: 'Соны алу',
  keepMine: 'Осыны қалдыру',
  formatting: 'Пішімдеу',
  format: {
    bold: 'Қалың',
    italic: 'Көлбеу',
    quote: 'Дәйексөз',
    link: 'Сілтеме қою',
    list: 'Тізім',
    code: 'Бағдарлама коды',
  },
  reactionsHere: 'Осы үзіндіге реакциялар',
  reactions: {
    agree: 'Келісемін',
    helpful: 'Пайдалы',
    question: 'Сұрақ',
    source: 'Дереккөз керек',
  },
  notReacted: 'Сақталмады: сервер жауап бермейді. Қайталап көріңіз.',
  signedOut: 'Сіз жүйеден шығып кеткенсіз. Кіру үшін тағы бір рет басыңыз.',
  typo: 'Қате…',
  typoReported: 'Қате жіберілді',
  typoText: 'Қалай болуы керек? (міндетті емес)',
  typoWho: 'Мұны тек баспагер көреді. Осы жерде реакцияңыз болса, хабарлама соның орнына тұрады.',
  typoSend: 'Жіберу',
  typoSent: 'Рақмет. Мұны тек баспагер көреді.',
  typoReplaced: 'Осы жердегі реакция бұл хабарламаның орнына тұрады.',
  takeBack: 'Қайтып алу',
  mark: 'Белгілеу',
  markThread: 'Осы талқылауды белгілеу',
  marks: {
    answered: 'Жауап берілді',
    corrected: 'Түзетілді',
  },
  unmark: 'Белгіні алып тастау',
  chosenWords: 'Таңдалған сөздер',
  chooseKeys:
    'Солға және оңға — сөз бойынша, жоғары және төмен — сөйлем бойынша; Shift басулы тұрса, таңдау кеңейеді. Enter сөздерді қабылдайды, Escape кері қайтарады.',
  previousWord: 'Алдыңғы сөз',
  nextWord: 'Келесі сөз',
  previousSentence: 'Алдыңғы сөйлем',
  nextSentence: 'Келесі сөйлем',
  extend: 'Кеңейту',
  commentOnThese: 'Осы сөздерге пікір жазу',

  sortBy: 'Сұрыптау',
  orders: {
    passage: 'мәтіндегі реті бойынша',
    newest: 'соңғы пікір бойынша',
    discussed: 'пікір саны бойынша',
  },
  commentCount: (count) => counted(count, { one: '# пікір', other: '# пікір' }),
  wholeArticle: 'Бүкіл мақала',
  showInArticle: 'Мақаладан көрсету',
})
