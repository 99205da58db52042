import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = {
  one: '# комментарий',
  few: '# комментария',
  many: '# комментариев',
  other: '# комментария',
}
const reactions = { one: '# реакция', few: '# реакции', many: '# реакций', other: '# реакции' }

export const marks = (counted: Counted): MarksText => ({
  language: 'ru',
  marks: 'Комментарии к отрывкам этой статьи',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0 ? `Прокомментировать: «${passage}»` : `${counted(count, comments)} к отрывку «${passage}»`,
  wholeArticle: (count) =>
    count === 0 ? 'Обсудить статью целиком' : `Статья целиком: ${counted(count, comments)}`,
  reactions: (count) => counted(count, reactions),
  reactionsOn: (count, passage) => `${counted(count, reactions)} на отрывок «${passage}»`,
  onSelection: 'Комментировать',
  unreachable: 'Не удалось загрузить обсуждение. Проверьте соединение и попробуйте ещё раз.',
})

export const embed = () => import('./embed.ts')
