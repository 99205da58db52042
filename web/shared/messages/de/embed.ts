import type { Counted } from '../../../../core/text/counted.ts'
import type { EmbedText } from '../en/embed.ts'

export const embed = (counted: Counted): EmbedText => ({
  language: 'de',
  passageTitle: 'Zu dieser Stelle',
  articleTitle: 'Zum ganzen Artikel',
  close: 'Diskussion schließen',
  loading: 'Die Diskussion wird geladen …',
  wait: 'Einen Moment…',
  empty: 'Hier hat noch niemand etwas geschrieben.',
  failed: 'Die Diskussion konnte nicht geladen werden.',
  retry: 'Noch einmal versuchen',
  reconnecting: 'Die Verbindung wird wiederhergestellt … Vielleicht fehlt hier das Neueste.',
  readers: (count) =>
    counted(count, { one: '# Person liest gerade hier', other: '# Personen lesen gerade hier' }),
  more: 'Weitere Kommentare anzeigen',
  moreThreads: 'Weitere Diskussionen anzeigen',
  orphans: 'Stellen, die im Artikel nicht mehr zu finden sind',
  orphanNote: 'Die Worte, um die es hier geht, stehen nicht mehr im Artikel.',
  inSection: (heading) => `Im Abschnitt „${heading}“`,
  stoodHere: (count) =>
    counted(count, {
      one: '# Diskussion über Worte, die früher hier standen',
      other: '# Diskussionen über Worte, die früher hier standen',
    }),
  wordingChanged: 'Der Wortlaut hat sich seitdem geändert',
  reattach: 'Anderen Worten zuordnen',
  attachHere: 'Hier zuordnen',
  attached: 'Diesen Worten zugeordnet.',
  undo: 'Rückgängig machen',
  longSelection: `Die Auswahl ist länger als ${counted(2000)} Zeichen: Die Diskussion wird an ihrem Anfang stehen.`,
  wholeParagraphInstead: 'Stattdessen den ganzen Absatz kommentieren',
  newComment: (name) => `Neuer Kommentar von ${name}`,
  fresh: (count) => counted(count, { one: '# neu', other: '# neu' }),
  showFresh: (count) =>
    counted(count, { one: '# neuen Kommentar anzeigen', other: '# neue Kommentare anzeigen' }),
  sheetHeight: 'Höhe der Diskussion',
  sheetHeights: { peek: 'niedrig', half: 'halbes Fenster', full: 'ganzes Fenster' },

  chooseWords: 'Worte wählen',
  onArticle: 'Zum Artikel',
  allPassages: (count) => `Alle Stellen (${counted(count)})`,
  hideMarks: 'Marken am Rand ausblenden',
  showMarks: 'Marken am Rand zeigen',

  thread: (quote) => `Diskussion über „${quote}“`,
  replyTo: (name) => `${name} antworten`,
  reply: 'Antworten',
  menu: 'Mehr',
  moreAbout: (name) => `Mehr zum Kommentar von ${name}`,
  edit: 'Bearbeiten',
  withdraw: 'Zurückziehen',
  cancel: 'Abbrechen',
  edited: 'bearbeitet',
  sending: 'Wird gesendet …',
  unknownPerson: 'Jemand',
  states: {
    live: '',
    held: 'Nur Sie sehen das: Die Moderation prüft es noch.',
    rejected: 'Nur Sie sehen das: Die Moderation hat es entfernt.',
    withdrawn: 'Vom Verfasser oder der Verfasserin zurückgezogen.',
    erased: 'Gelöscht.',
  },
  removed: 'Von der Moderation entfernt.',
  heldFor: {
    new_author: 'Die ersten Kommentare eines neuen Kontos werden geprüft, bevor sie erscheinen.',
    word_list: 'Es enthält ein Wort, das auf dieser Website zuerst geprüft wird.',
    passage_unknown: 'Die Stelle steht nicht in dem Artikel, den diese Website kennt.',
    timed_out: 'Sie haben auf dieser Website eine Auszeit: Was Sie schreiben, wird zuerst geprüft.',
    rejected_before:
      'Eine frühere Fassung dieses Kommentars wurde entfernt; die neue sieht sich die Moderation an.',
  },
  reasons: {
    abuse: 'Beleidigung oder Hass',
    spam: 'Spam oder Werbung',
    off_topic: 'gehört nicht zu dieser Stelle',
    illegal: 'verstößt gegen das Gesetz',
    other: 'verstößt gegen die Regeln dieser Website',
  },
  rejectedFor: (reason) => `Grund: ${reason}.`,

  replies: (count) => counted(count, { one: '# Antwort', other: '# Antworten' }),
  continueThread: (count) => `Weiter in dieser Diskussion (${counted(count)})`,
  wholeThread: 'Zurück zur ganzen Diskussion',
  unread: 'Ungelesen',
  hiddenComment: 'Ein Kommentar von jemandem, den Sie ausgeblendet haben.',
  show: 'Anzeigen',

  writeOnPassage: 'Diese Stelle kommentieren',
  writeOnArticle: 'Den Artikel kommentieren',
  writeReply: 'Antwort schreiben',
  writeEdit: 'Kommentar ändern',
  send: 'Veröffentlichen',
  save: 'Speichern',
  sendHint: 'Strg + Enter veröffentlicht.',
  left: (characters) =>
    characters >= 0
      ? counted(characters, { one: 'Noch # Zeichen', other: 'Noch # Zeichen' })
      : counted(-characters, { one: '# Zeichen zu viel', other: '# Zeichen zu viel' }),
  notSent: 'Nicht gesendet.',
  noAnswer: 'Der Server antwortet nicht. Bitte versuchen Sie es noch einmal.',
  problems: {
    400: 'So nimmt der Server das nicht an. Kürzen oder ändern Sie es.',
    401: 'Melden Sie sich zuerst an.',
    403: 'Das dürfen Sie hier nicht.',
    404: 'Worum es geht, ist nicht mehr da.',
    409: 'Es wurde inzwischen geändert oder ist nicht mehr da. Sehen Sie es noch einmal an.',
    429: 'Das war zu oft. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
    500: 'Auf dem Server ist etwas schiefgegangen. Nichts wurde gespeichert; versuchen Sie es gleich noch einmal.',
  },
  unreachable: 'Der Server antwortet nicht. Ihr Text bleibt erhalten; versuchen Sie es noch einmal.',

  signIn: 'Anmelden und kommentieren',
  signedInAs: (name) => `Angemeldet als ${name}`,
  signOut: 'Abmelden',
  popupBlocked: 'Der Browser hat das Anmeldefenster blockiert. Hier lässt es sich öffnen:',
  signInLapsed: 'Melden Sie sich zum Veröffentlichen noch einmal an. Ihr Text bleibt erhalten.',

  waiting: 'Wartet auf das Netz. Wird von selbst gesendet.',
  tryNow: 'Jetzt versuchen',
  takeBack: 'Zurückholen',
  signInToSend: 'Zum Senden anmelden',
  unkept: 'Dieser Browser bewahrt keine Entwürfe auf, wenn Sie die Seite verlassen.',
  changedMeanwhile: 'Der Kommentar wurde inzwischen anderswo geändert. Er lautet jetzt:',
})

export const more = () => import('./more.ts')
