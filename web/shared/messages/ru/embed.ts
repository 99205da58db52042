import type { Counted } from '../../../../core/text/counted.ts'
import type { EmbedText } from '../en/embed.ts'

export const embed = (counted: Counted): EmbedText => ({
  language: 'ru',
  passageTitle: 'Об этом отрывке',
  articleTitle: 'О статье в целом',
  close: 'Закрыть обсуждение',
  loading: 'Обсуждение загружается…',
  wait: 'Минуту…',
  empty: 'Здесь пока никто ничего не написал.',
  failed: 'Не удалось загрузить обсуждение.',
  retry: 'Попробовать ещё раз',
  reconnecting: 'Восстанавливаем соединение… Возможно, здесь нет самого нового.',
  readers: (count) =>
    counted(count, {
      one: 'Сейчас здесь # читатель',
      few: 'Сейчас здесь # читателя',
      many: 'Сейчас здесь # читателей',
      other: 'Сейчас здесь # читателя',
    }),
  more: 'Показать ещё комментарии',
  moreThreads: 'Показать ещё обсуждения',
  orphans: 'Отрывки, которых в статье больше нет',
  orphanNote: 'Слов, о которых идёт речь, в статье больше нет.',
  inSection: (heading) => `В разделе «${heading}»`,
  stoodHere: (count) =>
    counted(count, {
      one: '# обсуждение слов, которые раньше стояли здесь',
      few: '# обсуждения слов, которые раньше стояли здесь',
      many: '# обсуждений слов, которые раньше стояли здесь',
      other: '# обсуждения слов, которые раньше стояли здесь',
    }),
  wordingChanged: 'С тех пор текст изменился',
  reattach: 'Привязать к другим словам',
  attachHere: 'Привязать сюда',
  attached: 'Обсуждение привязано к этим словам.',
  undo: 'Отменить привязку',
  longSelection: `Выделено больше ${counted(2000)} знаков: обсуждение будет привязано к началу.`,
  wholeParagraphInstead: 'Прокомментировать весь абзац',
  newComment: (name) => `Новый комментарий: ${name}`,
  fresh: (count) => counted(count, { one: '# новый', few: '# новых', many: '# новых', other: '# новых' }),
  showFresh: (count) =>
    counted(count, {
      one: 'Показать # новый комментарий',
      few: 'Показать # новых комментария',
      many: 'Показать # новых комментариев',
      other: 'Показать # новых комментария',
    }),
  sheetHeight: 'Высота обсуждения',
  sheetHeights: { peek: 'низкая', half: 'половина окна', full: 'всё окно' },

  chooseWords: 'Выбрать слова',
  onArticle: 'О статье',
  allPassages: (count) => `Все отрывки (${counted(count)})`,
  hideMarks: 'Скрыть метки на полях',
  showMarks: 'Показать метки на полях',

  thread: (quote) => `Обсуждение «${quote}»`,
  replyTo: (name) => `Ответить: ${name}`,
  reply: 'Ответить',
  menu: 'Ещё',
  moreAbout: (name) => `Ещё о комментарии: ${name}`,
  edit: 'Изменить',
  withdraw: 'Отозвать',
  cancel: 'Отмена',
  edited: 'изменено',
  sending: 'Отправляется…',
  unknownPerson: 'Кто-то',
  states: {
    live: '',
    held: 'Это видите только вы: комментарий ждёт модератора.',
    rejected: 'Это видите только вы: модератор удалил комментарий.',
    withdrawn: 'Автор отозвал этот комментарий.',
    erased: 'Стёрто.',
  },
  removed: 'Удалено модератором.',
  heldFor: {
    new_author: 'Первые комментарии новой учётной записи проверяют до публикации.',
    word_list: 'В нём есть слово, которое на этом сайте сначала проверяют.',
    passage_unknown: 'Этого отрывка нет в той версии статьи, которая известна сайту.',
    timed_out: 'Вы временно ограничены на этом сайте: написанное вами сначала проверяют.',
  },
  reasons: {
    abuse: 'оскорбления или вражда',
    spam: 'спам или реклама',
    off_topic: 'не об этом отрывке',
    illegal: 'нарушает закон',
    other: 'нарушает правила сайта',
  },
  rejectedFor: (reason) => `Причина: ${reason}.`,

  replies: (count) =>
    counted(count, { one: '# ответ', few: '# ответа', many: '# ответов', other: '# ответа' }),
  continueThread: (count) => `Дальше в этой ветке (${counted(count)})`,
  wholeThread: 'Вернуться ко всему обсуждению',
  unread: 'Не прочитано',
  hiddenComment: 'Комментарий человека, которого вы скрыли.',
  show: 'Показать',

  writeOnPassage: 'Комментарий к этому отрывку',
  writeOnArticle: 'Комментарий к статье',
  writeReply: 'Написать ответ',
  writeEdit: 'Изменить комментарий',
  send: 'Опубликовать',
  save: 'Сохранить',
  sendHint: 'Ctrl + Enter — опубликовать.',
  left: (characters) =>
    characters >= 0
      ? counted(characters, {
          one: 'Остался # знак',
          few: 'Осталось # знака',
          many: 'Осталось # знаков',
          other: 'Осталось # знака',
        })
      : counted(-characters, {
          one: '# лишний знак',
          few: '# лишних знака',
          many: '# лишних знаков',
          other: '# лишнего знака',
        }),
  notSent: 'Не отправлено.',
  unreachable: 'Сервер не отвечает. Ваш текст сохранён; попробуйте ещё раз.',

  signIn: 'Войти, чтобы комментировать',
  signedInAs: (name) => `Вы вошли как ${name}`,
  signOut: 'Выйти',
  popupBlocked: 'Браузер заблокировал окно входа. Его можно открыть здесь:',
  signInLapsed: 'Войдите снова, чтобы опубликовать. Ваш текст сохранён.',

  waiting: 'Ждёт сети. Отправится автоматически.',
  tryNow: 'Попробовать сейчас',
  takeBack: 'Вернуть текст',
  signInToSend: 'Войти, чтобы отправить',
  unkept: 'Этот браузер не сохраняет черновики, когда вы уходите со страницы.',
  changedMeanwhile: 'Тем временем комментарий изменили в другом месте. Теперь он такой:',
})

export const more = () => import('./more.ts')
