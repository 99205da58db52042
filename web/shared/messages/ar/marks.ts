import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = {
  zero: 'لا تعليقات',
  one: '# تعليق',
  two: '# تعليقان',
  few: '# تعليقات',
  many: '# تعليقًا',
  other: '# تعليق',
}
const reactions = {
  zero: 'لا تفاعلات',
  one: '# تفاعل',
  two: '# تفاعلان',
  few: '# تفاعلات',
  many: '# تفاعلًا',
  other: '# تفاعل',
}

export const marks = (counted: Counted): MarksText => ({
  language: 'ar',
  marks: 'التعليقات على مقاطع هذا المقال',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0 ? `التعليق على «${passage}»` : `${counted(count, comments)} على «${passage}»`,
  wholeArticle: (count) => (count === 0 ? 'مناقشة المقال كله' : `المقال كله: ${counted(count, comments)}`),
  reactions: (count) => counted(count, reactions),
  reactionsOn: (count, passage) => `${counted(count, reactions)} مع «${passage}»`,
  onSelection: 'تعليق',
  unreachable: 'تعذّر تحميل النقاش. يُرجى التحقّق من الاتصال ثم المحاولة مرة أخرى.',
})

export const embed = () => import('./embed.ts')
