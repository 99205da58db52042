import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'de',

  copyLink: 'Link kopieren',
  linkCopied: 'Der Link ist kopiert.',
  copyByHand: 'Diese Adresse kopieren:',

  report: 'Melden',
  reportWhy: 'Was ist daran nicht in Ordnung?',
  reportText: 'Was sollte die Moderation noch wissen? (freiwillig)',
  reportSend: 'Meldung abschicken',
  reported: 'Danke. Die Moderation sieht sich den Kommentar an.',
  categories: {
    abuse: 'Beleidigung oder Hass',
    spam: 'Spam oder Werbung',
    off_topic: 'Gehört nicht zu dieser Stelle',
    illegal: 'Verstößt gegen das Gesetz',
    other: 'Etwas anderes',
  },

  earlier: (count) => counted(count, { one: '# frühere Fassung', other: '# frühere Fassungen' }),

  nextUnread: (count) => `Nächster ungelesener Kommentar (${counted(count)})`,
  previousUnread: 'Voriger ungelesener Kommentar',
  markAllRead: 'Alle als gelesen markieren',
  allRead: 'Alles gelesen.',
  unread: (count) => counted(count, { one: '# ungelesen', other: '# ungelesen' }),
  quote: 'Zitieren',
  hide: (name) => `Kommentare von ${name} ausblenden`,
  hidden: (name) => `Kommentare von ${name} sind auf diesem Gerät ausgeblendet.`,
  unhide: (name) => `Kommentare von ${name} wieder anzeigen`,
  undoHiding: 'Rückgängig machen',

  wasThere: 'vorher: ',
  isThere: 'jetzt: ',

  pickWords: (quote) =>
    `Wählen Sie im Artikel die Worte aus, zu denen die Diskussion über „${quote}“ gehört, oder drücken Sie die Marke eines Absatzes.`,

  otherDraft: 'In einem anderen Tab haben Sie hier etwas anderes geschrieben:',
  useThat: 'Das übernehmen',
  keepMine: 'Meines behalten',
  formatting: 'Formatierung',
  format: {
    bold: 'Fett',
    italic: 'Kursiv',
    quote: 'Zitat',
    link: 'Link einfügen',
    list: 'Liste',
    code: 'Programmcode',
  },
  reactionsHere: 'Reaktionen auf diese Stelle',
  reactions: {
    agree: 'Stimmt',
    helpful: 'Hilfreich',
    question: 'Frage',
    source: 'Quelle fehlt',
  },
  notReacted: 'Nicht gespeichert: Der Server antwortet nicht. Bitte versuchen Sie es noch einmal.',
  signedOut: 'Sie sind nicht mehr angemeldet. Drücken Sie noch einmal, um sich anzumelden.',
  typo: 'Tippfehler …',
  typoReported: 'Tippfehler gemeldet',
  typoText: 'Wie müsste es heißen? (freiwillig)',
  typoWho:
    'Nur die Redaktion sieht das. Es tritt an die Stelle Ihrer Reaktion hier, falls Sie eine abgegeben haben.',
  typoSend: 'Abschicken',
  typoSent: 'Danke. Nur die Redaktion sieht das.',
  typoReplaced: 'Eine Reaktion an dieser Stelle würde es ersetzen.',
  takeBack: 'Zurücknehmen',
  mark: 'Kennzeichnen',
  markThread: 'Diese Diskussion kennzeichnen',
  marks: {
    answered: 'Beantwortet',
    corrected: 'Korrigiert',
  },
  unmark: 'Kennzeichnung zurücknehmen',
  chosenWords: 'Gewählte Worte',
  chooseKeys:
    'Links und rechts gehen Wort für Wort, auf und ab Satz für Satz; mit der Umschalttaste wächst die Auswahl. Die Eingabetaste übernimmt sie, Escape führt zurück.',
  previousWord: 'Voriges Wort',
  nextWord: 'Nächstes Wort',
  previousSentence: 'Voriger Satz',
  nextSentence: 'Nächster Satz',
  extend: 'Erweitern',
  commentOnThese: 'Diese Worte kommentieren',

  sortBy: 'Sortieren nach',
  orders: { passage: 'Reihenfolge im Text', newest: 'neuestem Kommentar', discussed: 'Zahl der Kommentare' },
  commentCount: (count) => counted(count, { one: '# Kommentar', other: '# Kommentare' }),
  wholeArticle: 'Der ganze Artikel',
  showInArticle: 'Im Artikel zeigen',
})
