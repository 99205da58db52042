import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = { one: '# пікір', other: '# пікір' }
const reactions = { one: '# реакция', other: '# реакция' }

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
  reactions: (count) => counted(count, reactions),
  reactionsOn: (count, passage) => `«${passage}» үзіндісіне ${counted(count, reactions)}`,
  onSelection: 'Пікір жазу',
  unreachable: 'Талқылау жүктелмеді. Байланысты тексеріп, қайталап көріңіз.',
})

export const embed = () => import('./embed.ts')
