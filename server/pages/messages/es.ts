import type { Counted } from '../../../core/text/counted.ts'
import type { PageText } from './en.ts'

export const pages = (counted: Counted): PageText => ({
  language: 'es',
  direction: 'ltr',
  quoted: (words) => `«${words}»`,
  of: (title) => `Debate sobre «${title}»`,
  readArticle: 'Leer el artículo',
  inArticle: 'Mostrar en el artículo',
  wholeDiscussion: 'El debate completo',
  wholeThread: (count) =>
    `El hilo completo: ${counted(count, {
      one: '# comentario',
      many: '# de comentarios',
      other: '# comentarios',
    })}`,
  onArticle: 'Sobre el artículo completo',
  wordingNow: (words) => `Ahora dice: «${words}»`,
  gone: 'Estas palabras ya no están en el artículo.',
  comment: (name) => `Comentario de ${name}`,
  answerTo: (name) => `en respuesta a ${name}`,
  link: 'Enlace a este comentario',
  edited: 'editado',
  removed: 'Eliminado.',
  empty: 'Aquí todavía no ha opinado nadie.',
  next: 'Página siguiente',
  unknownPerson: 'Alguien',
  withoutScript: 'Leer el debate sobre este artículo (sin JavaScript)',
  report: {
    link: 'Denunciar',
    title: 'Denunciar un comentario',
    about: (name) => `El comentario de ${name}`,
    why: '¿Qué problema tiene?',
    categories: {
      abuse: 'Insultos u odio',
      spam: 'Spam o publicidad',
      off_topic: 'No trata del pasaje',
      illegal: 'Contrario a la ley',
      other: 'Otra cosa',
    },
    explain: '¿Por qué lo cree?',
    name: 'Su nombre',
    email: 'Su dirección de correo electrónico',
    mail: 'Recibirá un acuse de recibo y otro correo cuando se decida. Nadie más ve su dirección.',
    faith: 'Creo de buena fe que lo que indico aquí es exacto y completo.',
    send: 'Enviar la denuncia',
    done: 'Su denuncia ha llegado',
    doneHelp: 'La moderación lo revisará. El acuse de recibo le llegará por correo.',
    wrong: 'Falta algo. Rellene todos los campos y marque la casilla.',
  },
  faults: {
    missing: {
      title: 'Aquí no hay nada',
      help: 'Puede que la dirección esté cortada o que lo que había aquí ya no exista.',
    },
    busy: { title: 'Demasiadas páginas a la vez', help: 'Espere un minuto y vuelva a cargar la página.' },
    away: {
      title: 'Esta página no está disponible ahora mismo',
      help: 'No se ha perdido nada. Vuelva a cargarla dentro de un momento.',
    },
    broken: {
      title: 'Algo ha fallado aquí',
      help: 'El error quedó registrado para quienes llevan este servidor. Vuelva a cargar la página; si continúa, avíseles.',
    },
  },
})
