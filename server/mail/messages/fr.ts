import type { Counted } from '../../../core/text/counted.ts'
import type { MailText } from './en.ts'

export const mail = (counted: Counted): MailText => {
  const comments = (count: number) =>
    counted(count, {
      one: '# nouveau commentaire',
      many: '# de nouveaux commentaires',
      other: '# nouveaux commentaires',
    })
  return {
    language: 'fr',
    direction: 'ltr',
    subject: {
      article: (count, title) => `${comments(count)} sur « ${title} »`,
      thread: (count, title) => `${comments(count)} dans une discussion sur « ${title} »`,
      replies: (count, site) =>
        `${counted(count, {
          one: '# nouvelle réponse',
          many: '# de nouvelles réponses',
          other: '# nouvelles réponses',
        })} pour vous sur ${site}`,
    },
    onArticle: 'Sur l’article entier',
    answersYou: 'vous répond',
    open: 'Lire et répondre',
    more: (count) =>
      counted(count, {
        one: '# autre commentaire n’est pas affiché ici.',
        many: '# d’autres commentaires ne sont pas affichés ici.',
        other: '# autres commentaires ne sont pas affichés ici.',
      }),
    discussion: 'Toute la discussion',
    why: {
      article: (title) => `Vous recevez cet e-mail parce que vous suivez l’article « ${title} ».`,
      thread: (title) => `Vous recevez cet e-mail parce que vous suivez une discussion sur « ${title} ».`,
      replies: (site) =>
        `Vous recevez cet e-mail parce que vous avez demandé à recevoir les réponses à vos commentaires sur ${site}.`,
    },
    unsubscribe: 'Ne plus recevoir ces e-mails',
    page: {
      title: 'Ne plus recevoir d’e-mails ?',
      about: {
        article: (title) => `E-mails sur les nouveaux commentaires sur « ${title} »`,
        thread: (title) => `E-mails sur les nouveaux commentaires dans une discussion sur « ${title} »`,
        replies: (site) => `E-mails sur les réponses à vos commentaires sur ${site}`,
      },
      button: 'Ne plus m’envoyer ces e-mails',
      done: 'Vous ne recevrez plus ces e-mails.',
      kept: 'Les nouveautés arrivent toujours dans votre boîte de réception, à côté de l’article.',
      unknown: 'Ce lien ne fonctionne pas',
      unknownHelp: 'Ouvrez-le de nouveau depuis l’e-mail, ou copiez-le en entier.',
    },
  }
}
