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

  wasThere: 'было: ',
  isThere: 'стало: ',

  pickWords: (quote) =>
    `Выделите в статье слова, к которым относится обсуждение «${quote}», или нажмите на метку абзаца.`,
})
