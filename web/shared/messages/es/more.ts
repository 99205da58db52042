import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'es',

  signOutToo: (name) => `Cerrar sesión también en ${name}`,

  reattach: 'Vincular a otras palabras',
  attached: 'Vinculado a estas palabras.',
  undo: 'Deshacer',
  inSection: (heading) => `En «${heading}»`,

  copyLink: 'Copiar enlace',
  linkCopied: 'El enlace está copiado.',
  copyByHand: 'Copie esta dirección:',

  report: 'Denunciar',
  reportByMail: 'Denunciar sin cuenta',
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
  preview: 'Vista previa',
  people: 'Participantes en el debate',
  offered: (count) =>
    counted(count, {
      one: '# nombre para elegir',
      many: '# nombres para elegir',
      other: '# nombres para elegir',
    }),

  versions: 'Versiones de este comentario',
  olderVersions: 'Mostrar versiones más antiguas',
  sameWords: 'Las palabras son las mismas.',

  withdrawn: 'Retirado.',
  restore: 'Deshacer',

  wasThere: 'antes: ',
  isThere: 'ahora: ',

  pickWords: (quote) =>
    `Seleccione en el artículo las palabras a las que pertenece el hilo sobre «${quote}», o pulse la marca de un párrafo.`,

  inbox: 'Bandeja de entrada',
  inboxUnread: (count) =>
    counted(count, {
      one: 'Bandeja de entrada, # sin leer',
      many: 'Bandeja de entrada, # sin leer',
      other: 'Bandeja de entrada, # sin leer',
    }),
  inboxMany: 'Bandeja de entrada, más de 99 sin leer',
  inboxBack: 'Volver a la conversación',
  inboxEmpty:
    'Todavía no hay nada. Cuando alguien le responda o escriba en lo que usted sigue, lo encontrará aquí.',
  inboxFailed: 'No se ha podido cargar la bandeja de entrada.',
  isUnread: 'sin leer',
  readAll: 'Marcar todo como leído',
  inboxRead: 'Todo está marcado como leído.',
  older: 'Mostrar anteriores',
  told: {
    reply: (name) => `${name} le ha respondido`,
    mention: (name) => `${name} le ha mencionado`,
    thread: (name) => `${name} ha escrito en un hilo que usted sigue`,
    article: (name) => `${name} ha escrito sobre un artículo que usted sigue`,
  },
  follow: 'Seguir',
  following: 'Siguiendo',
  followArticle: 'Seguir este artículo',
  followingArticle: 'Siguiendo este artículo',
  followSettings: 'Ajustes',
  tellMe: 'Lo que llega a su bandeja de entrada:',
  followReplies: 'Respuestas a mis comentarios y menciones de mi nombre',
  followAll: 'Todos los comentarios nuevos sobre este artículo',
  threadElsewhere: 'Un hilo que no se muestra aquí',
  mailAbout: (title) => `Correo: ${title}`,
  mail: {
    off: 'Sin correo',
    now: 'Correo enseguida',
    daily: 'Correo una vez al día',
    weekly: 'Correo una vez a la semana',
  },
  mailStopped:
    'Los correos a su dirección han sido devueltos, por lo que ya no se envían. El servidor de correo respondió:',
  mailResume: 'Reanudar',
  mailResumeHow: 'Elija abajo cuándo recibir correo y se volverá a enviar.',
  notKept: 'No se ha guardado.',
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
  guestReaction: 'Para reaccionar hace falta una cuenta.',
  signedOut: 'Su sesión se ha cerrado. Pulse otra vez para iniciarla.',
  typo: 'Errata…',
  typoReported: 'Errata comunicada',
  typoText: '¿Qué debería decir? (opcional)',
  typoWho: 'Solo lo ve el editor. Ocupa el lugar de su reacción aquí, si tiene una.',
  typoSend: 'Enviar',
  typoSent: 'Gracias. Solo lo ve el editor.',
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

  search: 'Buscar en este debate',
  searchSend: 'Buscar',
  searchFound: (count) =>
    counted(count, { one: '# resultado', many: '# de resultados', other: '# resultados' }),
  searchNone: 'No se ha encontrado nada. Pruebe con otras palabras o con menos.',

  sortBy: 'Ordenar por',
  orders: { passage: 'orden del texto', newest: 'último comentario', discussed: 'número de comentarios' },
  commentCount: (count) =>
    counted(count, { one: '# comentario', many: '# comentarios', other: '# comentarios' }),
  wholeArticle: 'El artículo entero',
  showInArticle: 'Mostrar en el artículo',

  decided: {
    reject: 'Su comentario se ha eliminado',
    warn: 'Su comentario se ha eliminado y ha recibido una advertencia',
    time_out: 'Su comentario se ha eliminado y queda limitado por un tiempo',
    ban: 'Su comentario se ha eliminado y ya no puede escribir aquí',
    reverse: 'Se ha anulado una decisión sobre su comentario',
    uphold_appeal: 'Su reclamación se ha aceptado: su comentario vuelve a estar',
    dismiss_appeal: 'Su reclamación se ha desestimado',
  },
  found: {
    reports: 'Hubo lectores que lo denunciaron y la moderación decidió.',
    rules: 'Un control automático lo retuvo y la moderación decidió.',
    moderator: 'La moderación dio con él y decidió.',
  },
  appeal: 'Pedir una nueva revisión',
  appealWhy: '¿Por qué debería quedarse este comentario?',
  appealHow: 'Lo revisará y le responderá otra persona distinta de la que decidió. Puede pedirlo una vez.',
  appealSend: 'Enviar',
  appealSent: 'Ha pedido una nueva revisión. Otra persona le responderá.',
  appealDismissed: 'Otra persona lo ha revisado de nuevo: sigue eliminado. Su respuesta:',
  sanctions: {
    warning: 'La moderación le ha hecho una advertencia.',
    time_out:
      'La moderación le ha limitado por un tiempo: lo que escribe se revisa antes de que otros lo vean.',
    ban: 'Ya no puede escribir aquí: así lo ha decidido la moderación.',
  },
  sanctionUntil: (day) => `Hasta el ${day}.`,
  usualWait: (span) => `Espera habitual: ${span}.`,
  openAgain: (when) => `Se podrá comentar de nuevo: ${when}.`,
  writeAnyway: 'Quienes trabajan para el sitio pueden escribir.',
  closedDraft: 'Su texto se conserva. Puede copiarlo o enviarlo más tarde.',
  copyText: 'Copiar el texto',
  copied: 'Copiado',
  slowMode: (time) => `Modo lento. Tiempo mínimo entre dos comentarios suyos: ${time}.`,
  haveRead: 'Lo he leído',
  readFirst: 'Cuando lo haya leído, podrá volver a escribir.',
})
