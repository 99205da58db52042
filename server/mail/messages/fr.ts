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
    notice: {
      subject: {
        reject: (title) => `Votre commentaire sur « ${title} » a été retiré`,
        warn: (title) => `Votre commentaire sur « ${title} » a été retiré et vous avez reçu un avertissement`,
        time_out: (title) =>
          `Votre commentaire sur « ${title} » a été retiré et vous êtes restreint pour un temps`,
        ban: (title) => `Votre commentaire sur « ${title} » a été retiré et vous ne pouvez plus y écrire`,
        reverse: (title) => `La décision sur votre commentaire sur « ${title} » a été annulée`,
        uphold_appeal: (title) =>
          `Votre réclamation a été acceptée : votre commentaire sur « ${title} » est rétabli`,
        dismiss_appeal: (title) => `Votre réclamation sur votre commentaire sur « ${title} » a été rejetée`,
      },
      many: {
        reject: (count, site) =>
          `Retrait de ${counted(count, { one: '# de vos commentaires', many: '# de vos commentaires', other: '# de vos commentaires' })} sur ${site}`,
        reverse: (count, site) =>
          `La décision sur ${counted(count, { one: '# de vos commentaires', many: '# de vos commentaires', other: '# de vos commentaires' })} sur ${site} a été annulée`,
        why: (site) =>
          `Vous recevez cet e-mail parce que la modération de ${site} a pris une décision sur plusieurs de vos commentaires.`,
      },
      rule: {
        abuse: 'La règle : ni injure ni haine.',
        spam: 'La règle : ni spam ni publicité.',
        off_topic: 'La règle : les commentaires portent sur leur passage.',
        illegal: 'Le motif : nous le tenons pour contraire à la loi.',
        other: 'Le motif : il est contraire aux règles de ce site.',
      },
      warned: 'Avant d’y écrire de nouveau, indiquez à côté de l’article que vous avez lu ceci.',
      until: (day) =>
        `Jusqu’au ${day}, la modération examine ce que vous écrivez avant que d’autres le voient.`,
      found: {
        reports: 'Des lecteurs ont signalé le commentaire. Une personne a décidé, pas un programme.',
        rules: 'Un contrôle automatique a retenu le commentaire. Une personne a décidé, pas un programme.',
        moderator: 'La modération a remarqué le commentaire. Une personne a décidé, pas un programme.',
      },
      quoted: 'Votre commentaire :',
      stands: 'Ce qui avait été décidé sur votre commentaire ne vaut plus.',
      answer: 'La réponse :',
      redress:
        'Si vous pensez que c’est une erreur, vous pouvez demander un nouvel examen à côté de votre commentaire, gratuitement et pendant six mois. Une autre personne décidera.',
      elsewhere:
        'Vous pouvez aussi vous adresser à un organe certifié de règlement extrajudiciaire des litiges ou à un tribunal.',
      open: 'Vers votre commentaire',
      why: (site) =>
        `Vous recevez cet e-mail parce que la modération de ${site} a pris une décision sur votre commentaire.`,
    },
    report: {
      receipt: (title) => `Votre signalement d’un commentaire sur « ${title} » est bien arrivé`,
      received: 'La modération va l’examiner. Vous recevrez un autre e-mail quand la décision sera prise.',
      outcome: (title) => `Une décision a été prise sur votre signalement d’un commentaire sur « ${title} »`,
      removed: 'Le commentaire a été retiré.',
      stays:
        'Le commentaire reste. La modération n’a rien trouvé de contraire à la loi ni aux règles de ce site.',
      person: 'Une personne a décidé, pas un programme.',
      open: 'Le commentaire',
      why: (site) =>
        `Vous recevez cet e-mail parce que cette adresse a été donnée dans un signalement à ${site}. Si ce n’était pas vous, seule l’issue vous sera encore envoyée.`,
    },
    claim: {
      heading: 'D’anciens commentaires : sont-ils de vous ?',
      asked: (name) =>
        `Quelqu’un, connecté sous le nom de ${name}, a demandé les commentaires écrits avec cette adresse avant que la discussion n’arrive ici.`,
      found: (count, name, site) =>
        `${counted(count, { one: '# commentaire', many: '# de commentaires', other: '# commentaires' })} sous le nom de ${name} sur ${site}`,
      open: 'Les mettre sous mon nom',
      holds:
        'Le lien vaut un jour, une seule fois, et uniquement pour la personne connectée à ce compte. Si vous n’avez rien demandé, ne faites rien : il ne se passera rien.',
      why: 'Vous recevez cet e-mail parce que quelqu’un l’a demandé dans le compte qui porte cette adresse.',
    },
    invitation: {
      subject: {
        moderator: (site) => `Invitation à modérer ${site}`,
        lead: (site) => `Invitation à diriger la modération de ${site}`,
        publisher: (site) => `Invitation à gérer ${site}`,
      },
      about: {
        moderator: 'Vous décidez des commentaires qui attendent l’avis d’une personne.',
        lead: 'Vous décidez des commentaires et fixez ce que le site exige d’eux.',
        publisher:
          'Vous fixez tout ce qui touche au site : où il s’affiche, qui travaille pour lui et ce qu’il exige des commentaires.',
      },
      accept: 'Accepter l’invitation',
      lasts:
        'Le lien ne sert qu’une fois, pendant sept jours. Vous vous y connectez avec cette adresse, ou créez un compte pour elle.',
      why: (site) =>
        `Vous recevez ce message parce que quelqu’un qui gère ${site} a donné cette adresse. S’il ne vous est pas destiné, ne faites rien.`,
    },
    webhook: {
      subject: (site) => `Un webhook de ${site} a été désactivé`,
      gone: (url) =>
        `${url} a répondu par le statut 410, qui dit que plus rien n’y est attendu. Plus rien n’y est donc envoyé.`,
      failing: (url) => `Depuis cinq jours, rien n’est arrivé à ${url}. Plus rien n’y est donc envoyé.`,
      todo: 'Si des messages y sont attendus : faites en sorte que le serveur les accepte, envoyez-lui un test et réactivez le webhook.',
      open: 'Vers les webhooks',
      kept: 'Ce qui attendait est alors envoyé. Ce qui se passe tant que le webhook est désactivé n’est pas signalé.',
      why: (site) => `Vous recevez ce message parce que vous gérez ${site}.`,
    },
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
