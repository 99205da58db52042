import type { Counted } from '../../../core/text/counted.ts'
import type { PageText } from './en.ts'

export const pages = (counted: Counted): PageText => ({
  language: 'de',
  direction: 'ltr',
  quoted: (words) => `„${words}“`,
  of: (title) => `Diskussion zu „${title}“`,
  readArticle: 'Artikel lesen',
  inArticle: 'Im Artikel anzeigen',
  wholeDiscussion: 'Alle Diskussionen zum Artikel',
  wholeThread: (count) =>
    `Die ganze Diskussion: ${counted(count, { one: '# Kommentar', other: '# Kommentare' })}`,
  onArticle: 'Zum ganzen Artikel',
  wordingNow: (words) => `Jetzt steht dort: „${words}“`,
  gone: 'Diese Worte stehen nicht mehr im Artikel.',
  comment: (name) => `Kommentar von ${name}`,
  answerTo: (name) => `Antwort an ${name}`,
  link: 'Link zu diesem Kommentar',
  edited: 'bearbeitet',
  removed: 'Entfernt.',
  empty: 'Hier hat noch niemand etwas geschrieben.',
  next: 'Nächste Seite',
  unknownPerson: 'Jemand',
  withoutScript: 'Die Diskussion zu diesem Artikel lesen (ohne JavaScript)',
  report: {
    link: 'Melden',
    title: 'Einen Kommentar melden',
    about: (name) => `Der Kommentar von ${name}`,
    why: 'Was ist daran nicht in Ordnung?',
    categories: {
      abuse: 'Beleidigung oder Hass',
      spam: 'Spam oder Werbung',
      off_topic: 'Gehört nicht zu dieser Stelle',
      illegal: 'Verstößt gegen das Gesetz',
      other: 'Etwas anderes',
    },
    explain: 'Warum sind Sie dieser Meinung?',
    name: 'Ihr Name',
    email: 'Ihre E-Mail-Adresse',
    mail: 'Sie erhalten eine Eingangsbestätigung und eine weitere E-Mail, wenn entschieden ist. Ihre Adresse sieht sonst niemand.',
    faith: 'Ich bin nach bestem Wissen überzeugt, dass meine Angaben richtig und vollständig sind.',
    send: 'Meldung abschicken',
    done: 'Ihre Meldung ist angekommen',
    doneHelp: 'Die Moderation sieht sich den Kommentar an. Eine Bestätigung ist per E-Mail unterwegs.',
    wrong: 'Es fehlt etwas. Bitte füllen Sie jedes Feld aus und setzen Sie das Häkchen.',
  },
  faults: {
    missing: {
      title: 'Hier steht nichts',
      help: 'Vielleicht wurde die Adresse abgeschnitten, oder was hier stand, gibt es nicht mehr.',
    },
    busy: {
      title: 'Zu viele Seiten auf einmal',
      help: 'Warten Sie eine Minute und laden Sie die Seite dann neu.',
    },
    away: {
      title: 'Diese Seite lässt sich gerade nicht zeigen',
      help: 'Es ist nichts verloren. Laden Sie sie in einem Moment neu.',
    },
    broken: {
      title: 'Hier ist etwas schiefgegangen',
      help: 'Der Fehler wurde für die Betreiber dieses Servers festgehalten. Laden Sie die Seite neu; bleibt er, sagen Sie ihnen Bescheid.',
    },
  },
})
