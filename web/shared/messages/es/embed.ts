import type { Counted } from '../../../../core/text/counted.ts'
import type { EmbedText } from '../en/embed.ts'

export const embed = (counted: Counted): EmbedText => ({
  language: 'es',
  passageTitle: 'Sobre este pasaje',
  articleTitle: 'Sobre el artículo completo',
  close: 'Cerrar el debate',
  loading: 'Cargando el debate…',
  wait: 'Un momento…',
  empty: 'Aquí todavía no ha opinado nadie.',
  failed: 'No se ha podido cargar el debate.',
  retry: 'Reintentar',
  reconnecting: 'Recuperando la conexión… Puede que falte lo más reciente.',
  readers: (count) =>
    counted(count, {
      one: '# persona leyendo ahora',
      many: '# de personas leyendo ahora',
      other: '# personas leyendo ahora',
    }),
  more: 'Mostrar más comentarios',
  moreThreads: 'Mostrar más hilos',
  orphans: 'Pasajes que ya no se encuentran en el artículo',
  orphanNote: 'Las palabras de las que trata este hilo ya no están en el artículo.',
  inSection: (heading) => `En «${heading}»`,
  stoodHere: (count) =>
    counted(count, {
      one: '# hilo sobre palabras que antes estaban aquí',
      many: '# de hilos sobre palabras que antes estaban aquí',
      other: '# hilos sobre palabras que antes estaban aquí',
    }),
  wordingChanged: 'La redacción ha cambiado desde entonces',
  reattach: 'Vincular a otras palabras',
  attachHere: 'Vincular aquí',
  attached: 'Vinculado a estas palabras.',
  undo: 'Deshacer',
  longSelection: `La selección supera los ${counted(2000)} caracteres: el hilo tratará de su comienzo.`,
  wholeParagraphInstead: 'Comentar mejor el párrafo completo',
  newComment: (name) => `Nuevo comentario de ${name}`,
  fresh: (count) => counted(count, { one: '# nuevo', many: '# nuevos', other: '# nuevos' }),
  showFresh: (count) =>
    counted(count, {
      one: 'Mostrar # nuevo comentario',
      many: 'Mostrar # nuevos comentarios',
      other: 'Mostrar # nuevos comentarios',
    }),
  sheetHeight: 'Altura del debate',
  sheetHeights: { peek: 'baja', half: 'la mitad de la ventana', full: 'toda la ventana' },

  chooseWords: 'Elegir palabras',
  onArticle: 'Sobre el artículo',
  allPassages: (count) => `Todos los pasajes (${counted(count)})`,
  hideMarks: 'Ocultar las marcas del margen',
  showMarks: 'Mostrar las marcas del margen',

  thread: (quote) => `Hilo sobre «${quote}»`,
  replyTo: (name) => `Responder a ${name}`,
  reply: 'Responder',
  menu: 'Más',
  moreAbout: (name) => `Más sobre el comentario de ${name}`,
  edit: 'Editar',
  withdraw: 'Retirar',
  cancel: 'Cancelar',
  edited: 'editado',
  sending: 'Enviando…',
  unknownPerson: 'Alguien',
  states: {
    live: '',
    held: 'Solo usted ve esto: está pendiente de la moderación.',
    rejected: 'Solo usted ve esto: la moderación lo ha eliminado.',
    withdrawn: 'Retirado por quien lo escribió.',
    erased: 'Borrado.',
  },
  removed: 'Eliminado por la moderación.',
  heldFor: {
    new_author: 'Los primeros comentarios de una cuenta nueva se revisan antes de publicarse.',
    word_list: 'Contiene una palabra que este sitio revisa antes.',
    passage_unknown: 'Su pasaje no está en el artículo tal como lo conoce este sitio.',
    timed_out: 'Está en pausa en este sitio: lo que escribe se revisa antes.',
    rejected_before: 'Se retiró un texto anterior de este comentario; la moderación mira el nuevo.',
  },
  reasons: {
    abuse: 'insultos u odio',
    spam: 'spam o publicidad',
    off_topic: 'no trata del pasaje',
    illegal: 'contrario a la ley',
    other: 'contrario a las normas de este sitio',
  },
  rejectedFor: (reason) => `Motivo: ${reason}.`,

  replies: (count) => counted(count, { one: '# respuesta', many: '# de respuestas', other: '# respuestas' }),
  continueThread: (count) => `Continuar este hilo (${counted(count)})`,
  wholeThread: 'Volver al hilo completo',
  unread: 'Sin leer',
  hiddenComment: 'Un comentario de alguien a quien usted ha ocultado.',
  show: 'Mostrar',

  writeOnPassage: 'Comentar este pasaje',
  writeOnArticle: 'Comentar el artículo',
  writeReply: 'Escribir una respuesta',
  writeEdit: 'Modificar el comentario',
  send: 'Publicar',
  save: 'Guardar',
  sendHint: 'Ctrl + Intro publica.',
  left: (characters) =>
    characters >= 0
      ? counted(characters, {
          one: 'Queda # carácter',
          many: 'Quedan # de caracteres',
          other: 'Quedan # caracteres',
        })
      : counted(-characters, {
          one: 'Sobra # carácter',
          many: 'Sobran # de caracteres',
          other: 'Sobran # caracteres',
        }),
  notSent: 'No se ha enviado.',
  noAnswer: 'El servidor no responde. Inténtelo de nuevo.',
  problems: {
    400: 'El servidor no lo acepta tal como está. Acórtelo o cámbielo.',
    401: 'Primero inicie sesión.',
    403: 'Aquí no puede hacer esto.',
    404: 'Aquello de lo que se trata ya no está.',
    409: 'Se cambió entretanto o ya no está. Mírelo de nuevo.',
    429: 'Ha sido demasiado seguido. Espere un momento y vuelva a intentarlo.',
    500: 'Algo ha fallado en el servidor. No se guardó nada; inténtelo de nuevo en un momento.',
  },
  unreachable: 'El servidor no responde. El texto se conserva; inténtelo de nuevo.',

  signIn: 'Iniciar sesión para comentar',
  signedInAs: (name) => `Sesión iniciada como ${name}`,
  signOut: 'Cerrar sesión',
  popupBlocked: 'El navegador ha bloqueado la ventana de inicio de sesión. Puede abrirla aquí:',
  signInLapsed: 'Inicie sesión de nuevo para publicar. El texto se conserva.',

  waiting: 'A la espera de la red. Se enviará solo.',
  tryNow: 'Probar ahora',
  takeBack: 'Recuperar el texto',
  signInToSend: 'Iniciar sesión para enviar',
  unkept: 'Este navegador no conserva los borradores al salir de la página.',
  changedMeanwhile: 'Entretanto, el comentario se ha modificado en otro lugar. Ahora dice:',
})

export const more = () => import('./more.ts')
