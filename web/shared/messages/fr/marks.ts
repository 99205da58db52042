import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = { one: '# commentaire', many: '# de commentaires', other: '# commentaires' }
const reactions = { one: '# réaction', many: '# de réactions', other: '# réactions' }

export const marks = (counted: Counted): MarksText => ({
  language: 'fr',
  marks: 'Commentaires sur les passages de cet article',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0 ? `Commenter « ${passage} »` : `${counted(count, comments)} sur « ${passage} »`,
  wholeArticle: (count) =>
    count === 0 ? 'Discuter de l’article entier' : `L’article entier : ${counted(count, comments)}`,
  reactions: (count) => counted(count, reactions),
  reactionsOn: (count, passage) => `${counted(count, reactions)} à « ${passage} »`,
  onSelection: 'Commenter',
  unreachable: 'La discussion n’a pas pu être chargée. Vérifiez votre connexion et réessayez.',
})

export const embed = () => import('./embed.ts')
