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

  wasThere: 'vorher: ',
  isThere: 'jetzt: ',

  pickWords: (quote) =>
    `Wählen Sie im Artikel die Worte aus, zu denen die Diskussion über „${quote}“ gehört, oder drücken Sie die Marke eines Absatzes.`,
})
