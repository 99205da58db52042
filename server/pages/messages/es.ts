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
