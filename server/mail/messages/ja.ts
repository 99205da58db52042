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
  notice: {
    subject: {
      reject: (title) => `「${title}」へのあなたのコメントが削除されました`,
      warn: (title) => `「${title}」へのあなたのコメントが削除され、警告が出されました`,
      time_out: (title) => `「${title}」へのあなたのコメントが削除され、投稿が一時的に制限されました`,
      ban: (title) => `「${title}」へのあなたのコメントが削除され、今後は投稿できなくなりました`,
      reverse: (title) => `「${title}」へのあなたのコメントについての決定が取り消されました`,
      uphold_appeal: (title) => `異議が認められ、「${title}」へのあなたのコメントが元に戻りました`,
      dismiss_appeal: (title) => `「${title}」へのあなたのコメントについての異議は認められませんでした`,
    },
    many: {
      reject: (count, site) =>
        `${site}へのあなたのコメント${counted(count, { other: '#件' })}が削除されました`,
      reverse: (count, site) =>
        `${site}へのあなたのコメント${counted(count, { other: '#件' })}についての決定が取り消されました`,
      why: (site) =>
        `${site}のモデレーターがあなたの複数のコメントについて決定したため、このメールをお送りしています。`,
    },
    rule: {
      abuse: '規則：中傷や差別をしないこと。',
      spam: '規則：スパムや広告を投稿しないこと。',
      off_topic: '規則：コメントはその箇所についてのものであること。',
      illegal: '理由：法令に反すると判断しました。',
      other: '理由：このサイトの規則に反しています。',
    },
    warned: '次に投稿する前に、記事の横でこの内容を読んだことを確認してください。',
    until: (day) => `${day}まで、あなたの投稿はほかの人に表示される前にモデレーターが確認します。`,
    found: {
      reports: '読者から通報がありました。決定したのはプログラムではなく人です。',
      rules: '自動チェックで保留されました。決定したのはプログラムではなく人です。',
      moderator: 'モデレーターが気づきました。決定したのはプログラムではなく人です。',
    },
    quoted: 'あなたのコメント：',
    stands: 'あなたのコメントについての以前の決定は無効になりました。',
    answer: '回答：',
    redress:
      'この決定が誤りだと思われる場合は、6か月以内であれば、コメントの横から無料で再確認を求めることができます。別の人が判断します。',
    elsewhere: '認定された裁判外紛争解決機関や裁判所に申し立てることもできます。',
    open: 'あなたのコメントを見る',
    why: (site) =>
      `${site}のモデレーターがあなたのコメントについて決定したため、このメールをお送りしています。`,
  },
  report: {
    receipt: (title) => `「${title}」のコメントについての通報を受け付けました`,
    received: 'モデレーターが確認します。決定後に改めてメールでお知らせします。',
    outcome: (title) => `「${title}」のコメントについての通報の結果`,
    removed: 'コメントは削除されました。',
    stays: 'コメントは残ります。法令やこのサイトの規則に反するとは認められませんでした。',
    person: '決定したのはプログラムではなく人です。',
    open: 'コメントを見る',
    why: (site) =>
      `${site}への通報でこのアドレスが記入されたため、このメールをお送りしています。お心当たりがない場合、今後お送りするのは結果のみです。`,
  },
  claim: {
    heading: '以前のコメントは、あなたのものですか',
    asked: (name) =>
      `${name}としてサインインしている方から、このサイトに移る前にこのアドレスで書かれたコメントについて、お問い合わせがありました。`,
    found: (count, name, site) => `${site}の${counted(count, { other: '#件のコメント' })}（${name}）`,
    open: '自分の名前にする',
    holds:
      'リンクの有効期間は1日、使えるのは一度だけで、このアカウントでサインインしている方に限ります。お心当たりがない場合は、何もしなければ何も起こりません。',
    why: 'このアドレスのアカウントで依頼があったため、このメールをお送りしています。',
  },
  invitation: {
    subject: {
      moderator: (site) => `「${site}」のモデレーターに招待されました`,
      lead: (site) => `「${site}」のモデレーション責任者に招待されました`,
      publisher: (site) => `「${site}」の運営者に招待されました`,
    },
    about: {
      moderator: 'モデレーターは、人の判断を待っているコメントについて決めます。',
      lead: 'コメントについて決め、サイトがコメントに求めることを定めます。',
      publisher: 'どこに表示するか、誰が担当するか、コメントに何を求めるかなど、サイトのすべてを定めます。',
    },
    accept: '招待を受ける',
    lasts:
      'このリンクは一度だけ、七日間有効です。リンク先で、このメールアドレスでサインインするか、アカウントを作成します。',
    why: (site) =>
      `「${site}」の運営者がこのアドレスを指定したため、このメールをお送りしています。心当たりがなければ、何もする必要はありません。`,
  },
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
