import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = { one: '# comentario', many: '# de comentarios', other: '# comentarios' }
const reactions = { one: '# reacción', many: '# de reacciones', other: '# reacciones' }

export const marks = (counted: Counted): MarksText => ({
  language: 'es',
  marks: 'Comentarios sobre los pasajes de este artículo',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0 ? `Comentar «${passage}»` : `${counted(count, comments)} sobre «${passage}»`,
  wholeArticle: (count) =>
    count === 0 ? 'Debatir el artículo completo' : `El artículo completo: ${counted(count, comments)}`,
  reactions: (count) => counted(count, reactions),
  reactionsOn: (count, passage) => `${counted(count, reactions)} a «${passage}»`,
  onSelection: 'Comentar',
  unreachable: 'No se ha podido cargar el debate. Compruebe la conexión e inténtelo de nuevo.',
})

export const embed = () => import('./embed.ts')
