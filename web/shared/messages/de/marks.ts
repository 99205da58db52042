import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = { one: '# Kommentar', other: '# Kommentare' }
const reactions = { one: '# Reaktion', other: '# Reaktionen' }

export const marks = (counted: Counted): MarksText => ({
  language: 'de',
  marks: 'Kommentare zu den Stellen dieses Artikels',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0 ? `„${passage}“ kommentieren` : `${counted(count, comments)} zu „${passage}“`,
  wholeArticle: (count) =>
    count === 0 ? 'Den ganzen Artikel diskutieren' : `Zum ganzen Artikel: ${counted(count, comments)}`,
  reactions: (count) => counted(count, reactions),
  reactionsOn: (count, passage) => `${counted(count, reactions)} auf „${passage}“`,
  onSelection: 'Kommentieren',
  unreachable:
    'Die Diskussion konnte nicht geladen werden. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
})

export const embed = () => import('./embed.ts')
