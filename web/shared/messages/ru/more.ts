import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'ru',

  copyLink: 'Скопировать ссылку',
  linkCopied: 'Ссылка скопирована.',
  copyByHand: 'Скопируйте этот адрес:',

  report: 'Пожаловаться',
  reportWhy: 'Что не так с этим комментарием?',
  reportText: 'Что ещё нужно знать модераторам? (необязательно)',
  reportSend: 'Отправить жалобу',
  reported: 'Спасибо. Модератор посмотрит этот комментарий.',
  categories: {
    abuse: 'Оскорбления или вражда',
    spam: 'Спам или реклама',
    off_topic: 'Не об этом отрывке',
    illegal: 'Нарушает закон',
    other: 'Другое',
  },

  earlier: (count) =>
    counted(count, {
      one: '# прежняя версия',
      few: '# прежние версии',
      many: '# прежних версий',
      other: '# прежней версии',
    }),

  nextUnread: (count) => `Следующий непрочитанный (${counted(count)})`,
  previousUnread: 'Предыдущий непрочитанный',
  markAllRead: 'Отметить всё как прочитанное',
  allRead: 'Всё прочитано.',
  unread: (count) =>
    counted(count, {
      one: '# непрочитанный',
      few: '# непрочитанных',
      many: '# непрочитанных',
      other: '# непрочитанных',
    }),
  quote: 'Цитировать',
  hide: (name) => `Скрыть комментарии: ${name}`,
  hidden: (name) => `Комментарии этого человека скрыты на этом устройстве: ${name}`,
  unhide: (name) => `Снова показывать комментарии: ${name}`,
  undoHiding: 'Отменить',

  wasThere: 'было: ',
  isThere: 'стало: ',

  pickWords: (quote) =>
    `Выделите в статье слова, к которым относится обсуждение «${quote}», или нажмите на метку абзаца.`,

  otherDraft: 'В другой вкладке вы написали здесь другое:',
  useThat: 'Взять тот текст',
  keepMine: 'Оставить этот',
  formatting: 'Оформление',
  format: {
    bold: 'Полужирный',
    italic: 'Курсив',
    quote: 'Цитата',
    link: 'Вставить ссылку',
    list: 'Список',
    code: 'Код программы',
  },
  reactionsHere: 'Реакции на этот отрывок',
  reactions: {
    agree: 'Поддерживаю',
    helpful: 'Полезно',
    question: 'Вопрос',
    source: 'Нужен источник',
  },
  notReacted: 'Не сохранено: сервер не отвечает. Попробуйте ещё раз.',
  signedOut: 'Вы больше не авторизованы. Нажмите ещё раз, чтобы войти.',
  typo: 'Опечатка…',
  typoReported: 'Опечатка отправлена',
  typoText: 'Как должно быть? (необязательно)',
  typoWho: 'Это увидит только издатель. Сообщение заменит вашу реакцию здесь, если она есть.',
  typoSend: 'Отправить',
  typoSent: 'Спасибо. Это видит только издатель.',
  typoReplaced: 'Реакция здесь заменит это сообщение.',
  takeBack: 'Отозвать',
  mark: 'Отметить',
  markThread: 'Отметить это обсуждение',
  marks: {
    answered: 'Дан ответ',
    corrected: 'Исправлено',
  },
  unmark: 'Снять отметку',
  chosenWords: 'Выбранные слова',
  chooseKeys:
    'Стрелки влево и вправо — по словам, вверх и вниз — по предложениям; с Shift выделение растёт. Enter принимает его, Escape возвращает назад.',
  previousWord: 'Предыдущее слово',
  nextWord: 'Следующее слово',
  previousSentence: 'Предыдущее предложение',
  nextSentence: 'Следующее предложение',
  extend: 'Расширить',
  commentOnThese: 'Комментировать эти слова',

  sortBy: 'Сортировать',
  orders: {
    passage: 'по порядку в тексте',
    newest: 'по последнему комментарию',
    discussed: 'по числу комментариев',
  },
  commentCount: (count) =>
    counted(count, {
      one: '# комментарий',
      few: '# комментария',
      many: '# комментариев',
      other: '# комментария',
    }),
  wholeArticle: 'Статья в целом',
  showInArticle: 'Показать в статье',
})
