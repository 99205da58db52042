import type { Counted } from '../../../core/text/counted.ts'
import type { PageText } from './en.ts'

export const pages = (counted: Counted): PageText => ({
  language: 'ru',
  direction: 'ltr',
  quoted: (words) => `«${words}»`,
  of: (title) => `Обсуждение статьи «${title}»`,
  readArticle: 'Читать статью',
  inArticle: 'Показать в статье',
  wholeDiscussion: 'Все обсуждения статьи',
  wholeThread: (count) =>
    `Обсуждение целиком: ${counted(count, {
      one: '# комментарий',
      few: '# комментария',
      many: '# комментариев',
      other: '# комментария',
    })}`,
  onArticle: 'О статье в целом',
  wordingNow: (words) => `Теперь там написано: «${words}»`,
  gone: 'Этих слов в статье больше нет.',
  comment: (name) => `Комментарий: ${name}`,
  answerTo: (name) => `ответ для ${name}`,
  link: 'Ссылка на этот комментарий',
  edited: 'изменено',
  removed: 'Удалено.',
  empty: 'Здесь пока никто ничего не написал.',
  next: 'Следующая страница',
  unknownPerson: 'Кто-то',
  withoutScript: 'Читать обсуждение этой статьи (без JavaScript)',
  faults: {
    missing: { title: 'Здесь ничего нет', help: 'Возможно, адрес обрезан или то, что здесь было, удалено.' },
    busy: { title: 'Слишком много страниц сразу', help: 'Подождите минуту и загрузите страницу снова.' },
    away: {
      title: 'Эта страница сейчас недоступна',
      help: 'Ничего не потеряно. Загрузите её снова через минуту.',
    },
    broken: {
      title: 'Что-то пошло не так',
      help: 'Ошибка записана для тех, кто ведёт этот сервер. Загрузите страницу снова; если не поможет, сообщите им.',
    },
  },
})
