import type { Counted } from '../../../core/text/counted.ts'
import type { PageText } from './en.ts'

export const pages = (counted: Counted): PageText => ({
  language: 'ar',
  direction: 'rtl',
  quoted: (words) => `«${words}»`,
  of: (title) => `نقاش حول «${title}»`,
  readArticle: 'قراءة المقال',
  inArticle: 'عرض التعليق في المقال',
  wholeDiscussion: 'كل النقاشات حول المقال',
  wholeThread: (count) =>
    `النقاش كله: ${counted(count, {
      zero: 'لا تعليقات',
      one: 'تعليق واحد',
      two: 'تعليقان',
      few: '# تعليقات',
      many: '# تعليقًا',
      other: '# تعليق',
    })}`,
  onArticle: 'حول المقال كله',
  wordingNow: (words) => `النص الآن: «${words}»`,
  gone: 'هذه الكلمات لم تعد في المقال.',
  comment: (name) => `تعليق من ${name}`,
  answerTo: (name) => `ردًّا على ${name}`,
  link: 'رابط هذا التعليق',
  edited: 'معدَّل',
  removed: 'أُزيل.',
  empty: 'لم يعلّق أحد هنا بعد.',
  next: 'الصفحة التالية',
  unknownPerson: 'شخص ما',
  withoutScript: 'قراءة النقاش حول هذا المقال (بلا JavaScript)',
})
