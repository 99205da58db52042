import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'ar',

  copyLink: 'نسخ الرابط',
  linkCopied: 'نُسخ الرابط.',
  copyByHand: 'انسخ هذا العنوان:',

  report: 'إبلاغ',
  reportWhy: 'ما المشكلة في هذا التعليق؟',
  reportText: 'هل من شيء ينبغي أن يعرفه المشرفون؟ (اختياري)',
  reportSend: 'إرسال البلاغ',
  reported: 'شكرًا. سينظر أحد المشرفين في الأمر.',
  categories: {
    abuse: 'إساءة أو كراهية',
    spam: 'رسائل مزعجة أو إعلانات',
    off_topic: 'لا صلة له بالمقطع',
    illegal: 'مخالف للقانون',
    other: 'سبب آخر',
  },

  earlier: (count) =>
    counted(count, {
      zero: 'لا نسخ سابقة',
      one: 'نسخة سابقة واحدة',
      two: 'نسختان سابقتان',
      few: '# نسخ سابقة',
      many: '# نسخة سابقة',
      other: '# نسخة سابقة',
    }),

  nextUnread: (count) => `التعليق غير المقروء التالي (${counted(count)})`,
  previousUnread: 'التعليق غير المقروء السابق',
  markAllRead: 'وضع علامة مقروء على الكل',
  allRead: 'قُرئت كل التعليقات.',
  unread: (count) =>
    counted(count, {
      zero: 'لا تعليقات غير مقروءة',
      one: 'تعليق غير مقروء',
      two: 'تعليقان غير مقروءين',
      few: '# تعليقات غير مقروءة',
      many: '# تعليقًا غير مقروء',
      other: '# تعليق غير مقروء',
    }),
  quote: 'اقتباس',
  hide: (name) => `إخفاء تعليقات ${name}`,
  hidden: (name) => `تعليقات ${name} مخفية على هذا الجهاز.`,
  unhide: (name) => `إظهار تعليقات ${name} من جديد`,
  undoHiding: 'تراجع',

  wasThere: 'سابقًا: ',
  isThere: 'الآن: ',

  pickWords: (quote) =>
    `يُرجى تحديد الكلمات التي يخصّها النقاش حول «${quote}» في المقال، أو الضغط على علامة إحدى الفقرات.`,

  otherDraft: 'في علامة تبويب أخرى كُتب هنا نص آخر:',
  useThat: 'استخدام ذلك النص',
  keepMine: 'الإبقاء على هذا النص',
  formatting: 'التنسيق',
  format: {
    bold: 'عريض',
    italic: 'مائل',
    quote: 'اقتباس',
    link: 'إدراج رابط',
    list: 'قائمة',
    code: 'شيفرة برمجية',
  },
  reactionsHere: 'التفاعلات مع هذا المقطع',
  reactions: {
    agree: 'أوافق',
    helpful: 'مفيد',
    question: 'سؤال',
    source: 'يحتاج إلى مصدر',
  },
  notReacted: 'لم يُحفظ: الخادم لا يستجيب. يُرجى المحاولة مرة أخرى.',
  signedOut: 'انتهت جلسة الدخول. يُرجى الضغط مرة أخرى لتسجيل الدخول.',
  typo: 'خطأ كتابي…',
  typoReported: 'أُبلغ عن خطأ',
  typoText: 'ما الصواب؟ (اختياري)',
  typoWho: 'لا يرى هذا إلا الناشر. ويحلّ محلّ تفاعلك هنا إن وُجد.',
  typoSend: 'إرسال',
  typoSent: 'شكرًا. لا يرى هذا إلا الناشر.',
  typoReplaced: 'أي تفاعل هنا سيحلّ محلّه.',
  takeBack: 'سحب البلاغ',
  mark: 'وسم',
  markThread: 'وسم هذا النقاش',
  marks: {
    answered: 'تمت الإجابة',
    corrected: 'تم التصحيح',
  },
  unmark: 'إزالة الوسم',
  chosenWords: 'الكلمات المختارة',
  chooseKeys:
    'السهمان الأيمن والأيسر للتنقل بين الكلمات، والأعلى والأسفل للتنقل بين الجمل، ومع Shift يتسع الاختيار. يعتمد Enter الاختيار، ويعود Escape إلى الخلف.',
  previousWord: 'الكلمة السابقة',
  nextWord: 'الكلمة التالية',
  previousSentence: 'الجملة السابقة',
  nextSentence: 'الجملة التالية',
  extend: 'توسيع',
  commentOnThese: 'التعليق على هذه الكلمات',

  sortBy: 'الترتيب حسب',
  orders: { passage: 'الموضع في النص', newest: 'أحدث تعليق', discussed: 'عدد التعليقات' },
  commentCount: (count) =>
    counted(count, {
      zero: 'لا تعليقات',
      one: 'تعليق واحد',
      two: 'تعليقان',
      few: '# تعليقات',
      many: '# تعليقًا',
      other: '# تعليق',
    }),
  wholeArticle: 'المقال كله',
  showInArticle: 'الإظهار في المقال',
})
