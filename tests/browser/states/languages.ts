import { counting } from '../../../core/text/counted.ts'
import { embed as arabicEmbed } from '../../../web/shared/messages/ar/embed.ts'
import { more as arabicMore } from '../../../web/shared/messages/ar/more.ts'
import { signin as arabicSignin } from '../../../web/shared/messages/ar/signin.ts'
import { embed as englishEmbed, type EmbedText } from '../../../web/shared/messages/en/embed.ts'
import { more as englishMore, type MoreText } from '../../../web/shared/messages/en/more.ts'
import { signin as englishSignin, type SigninText } from '../../../web/shared/messages/en/signin.ts'
import { embed as japaneseEmbed } from '../../../web/shared/messages/ja/embed.ts'
import { more as japaneseMore } from '../../../web/shared/messages/ja/more.ts'
import { signin as japaneseSignin } from '../../../web/shared/messages/ja/signin.ts'

/** What an article says and what is said about it, in a language, with the texts that the embed has in it. */
export interface Language {
  dir: 'ltr' | 'rtl'
  embed: EmbedText
  more: MoreText
  signin: SigninText
  /** Of those who write, and of who looks. */
  names: { ada: string; bela: string; me: string }
  title: string
  heading: string
  /** A heading stands after the second. */
  paragraphs: readonly [string, string, string, string, string]
  /** Words of the second paragraph, and what they are after an edit. */
  words: string
  edited: string
  said: {
    opening: string
    question: string
    /** Names somebody. */
    answer: string
    aside: string
    deep: readonly [string, string, string]
    /** Before and after its author edited it. */
    before: string
    after: string
  }
}

const english: Language = {
  dir: 'ltr',
  embed: englishEmbed(counting('en')),
  more: englishMore(counting('en')),
  signin: englishSignin,
  names: { ada: 'Ada', bela: 'Bela', me: 'Chris' },
  title: 'A library that answers back',
  heading: 'What people write',
  paragraphs: [
    'The town library of Halden reopened in March with a small change that nobody had asked for: every table now has a pencil. Readers may write in the margins of forty chosen books, and the next reader may answer them.',
    'In the first three months the forty books gathered more than two thousand notes. Most of them are short. The longest, beside a poem about the sea, goes on for six pages and has eleven answers in different hands.',
    'The librarians had expected jokes and drawings. What they found were mostly questions: what a word meant a hundred years ago, whether a river in the story exists, who the dedication was for. Somebody nearly always knew.',
    'Not everybody is glad. A regular visitor complained that he can no longer read in peace, because he now reads every book twice: once for what it says, and once for what the others say about it.',
    'The town will decide in autumn whether the pencils stay. Until then the forty books have a shelf of their own by the window, and it is seldom full.',
  ],
  words: 'more than two thousand notes',
  edited: 'more than three thousand notes',
  said: {
    opening: 'I am one of the eleven. The poem is worth **every** page of it.',
    question: 'Which poem is it? The catalogue does not say.',
    answer: 'The third one in the blue edition, @Bela. Bring an hour.',
    aside: 'Two thousand notes in forty books: that is fifty a book.',
    deep: ['And the fourth one?', 'There is no fourth one.', 'There was, in the first edition.'],
    before: 'I would give up the pencil for a quieter room.',
    after: 'I would give up my own pencil for a room as quiet as before.',
  },
}

const arabic: Language = {
  dir: 'rtl',
  embed: arabicEmbed(counting('ar')),
  more: arabicMore(counting('ar')),
  signin: arabicSignin,
  names: { ada: 'سلمى', bela: 'كريم', me: 'ليلى' },
  title: 'مكتبة تردّ على قرّائها',
  heading: 'ماذا يكتب الناس',
  paragraphs: [
    'أعادت مكتبة البلدة فتح أبوابها في مارس بتغيير صغير لم يطلبه أحد: على كل طاولة الآن قلم رصاص. يحق للقراء أن يكتبوا في هوامش أربعين كتابا مختارا، وللقارئ التالي أن يجيبهم.',
    'في الأشهر الثلاثة الأولى جمعت الكتب الأربعون أكثر من ألفي ملاحظة، معظمها قصير. أما أطولها، إلى جانب قصيدة عن البحر، فتمتد على ست صفحات ويتبعها أحد عشر جوابا بخطوط مختلفة.',
    'كان أمناء المكتبة يتوقعون النكات والرسوم، لكنهم وجدوا أسئلة في أغلب الأحيان: ما معنى هذه الكلمة قبل مئة عام، وهل النهر المذكور في القصة موجود، ولمن كُتب الإهداء. وكان هناك دائما تقريبا من يعرف الجواب.',
    'ولم يُسرّ الجميع بذلك. اشتكى أحد الزوار الدائمين من أنه لم يعد يقرأ بهدوء، لأنه صار يقرأ كل كتاب مرتين: مرة لما يقوله الكتاب، ومرة لما يقوله الآخرون عنه.',
    'ستقرر البلدة في الخريف هل تبقى الأقلام. وحتى ذلك الحين للكتب الأربعين رف خاص بها قرب النافذة، ونادرا ما يكون ممتلئا.',
  ],
  words: 'أكثر من ألفي ملاحظة',
  edited: 'نحو ثلاثة آلاف ملاحظة',
  said: {
    opening: 'أنا واحدة من الأحد عشر. القصيدة تستحق **كل** صفحة منها.',
    question: 'أي قصيدة هي؟ الفهرس لا يذكرها.',
    answer: 'الثالثة في الطبعة الزرقاء يا @كريم، وخصص لها ساعة.',
    aside: 'ألفا ملاحظة في أربعين كتابا: هذا يعني خمسين ملاحظة في كل كتاب.',
    deep: ['والقصيدة الرابعة؟', 'لا توجد قصيدة رابعة.', 'بل كانت موجودة في الطبعة الأولى.'],
    before: 'أتخلى عن القلم مقابل قاعة أهدأ.',
    after: 'أتخلى عن قلمي أنا مقابل قاعة هادئة كما كانت.',
  },
}

const japanese: Language = {
  dir: 'ltr',
  embed: japaneseEmbed(counting('ja')),
  more: japaneseMore(counting('ja')),
  signin: japaneseSignin,
  names: { ada: '葵', bela: '健太', me: '美咲' },
  title: '読者に答える図書館',
  heading: '人々は何を書くのか',
  paragraphs: [
    '町の図書館は三月、誰も頼んでいない小さな変更とともに再開した。どの机にも鉛筆が一本置かれたのだ。選ばれた四十冊の本には、読者が余白に書き込んでよく、次の読者がそれに答えてもよい。',
    '最初の三か月で、四十冊には二千を超える書き込みが集まった。ほとんどは短い。いちばん長いものは海の詩の横にあり、六ページにわたって続き、筆跡の違う返事が十一も付いている。',
    '司書たちは冗談や落書きを予想していた。ところが見つかったのは、たいてい質問だった。百年前にこの言葉は何を意味したのか、物語の川は実在するのか、献辞は誰に宛てたものか。答えを知る人が、ほとんどいつもいた。',
    '喜ばない人もいる。ある常連は、もう落ち着いて読めないとこぼした。どの本も二度読むことになったからだ。一度は本に書いてあることを、もう一度は他の人がそれについて書いたことを。',
    '鉛筆を残すかどうか、町は秋に決める。それまでこの四十冊は窓辺の専用の棚に置かれるが、棚がいっぱいになることはめったにない。',
  ],
  words: '二千を超える書き込み',
  edited: '三千を超える書き込み',
  said: {
    opening: '私もその十一人の一人です。あの詩は**どの**ページも読む価値があります。',
    question: 'どの詩ですか。目録には載っていません。',
    answer: '青い版の三番目です、 @健太 さん。一時間は見ておいてください。',
    aside: '四十冊で二千の書き込みなら、一冊に五十です。',
    deep: ['四番目の詩は？', '四番目はありません。', '初版にはありました。'],
    before: 'もっと静かな部屋のためなら、鉛筆はいりません。',
    after: '前と同じくらい静かな部屋のためなら、私の鉛筆はいりません。',
  },
}

/** By their tag. */
export const languages = { en: english, ar: arabic, ja: japanese }

/** The article as its publisher first wrote it. */
export const htmlOf = ({ title, heading, paragraphs: [one, two, ...rest] }: Language): string =>
  `<h1>${title}</h1><p>${one}</p><p>${two}</p><h2>${heading}</h2>${rest.map((text) => `<p>${text}</p>`).join('')}`
