import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'ja',

  copyLink: 'リンクをコピー',
  linkCopied: 'リンクをコピーしました。',
  copyByHand: 'このアドレスをコピーしてください：',

  report: '通報',
  reportWhy: 'どのような問題がありますか。',
  reportText: 'モデレーターに伝えたいこと（任意）',
  reportSend: '通報を送信',
  reported: 'ありがとうございます。モデレーターが確認します。',
  categories: {
    abuse: '中傷・差別',
    spam: 'スパム・広告',
    off_topic: 'この箇所と関係がない',
    illegal: '法令に反する',
    other: 'その他',
  },

  earlier: (count) => counted(count, { other: '以前の版#件' }),

  nextUnread: (count) => `次の未読（${counted(count)}）`,
  previousUnread: '前の未読',
  markAllRead: 'すべて既読にする',
  allRead: 'すべて既読です。',
  unread: (count) => counted(count, { other: '未読#件' }),
  quote: '引用',
  hide: (name) => `${name}さんのコメントを非表示にする`,
  hidden: (name) => `${name}さんのコメントはこの端末で非表示になっています。`,
  unhide: (name) => `${name}さんのコメントを再び表示する`,
  undoHiding: '元に戻す',

  wasThere: '変更前：',
  isThere: '現在：',

  pickWords: (quote) =>
    `「${quote}」についてのスレッドを結び付ける文言を記事の中で選択するか、段落のマークを押してください。`,

  otherDraft: '別のタブで、ここに別の文章が入力されています：',
  useThat: 'そちらを使う',
  keepMine: 'こちらを残す',
  formatting: '書式',
  format: {
    bold: '太字',
    italic: '斜体',
    quote: '引用',
    link: 'リンクを挿入',
    list: 'リスト',
    code: 'プログラムのコード',
  },
  reactionsHere: 'この箇所へのリアクション',
  reactions: {
    agree: '賛成',
    helpful: '参考になった',
    question: '質問あり',
    source: '要出典',
  },
  notReacted: '保存できませんでした。サーバーが応答しません。もう一度お試しください。',
  signedOut: 'ログアウトされています。もう一度押してログインしてください。',
  typo: '誤字…',
  typoReported: '誤字を報告済み',
  typoText: '正しい表記（任意）',
  typoWho: '発行者だけに表示されます。ここへのリアクションがある場合は、この報告に置き換わります。',
  typoSend: '送信',
  typoSent: 'ありがとうございます。発行者だけに表示されます。',
  typoReplaced: 'ここにリアクションすると、この報告は取り消されます。',
  takeBack: '報告を取り消す',
  mark: 'マーク',
  markThread: 'このスレッドにマークを付ける',
  marks: {
    answered: '回答済み',
    corrected: '訂正済み',
  },
  unmark: 'マークを外す',
  chosenWords: '選んだ文言',
  chooseKeys:
    '左右の矢印キーで単語ごと、上下で文ごとに移動し、Shiftを押しながらで範囲を広げます。Enterで決定、Escapeで戻ります。',
  previousWord: '前の単語',
  nextWord: '次の単語',
  previousSentence: '前の文',
  nextSentence: '次の文',
  extend: '範囲を広げる',
  commentOnThese: 'この文言にコメント',

  sortBy: '並べ替え',
  orders: { passage: '本文の順', newest: '最新のコメント順', discussed: 'コメントの多い順' },
  commentCount: (count) => counted(count, { other: 'コメント#件' }),
  wholeArticle: '記事全体',
  showInArticle: '記事の中で表示',
})
