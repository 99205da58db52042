import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => {
  const comments = (count: number) => counted(count, { one: '# neuer Kommentar', other: '# neue Kommentare' })
  return {
    language: 'de',
    direction: 'ltr',
    subject: {
      article: (count, title) => `${comments(count)} zu „${title}“`,
      thread: (count, title) => `${comments(count)} in einer Diskussion zu „${title}“`,
      replies: (count, site) =>
        `${counted(count, { one: '# neue Antwort', other: '# neue Antworten' })} an Sie auf ${site}`,
    },
    onArticle: 'Zum ganzen Artikel',
    answersYou: 'antwortet Ihnen',
    open: 'Lesen und antworten',
    more: (count) =>
      counted(count, {
        one: '# weiterer Kommentar ist hier nicht gezeigt.',
        other: '# weitere Kommentare sind hier nicht gezeigt.',
      }),
    discussion: 'Die ganze Diskussion',
    why: {
      article: (title) => `Sie erhalten diese E-Mail, weil Sie dem Artikel „${title}“ folgen.`,
      thread: (title) => `Sie erhalten diese E-Mail, weil Sie einer Diskussion zu „${title}“ folgen.`,
      replies: (site) =>
        `Sie erhalten diese E-Mail, weil Sie Antworten an Sie auf ${site} per E-Mail gewünscht haben.`,
    },
    unsubscribe: 'Keine E-Mails mehr dazu',
    notice: {
      subject: {
        reject: (title) => `Ihr Kommentar zu „${title}“ wurde entfernt`,
        warn: (title) => `Ihr Kommentar zu „${title}“ wurde entfernt, und Sie wurden verwarnt`,
        time_out: (title) =>
          `Ihr Kommentar zu „${title}“ wurde entfernt, und Sie sind vorübergehend eingeschränkt`,
        ban: (title) =>
          `Ihr Kommentar zu „${title}“ wurde entfernt, und Sie können dort nicht mehr schreiben`,
        reverse: (title) => `Die Entscheidung über Ihren Kommentar zu „${title}“ wurde zurückgenommen`,
        uphold_appeal: (title) =>
          `Ihrer Beschwerde wurde stattgegeben: Ihr Kommentar zu „${title}“ ist wieder da`,
        dismiss_appeal: (title) => `Ihre Beschwerde zu Ihrem Kommentar zu „${title}“ wurde zurückgewiesen`,
      },
      many: {
        reject: (count, site) =>
          `${counted(count, { one: '# Ihrer Kommentare', other: '# Ihrer Kommentare' })} auf ${site} wurden entfernt`,
        reverse: (count, site) =>
          `Die Entscheidung über ${counted(count, { one: '# Ihrer Kommentare', other: '# Ihrer Kommentare' })} auf ${site} wurde zurückgenommen`,
        why: (site) =>
          `Sie erhalten diese E-Mail, weil die Moderation von ${site} über mehrere Ihrer Kommentare entschieden hat.`,
      },
      rule: {
        abuse: 'Die Regel: keine Beleidigungen und kein Hass.',
        spam: 'Die Regel: kein Spam und keine Werbung.',
        off_topic: 'Die Regel: Kommentare gehören zu ihrer Stelle.',
        illegal: 'Der Grund: Wir halten ihn für rechtswidrig.',
        other: 'Der Grund: Er verstößt gegen die Regeln dieser Website.',
      },
      warned:
        'Bevor Sie dort wieder schreiben, bestätigen Sie bitte neben dem Artikel, dass Sie dies gelesen haben.',
      until: (day) => `Bis ${day} sieht sich die Moderation an, was Sie schreiben, bevor andere es sehen.`,
      found: {
        reports: 'Leser haben den Kommentar gemeldet. Entschieden hat ein Mensch, kein Programm.',
        rules:
          'Eine automatische Prüfung hat den Kommentar angehalten. Entschieden hat ein Mensch, kein Programm.',
        moderator:
          'Die Moderation ist auf den Kommentar gestoßen. Entschieden hat ein Mensch, kein Programm.',
      },
      quoted: 'Ihr Kommentar:',
      stands: 'Was vorher über Ihren Kommentar entschieden wurde, gilt nicht mehr.',
      answer: 'Die Antwort:',
      redress:
        'Wenn Sie das für falsch halten, können Sie neben Ihrem Kommentar sechs Monate lang und kostenlos um eine neue Prüfung bitten. Dann entscheidet jemand anderes.',
      elsewhere:
        'Sie können sich auch an eine zugelassene Stelle für außergerichtliche Streitbeilegung oder an ein Gericht wenden.',
      open: 'Zu Ihrem Kommentar',
      why: (site) =>
        `Sie erhalten diese E-Mail, weil die Moderation von ${site} über Ihren Kommentar entschieden hat.`,
    },
    report: {
      receipt: (title) => `Ihre Meldung zu einem Kommentar zu „${title}“ ist da`,
      received:
        'Die Moderation sieht sich den Kommentar an. Wenn entschieden ist, erhalten Sie eine weitere E-Mail.',
      outcome: (title) => `Über Ihre Meldung zu einem Kommentar zu „${title}“ wurde entschieden`,
      removed: 'Der Kommentar wurde entfernt.',
      stays:
        'Der Kommentar bleibt. Die Moderation hat keinen Verstoß gegen das Gesetz oder die Regeln dieser Website gefunden.',
      person: 'Entschieden hat ein Mensch, kein Programm.',
      open: 'Der Kommentar',
      why: (site) =>
        `Sie erhalten diese E-Mail, weil diese Adresse in einer Meldung an ${site} angegeben wurde. Waren Sie das nicht, kommt außer dem Ergebnis nichts weiter.`,
    },
    claim: {
      heading: 'Frühere Kommentare: Sind das Ihre?',
      asked: (name) =>
        `Jemand, der als ${name} angemeldet ist, fragt nach den Kommentaren, die unter dieser Adresse geschrieben wurden, bevor die Diskussion hierher kam.`,
      found: (count, name, site) =>
        `${counted(count, { one: '# Kommentar', other: '# Kommentare' })} als ${name} auf ${site}`,
      open: 'Unter meinen Namen stellen',
      holds:
        'Der Link gilt einen Tag, einmal und nur für die Person, die mit diesem Konto angemeldet ist. Haben Sie nicht danach gefragt, tun Sie nichts: Dann geschieht nichts.',
      why: 'Sie erhalten diese E-Mail, weil jemand im Konto mit dieser Adresse danach gefragt hat.',
    },
    invitation: {
      subject: {
        moderator: (site) => `Sie sind eingeladen, ${site} zu moderieren`,
        lead: (site) => `Sie sind eingeladen, die Moderation von ${site} zu leiten`,
        publisher: (site) => `Sie sind eingeladen, ${site} herauszugeben`,
      },
      about: {
        moderator:
          'Als Moderatorin oder Moderator entscheiden Sie über Kommentare, die auf einen Menschen warten.',
        lead: 'Sie entscheiden über Kommentare und legen fest, was die Website von ihnen verlangt.',
        publisher:
          'Sie legen alles fest, was die Website betrifft: wo sie erscheint, wer für sie arbeitet und was sie von Kommentaren verlangt.',
      },
      accept: 'Einladung annehmen',
      lasts:
        'Der Link gilt einmal und sieben Tage lang. Dort melden Sie sich mit dieser Adresse an oder legen ein Konto für sie an.',
      why: (site) =>
        `Sie bekommen diese Mail, weil jemand, der ${site} herausgibt, diese Adresse angegeben hat. Falls Sie nicht gemeint sind, brauchen Sie nichts zu tun.`,
    },
    webhook: {
      subject: (site) => `Ein Webhook von ${site} wurde abgeschaltet`,
      gone: (url) =>
        `${url} hat mit dem Status 410 geantwortet: Dort ist nichts mehr erwünscht. Deshalb wird nichts mehr gesendet.`,
      failing: (url) =>
        `Seit fünf Tagen ist bei ${url} nichts angekommen. Deshalb wird nichts mehr gesendet.`,
      todo: 'Wenn dort Nachrichten erwünscht sind: Sorgen Sie dafür, dass der Server sie annimmt, senden Sie ihm einen Test und schalten Sie den Webhook wieder ein.',
      open: 'Zu den Webhooks',
      kept: 'Was gewartet hat, wird dann gesendet. Was geschieht, solange der Webhook abgeschaltet ist, wird nicht gemeldet.',
      why: (site) => `Sie bekommen diese Mail, weil Sie ${site} herausgeben.`,
    },
    page: {
      title: 'Keine E-Mails mehr?',
      about: {
        article: (title) => `E-Mails über neue Kommentare zu „${title}“`,
        thread: (title) => `E-Mails über neue Kommentare in einer Diskussion zu „${title}“`,
        replies: (site) => `E-Mails über Antworten an Sie auf ${site}`,
      },
      button: 'Diese E-Mails abbestellen',
      done: 'Sie erhalten diese E-Mails nicht mehr.',
      kept: 'Neues kommt weiterhin in Ihren Posteingang neben dem Artikel.',
      unknown: 'Dieser Link funktioniert nicht',
      unknownHelp: 'Öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie ihn vollständig.',
    },
  }
}
