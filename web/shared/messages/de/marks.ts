import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = { one: '# Kommentar', other: '# Kommentare' }

export const marks = (counted: Counted): MarksText => ({
  language: 'de',
  marks: 'Kommentare zu den Stellen dieses Artikels',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0 ? `„${passage}“ kommentieren` : `${counted(count, comments)} zu „${passage}“`,
  wholeArticle: (count) =>
    count === 0 ? 'Den ganzen Artikel diskutieren' : `Zum ganzen Artikel: ${counted(count, comments)}`,
  onSelection: 'Kommentieren',
  unreachable:
    'Die Diskussion konnte nicht geladen werden. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
})

export const embed = () => import('./embed.ts')
