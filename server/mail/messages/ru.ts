import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => {
  const comments = (count: number) =>
    counted(count, {
      one: '# новый комментарий',
      few: '# новых комментария',
      many: '# новых комментариев',
      other: '# нового комментария',
    })
  return {
    language: 'ru',
    direction: 'ltr',
    subject: {
      article: (count, title) => `${comments(count)} к статье «${title}»`,
      thread: (count, title) => `${comments(count)} в обсуждении отрывка статьи «${title}»`,
      replies: (count, site) =>
        `${counted(count, {
          one: '# новый ответ',
          few: '# новых ответа',
          many: '# новых ответов',
          other: '# нового ответа',
        })} вам на сайте ${site}`,
    },
    onArticle: 'К статье целиком',
    answersYou: 'отвечает вам',
    open: 'Прочитать и ответить',
    more: (count) =>
      counted(count, {
        one: 'Ещё # комментарий здесь не показан.',
        few: 'Ещё # комментария здесь не показаны.',
        many: 'Ещё # комментариев здесь не показаны.',
        other: 'Ещё # комментария здесь не показаны.',
      }),
    discussion: 'Всё обсуждение',
    why: {
      article: (title) => `Вы получили это письмо, потому что следите за статьёй «${title}».`,
      thread: (title) =>
        `Вы получили это письмо, потому что следите за обсуждением отрывка статьи «${title}».`,
      replies: (site) =>
        `Вы получили это письмо, потому что попросили присылать ответы на ваши комментарии на сайте ${site}.`,
    },
    unsubscribe: 'Больше не присылать такие письма',
    page: {
      title: 'Больше не присылать писем?',
      about: {
        article: (title) => `Письма о новых комментариях к статье «${title}»`,
        thread: (title) => `Письма о новых комментариях в обсуждении отрывка статьи «${title}»`,
        replies: (site) => `Письма об ответах на ваши комментарии на сайте ${site}`,
      },
      button: 'Больше не присылать',
      done: 'Такие письма больше не будут приходить.',
      kept: 'Новое по-прежнему появляется во входящих рядом со статьёй.',
      unknown: 'Эта ссылка не работает',
      unknownHelp: 'Откройте её из письма ещё раз или скопируйте целиком.',
    },
  }
}
