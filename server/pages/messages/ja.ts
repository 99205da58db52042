import type { Counted } from '../../../core/text/counted.ts'
import type { PageText } from './en.ts'

export const pages = (counted: Counted): PageText => ({
  language: 'ja',
  direction: 'ltr',
  quoted: (words) => `「${words}」`,
  of: (title) => `「${title}」へのコメント`,
  readArticle: '記事を読む',
  inArticle: '記事の中で表示',
  wholeDiscussion: 'すべてのコメント',
  wholeThread: (count) => `スレッド全体：${counted(count, { other: 'コメント#件' })}`,
  onArticle: '記事全体について',
  wordingNow: (words) => `現在の文言：「${words}」`,
  gone: 'この文言は、現在の記事にはありません。',
  comment: (name) => `${name}さんのコメント`,
  answerTo: (name) => `${name}さんへの返信`,
  link: 'このコメントへのリンク',
  edited: '編集済み',
  removed: '削除されました。',
  empty: 'ここにはまだコメントがありません。',
  next: '次のページ',
  unknownPerson: '匿名',
  withoutScript: 'この記事へのコメントを読む（JavaScript は不要です）',
  faults: {
    missing: {
      title: 'ここには何もありません',
      help: 'アドレスが途中で切れているか、内容がなくなった可能性があります。',
    },
    busy: {
      title: '一度に開いたページが多すぎます',
      help: '1 分ほど待ってから、もう一度読み込んでください。',
    },
    away: {
      title: 'このページは今は表示できません',
      help: '失われたものはありません。しばらくしてから読み込み直してください。',
    },
    broken: {
      title: 'エラーが発生しました',
      help: 'このサーバーの管理者のために記録しました。もう一度読み込んでください。直らない場合は管理者にお知らせください。',
    },
  },
})
