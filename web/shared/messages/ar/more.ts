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

  wasThere: 'سابقًا: ',
  isThere: 'الآن: ',

  pickWords: (quote) =>
    `يُرجى تحديد الكلمات التي يخصّها النقاش حول «${quote}» في المقال، أو الضغط على علامة إحدى الفقرات.`,
})
