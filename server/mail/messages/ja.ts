import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => ({
  language: 'ja',
  direction: 'ltr',
  subject: {
    article: (count, title) => `「${title}」に${counted(count, { other: '#件の新しいコメント' })}`,
    thread: (count, title) => `「${title}」のスレッドに${counted(count, { other: '#件の新しいコメント' })}`,
    replies: (count, site) => `${site}であなたへの返信が${counted(count, { other: '#件' })}あります`,
  },
  onArticle: '記事全体について',
  answersYou: 'あなたへの返信',
  open: '読む・返信する',
  more: (count) => counted(count, { other: 'ほか#件のコメントはここには表示されていません。' }),
  discussion: 'すべてのコメント',
  why: {
    article: (title) => `記事「${title}」をフォローしているため、このメールをお送りしています。`,
    thread: (title) => `「${title}」のスレッドをフォローしているため、このメールをお送りしています。`,
    replies: (site) =>
      `${site}であなたへの返信をメールで受け取る設定になっているため、このメールをお送りしています。`,
  },
  unsubscribe: 'このメールの配信を停止する',
  page: {
    title: 'メールの配信を停止しますか',
    about: {
      article: (title) => `「${title}」への新しいコメントのお知らせ`,
      thread: (title) => `「${title}」のスレッドへの新しいコメントのお知らせ`,
      replies: (site) => `${site}でのあなたへの返信のお知らせ`,
    },
    button: '配信を停止する',
    done: 'このメールは今後届きません。',
    kept: '新しいコメントは、引き続き記事の横の受信箱に届きます。',
    unknown: 'このリンクは使えません',
    unknownHelp: 'メールからもう一度開くか、リンク全体をコピーしてください。',
  },
})
