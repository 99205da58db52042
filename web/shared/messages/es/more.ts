import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'es',

  copyLink: 'Copiar enlace',
  linkCopied: 'El enlace está copiado.',
  copyByHand: 'Copie esta dirección:',

  report: 'Denunciar',
  reportWhy: '¿Qué problema tiene?',
  reportText: '¿Algo más que deba saber la moderación? (opcional)',
  reportSend: 'Enviar la denuncia',
  reported: 'Gracias. La moderación lo revisará.',
  categories: {
    abuse: 'Insultos u odio',
    spam: 'Spam o publicidad',
    off_topic: 'No trata del pasaje',
    illegal: 'Contrario a la ley',
    other: 'Otra cosa',
  },

  earlier: (count) =>
    counted(count, {
      one: '# versión anterior',
      many: '# versiones anteriores',
      other: '# versiones anteriores',
    }),

  nextUnread: (count) => `Siguiente sin leer (${counted(count)})`,
  previousUnread: 'Anterior sin leer',
  markAllRead: 'Marcar todo como leído',
  allRead: 'Todo está leído.',
  unread: (count) => counted(count, { one: '# sin leer', many: '# sin leer', other: '# sin leer' }),
  quote: 'Citar',
  hide: (name) => `Ocultar los comentarios de ${name}`,
  hidden: (name) => `Los comentarios de ${name} están ocultos en este dispositivo.`,
  unhide: (name) => `Volver a mostrar los comentarios de ${name}`,
  undoHiding: 'Deshacer',

  wasThere: 'antes: ',
  isThere: 'ahora: ',

  pickWords: (quote) =>
    `Seleccione en el artículo las palabras a las que pertenece el hilo sobre «${quote}», o pulse la marca de un párrafo.`,

  otherDraft: 'Ha escrito otra cosa aquí en otra pestaña:',
  useThat: 'Usar ese texto',
  keepMine: 'Conservar el mío',
  formatting: 'Formato',
  format: {
    bold: 'Negrita',
    italic: 'Cursiva',
    quote: 'Cita',
    link: 'Insertar un enlace',
    list: 'Lista',
    code: 'Código de programa',
  },
  reactionsHere: 'Reacciones a este pasaje',
  reactions: {
    agree: 'De acuerdo',
    helpful: 'Útil',
    question: 'Una pregunta',
    source: 'Falta la fuente',
  },
  notReacted: 'No se ha guardado: el servidor no responde. Inténtelo de nuevo.',
  signedOut: 'Su sesión se ha cerrado. Pulse otra vez para iniciarla.',
  typo: 'Errata…',
  typoReported: 'Errata comunicada',
  typoText: '¿Qué debería decir? (opcional)',
  typoWho: 'Solo lo ve el editor. Ocupa el lugar de su reacción aquí, si tiene una.',
  typoSend: 'Enviar',
  typoSent: 'Gracias. Solo lo ve el editor.',
  typoReplaced: 'Una reacción aquí ocuparía su lugar.',
  takeBack: 'Retirarla',
  mark: 'Marcar',
  markThread: 'Marcar este hilo',
  marks: {
    answered: 'Respondido',
    corrected: 'Corregido',
  },
  unmark: 'Quitar la marca',
  chosenWords: 'Palabras elegidas',
  chooseKeys:
    'Izquierda y derecha avanzan por palabras, arriba y abajo por frases; con Mayús se amplía la selección. Intro la acepta, Escape vuelve atrás.',
  previousWord: 'Palabra anterior',
  nextWord: 'Palabra siguiente',
  previousSentence: 'Frase anterior',
  nextSentence: 'Frase siguiente',
  extend: 'Ampliar',
  commentOnThese: 'Comentar estas palabras',

  sortBy: 'Ordenar por',
  orders: { passage: 'orden del texto', newest: 'último comentario', discussed: 'número de comentarios' },
  commentCount: (count) =>
    counted(count, { one: '# comentario', many: '# comentarios', other: '# comentarios' }),
  wholeArticle: 'El artículo entero',
  showInArticle: 'Mostrar en el artículo',
})
