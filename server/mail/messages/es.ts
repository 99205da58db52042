import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => {
  const comments = (count: number) =>
    counted(count, {
      one: '# comentario nuevo',
      many: '# de comentarios nuevos',
      other: '# comentarios nuevos',
    })
  return {
    language: 'es',
    direction: 'ltr',
    subject: {
      article: (count, title) => `${comments(count)} sobre «${title}»`,
      thread: (count, title) => `${comments(count)} en un hilo sobre «${title}»`,
      replies: (count, site) =>
        `${counted(count, {
          one: '# respuesta nueva',
          many: '# de respuestas nuevas',
          other: '# respuestas nuevas',
        })} para usted en ${site}`,
    },
    onArticle: 'Sobre el artículo entero',
    answersYou: 'le responde',
    open: 'Leer y responder',
    more: (count) =>
      counted(count, {
        one: '# comentario más no se muestra aquí.',
        many: '# de comentarios más no se muestran aquí.',
        other: '# comentarios más no se muestran aquí.',
      }),
    discussion: 'Toda la conversación',
    why: {
      article: (title) => `Recibe este correo porque sigue el artículo «${title}».`,
      thread: (title) => `Recibe este correo porque sigue un hilo sobre «${title}».`,
      replies: (site) =>
        `Recibe este correo porque pidió recibir las respuestas a sus comentarios en ${site}.`,
    },
    unsubscribe: 'No recibir más estos correos',
    page: {
      title: '¿No recibir más correos?',
      about: {
        article: (title) => `Correos sobre comentarios nuevos sobre «${title}»`,
        thread: (title) => `Correos sobre comentarios nuevos en un hilo sobre «${title}»`,
        replies: (site) => `Correos sobre respuestas a sus comentarios en ${site}`,
      },
      button: 'No enviarme más estos correos',
      done: 'Ya no recibirá estos correos.',
      kept: 'Las novedades siguen llegando a su bandeja junto al artículo.',
      unknown: 'Este enlace no funciona',
      unknownHelp: 'Ábralo de nuevo desde el correo o cópielo entero.',
    },
  }
}
