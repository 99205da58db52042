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
    notice: {
      subject: {
        reject: (title) => `Su comentario sobre «${title}» se ha eliminado`,
        warn: (title) => `Su comentario sobre «${title}» se ha eliminado y ha recibido una advertencia`,
        time_out: (title) => `Su comentario sobre «${title}» se ha eliminado y queda limitado por un tiempo`,
        ban: (title) => `Su comentario sobre «${title}» se ha eliminado y ya no puede escribir allí`,
        reverse: (title) => `Se ha anulado la decisión sobre su comentario sobre «${title}»`,
        uphold_appeal: (title) =>
          `Su reclamación se ha aceptado: su comentario sobre «${title}» vuelve a estar`,
        dismiss_appeal: (title) => `Su reclamación por su comentario sobre «${title}» se ha desestimado`,
      },
      many: {
        reject: (count, site) =>
          `Se han eliminado ${counted(count, { one: '# comentario suyo', many: '# de comentarios suyos', other: '# comentarios suyos' })} en ${site}`,
        reverse: (count, site) =>
          `Se ha anulado la decisión sobre ${counted(count, { one: '# comentario suyo', many: '# de comentarios suyos', other: '# comentarios suyos' })} en ${site}`,
        why: (site) =>
          `Recibe este correo porque la moderación de ${site} ha decidido sobre varios comentarios suyos.`,
      },
      rule: {
        abuse: 'La norma: ni insultos ni odio.',
        spam: 'La norma: ni spam ni publicidad.',
        off_topic: 'La norma: los comentarios tratan de su pasaje.',
        illegal: 'El motivo: lo consideramos contrario a la ley.',
        other: 'El motivo: es contrario a las normas de este sitio.',
      },
      warned: 'Antes de volver a escribir allí, indique junto al artículo que ha leído esto.',
      until: (day) => `Hasta el ${day}, la moderación revisa lo que escribe antes de que otros lo vean.`,
      found: {
        reports: 'Hubo lectores que denunciaron el comentario. Decidió una persona, no un programa.',
        rules: 'Un control automático retuvo el comentario. Decidió una persona, no un programa.',
        moderator: 'La moderación dio con el comentario. Decidió una persona, no un programa.',
      },
      quoted: 'Su comentario:',
      stands: 'Lo que se había decidido sobre su comentario ya no vale.',
      answer: 'La respuesta:',
      redress:
        'Si cree que es un error, puede pedir una nueva revisión junto a su comentario, gratis y durante seis meses. Entonces decide otra persona.',
      elsewhere:
        'También puede acudir a un órgano certificado de resolución extrajudicial de litigios o a un tribunal.',
      open: 'Ir a su comentario',
      why: (site) => `Recibe este correo porque la moderación de ${site} ha decidido sobre su comentario.`,
    },
    report: {
      receipt: (title) => `Hemos recibido su denuncia de un comentario sobre «${title}»`,
      received: 'La moderación lo revisará. Cuando se decida, recibirá otro correo.',
      outcome: (title) => `Se ha decidido sobre su denuncia de un comentario sobre «${title}»`,
      removed: 'El comentario se ha eliminado.',
      stays:
        'El comentario se queda. La moderación no ha visto que sea contrario a la ley ni a las normas de este sitio.',
      person: 'Decidió una persona, no un programa.',
      open: 'El comentario',
      why: (site) =>
        `Recibe este correo porque se dio esta dirección en una denuncia a ${site}. Si no fue usted, solo le llegará ya el resultado.`,
    },
    claim: {
      heading: 'Comentarios de antes: ¿son suyos?',
      asked: (name) =>
        `Alguien que ha iniciado sesión como ${name} ha pedido los comentarios escritos con esta dirección antes de que la discusión llegara aquí.`,
      found: (count, name, site) =>
        `${counted(count, { one: '# comentario', many: '# de comentarios', other: '# comentarios' })} como ${name} en ${site}`,
      open: 'Ponerlos a mi nombre',
      holds:
        'El enlace vale un día, una sola vez y solo para quien haya iniciado sesión con esta cuenta. Si no lo ha pedido, no haga nada: no pasará nada.',
      why: 'Recibe este correo porque alguien lo pidió en la cuenta que tiene esta dirección.',
    },
    invitation: {
      subject: {
        moderator: (site) => `Se le invita a moderar ${site}`,
        lead: (site) => `Se le invita a dirigir la moderación de ${site}`,
        publisher: (site) => `Se le invita a gestionar ${site}`,
      },
      about: {
        moderator: 'Al moderar, decide sobre los comentarios que esperan a una persona.',
        lead: 'Decide sobre los comentarios y fija lo que el sitio exige de ellos.',
        publisher:
          'Fija todo lo que atañe al sitio: dónde se muestra, quién trabaja para él y qué exige de los comentarios.',
      },
      accept: 'Aceptar la invitación',
      lasts:
        'El enlace sirve una sola vez y durante siete días. Allí inicia sesión con esta dirección o crea una cuenta para ella.',
      why: (site) =>
        `Recibe este correo porque alguien que gestiona ${site} dio esta dirección. Si no es para usted, no haga nada.`,
    },
    webhook: {
      subject: (site) => `Se desactivó un webhook de ${site}`,
      gone: (url) =>
        `${url} respondió con el estado 410, que indica que allí ya no se espera nada. Por eso no se envía nada más.`,
      failing: (url) => `Desde hace cinco días no ha llegado nada a ${url}. Por eso no se envía nada más.`,
      todo: 'Si allí se esperan mensajes: asegúrese de que el servidor los acepte, envíele una prueba y active de nuevo el webhook.',
      open: 'Ir a los webhooks',
      kept: 'Lo que esperaba se envía entonces. De lo que ocurre mientras el webhook está desactivado no se avisa.',
      why: (site) => `Recibe este correo porque gestiona ${site}.`,
    },
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
