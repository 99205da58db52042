import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => {
  const comments = (count: number) =>
    counted(count, {
      zero: 'لا تعليقات جديدة',
      one: 'تعليق جديد واحد',
      two: 'تعليقان جديدان',
      few: '# تعليقات جديدة',
      many: '# تعليقًا جديدًا',
      other: '# تعليق جديد',
    })
  return {
    language: 'ar',
    direction: 'rtl',
    subject: {
      article: (count, title) => `${comments(count)} على «${title}»`,
      thread: (count, title) => `${comments(count)} في نقاش حول مقطع من «${title}»`,
      replies: (count, site) =>
        `${counted(count, {
          zero: 'لا ردود جديدة',
          one: 'ردّ جديد واحد',
          two: 'ردّان جديدان',
          few: '# ردود جديدة',
          many: '# ردًّا جديدًا',
          other: '# ردّ جديد',
        })} عليك في ${site}`,
    },
    onArticle: 'حول المقال كله',
    answersYou: 'يردّ عليك',
    open: 'القراءة والردّ',
    more: (count) =>
      counted(count, {
        zero: 'لا تعليقات أخرى.',
        one: 'تعليق آخر واحد غير معروض هنا.',
        two: 'تعليقان آخران غير معروضين هنا.',
        few: '# تعليقات أخرى غير معروضة هنا.',
        many: '# تعليقًا آخر غير معروض هنا.',
        other: '# تعليق آخر غير معروض هنا.',
      }),
    discussion: 'النقاش كله',
    why: {
      article: (title) => `تصلك هذه الرسالة لأنك تتابع المقال «${title}».`,
      thread: (title) => `تصلك هذه الرسالة لأنك تتابع نقاشًا حول مقطع من «${title}».`,
      replies: (site) => `تصلك هذه الرسالة لأنك طلبت تلقّي الردود على تعليقاتك في ${site}.`,
    },
    unsubscribe: 'إيقاف هذه الرسائل',
    page: {
      title: 'هل تريد إيقاف الرسائل؟',
      about: {
        article: (title) => `رسائل عن التعليقات الجديدة على «${title}»`,
        thread: (title) => `رسائل عن التعليقات الجديدة في نقاش حول مقطع من «${title}»`,
        replies: (site) => `رسائل عن الردود على تعليقاتك في ${site}`,
      },
      button: 'إيقاف هذه الرسائل',
      done: 'لن تصلك هذه الرسائل بعد الآن.',
      kept: 'يظلّ كل جديد يصل إلى صندوق الوارد بجانب المقال.',
      unknown: 'هذا الرابط لا يعمل',
      unknownHelp: 'يُرجى فتحه من الرسالة مرة أخرى، أو نسخه كاملًا.',
    },
  }
}
