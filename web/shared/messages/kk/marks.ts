import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = { one: '# пікір', other: '# пікір' }

export const marks = (counted: Counted): MarksText => ({
  language: 'kk',
  marks: 'Осы мақаланың үзінділеріне жазылған пікірлер',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0
      ? `«${passage}» үзіндісіне пікір жазу`
      : `«${passage}» үзіндісіне ${counted(count, comments)}`,
  wholeArticle: (count) =>
    count === 0 ? 'Бүкіл мақаланы талқылау' : `Бүкіл мақала: ${counted(count, comments)}`,
  onSelection: 'Пікір жазу',
  unreachable: 'Талқылау жүктелмеді. Байланысты тексеріп, қайталап көріңіз.',
})

export const embed = () => import('./embed.ts')
