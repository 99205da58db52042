import type { Counted } from '../../../../core/text/counted.ts'
import type { MarksText } from '../en/marks.ts'

const comments = { other: 'コメント # 件' }
const reactions = { other: 'リアクション # 件' }

export const marks = (counted: Counted): MarksText => ({
  language: 'ja',
  marks: 'この記事の各箇所へのコメント',
  count: (count) => counted(count),
  mark: (count, passage) =>
    count === 0 ? `「${passage}」にコメントする` : `「${passage}」へのコメント、${counted(count)} 件`,
  wholeArticle: (count) =>
    count === 0 ? '記事全体について話し合う' : `記事全体：${counted(count, comments)}`,
  reactions: (count) => counted(count, reactions),
  reactionsOn: (count, passage) => `「${passage}」へのリアクション、${counted(count)} 件`,
  onSelection: 'コメントする',
  unreachable: 'コメント欄を読み込めませんでした。接続を確認して、もう一度お試しください。',
})

export const embed = () => import('./embed.ts')
