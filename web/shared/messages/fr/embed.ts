import type { Counted } from '../../../../core/text/counted.ts'
import type { EmbedText } from '../en/embed.ts'

export const embed = (counted: Counted): EmbedText => ({
  language: 'fr',
  passageTitle: 'Sur ce passage',
  articleTitle: 'Sur l’article entier',
  close: 'Fermer la discussion',
  loading: 'Chargement de la discussion…',
  wait: 'Un instant…',
  empty: 'Personne n’a encore rien écrit ici.',
  failed: 'La discussion n’a pas pu être chargée.',
  retry: 'Réessayer',
  reconnecting: 'Reconnexion… Il manque peut-être les derniers messages.',
  readers: (count) =>
    counted(count, {
      one: '# personne lit ceci en ce moment',
      many: '# de personnes lisent ceci en ce moment',
      other: '# personnes lisent ceci en ce moment',
    }),
  more: 'Afficher plus de commentaires',
  moreThreads: 'Afficher plus de discussions',
  orphans: 'Passages qui ne se trouvent plus dans l’article',
  orphanNote: 'Les mots dont il est question ici ne figurent plus dans l’article.',
  stoodHere: (count) =>
    counted(count, {
      one: '# discussion sur des mots qui se trouvaient ici',
      many: '# de discussions sur des mots qui se trouvaient ici',
      other: '# discussions sur des mots qui se trouvaient ici',
    }),
  wordingChanged: 'La formulation a changé depuis',
  attachHere: 'Rattacher ici',
  longSelection: `Votre sélection dépasse ${counted(2000)} caractères : la discussion portera sur son début.`,
  wholeParagraphInstead: 'Commenter plutôt le paragraphe entier',
  newComment: (name) => `Nouveau commentaire de ${name}`,
  fresh: (count) => counted(count, { one: '# nouveau', many: '# nouveaux', other: '# nouveaux' }),
  showFresh: (count) =>
    counted(count, {
      one: 'Afficher # nouveau commentaire',
      many: 'Afficher # nouveaux commentaires',
      other: 'Afficher # nouveaux commentaires',
    }),
  sheetHeight: 'Hauteur de la discussion',
  sheetHeights: { peek: 'basse', half: 'moitié de la fenêtre', full: 'toute la fenêtre' },

  chooseWords: 'Choisir des mots',
  onArticle: 'Sur l’article',
  allPassages: (count) => `Tous les passages (${counted(count)})`,
  hideMarks: 'Masquer les repères dans la marge',
  showMarks: 'Afficher les repères dans la marge',

  thread: (quote) => `Discussion sur « ${quote} »`,
  replyTo: (name) => `Répondre à ${name}`,
  reply: 'Répondre',
  menu: 'Plus',
  moreAbout: (name) => `Plus sur le commentaire de ${name}`,
  edit: 'Modifier',
  withdraw: 'Retirer',
  cancel: 'Annuler',
  edited: 'modifié',
  sending: 'Envoi…',
  unknownPerson: 'Quelqu’un',
  guest: 'invité',
  states: {
    live: '',
    held: 'Vous seul voyez ceci : la modération doit encore l’examiner.',
    rejected: 'Vous seul voyez ceci : la modération l’a retiré.',
    withdrawn: 'Retiré par la personne qui l’avait écrit.',
    erased: 'Effacé.',
  },
  removed: 'Retiré par la modération.',
  heldFor: {
    new_author: 'Les premiers commentaires d’un nouveau compte sont relus avant d’apparaître.',
    word_list: 'Il contient un mot que ce site vérifie d’abord.',
    passage_unknown: 'Le passage ne figure pas dans l’article tel que ce site le connaît.',
    links: 'Il contient des liens, que ce site vérifie d’abord.',
    rate: 'Vous avez beaucoup écrit en peu de temps.',
    article: 'Sur cet article, on relit avant de publier.',
    duplicate: 'D’autres ont écrit presque la même chose.',
    timed_out: 'Vous êtes en pause sur ce site : ce que vous écrivez est d’abord relu.',
    rejected_before:
      'Une version précédente de ce commentaire a été retirée ; la nouvelle doit être examinée.',
    learned: 'Un programme l’a trouvé semblable à des commentaires retirés ici.',
  },
  reasons: {
    abuse: 'injure ou haine',
    spam: 'spam ou publicité',
    off_topic: 'sans rapport avec le passage',
    illegal: 'contraire à la loi',
    other: 'contraire aux règles de ce site',
  },
  rejectedFor: (reason) => `Motif : ${reason}.`,

  replies: (count) => counted(count, { one: '# réponse', many: '# de réponses', other: '# réponses' }),
  continueThread: (count) => `Continuer ce fil (${counted(count)})`,
  wholeThread: 'Revenir au fil entier',
  unread: 'Non lu',
  hiddenComment: 'Un commentaire d’une personne que vous avez masquée.',
  show: 'Afficher',

  writeOnPassage: 'Commenter ce passage',
  writeOnArticle: 'Commenter l’article',
  writeReply: 'Écrire une réponse',
  writeEdit: 'Modifier votre commentaire',
  send: 'Publier',
  save: 'Enregistrer',
  sendHint: 'Ctrl + Entrée pour publier.',
  left: (characters) =>
    characters >= 0
      ? counted(characters, {
          one: 'Encore # caractère',
          many: 'Encore # de caractères',
          other: 'Encore # caractères',
        })
      : counted(-characters, {
          one: '# caractère de trop',
          many: '# de caractères de trop',
          other: '# caractères de trop',
        }),
  closed: 'Les commentaires sont fermés ici. Vous pouvez lire ceux qui y sont.',
  writeAgain: (when: string) => `Vous pourrez écrire de nouveau ${when}. Votre texte est conservé.`,
  notSent: 'Non envoyé.',
  noAnswer: 'Le serveur ne répond pas. Veuillez réessayer.',
  problems: {
    400: 'Le serveur n’accepte pas cela tel quel. Raccourcissez ou modifiez.',
    401: 'Connectez-vous d’abord.',
    403: 'Cela ne vous est pas permis ici.',
    404: 'Ce dont il s’agit n’est plus là.',
    409: 'Cela a été modifié entre-temps ou n’est plus là. Regardez de nouveau.',
    429: 'C’était trop souvent. Attendez un instant, puis réessayez.',
    500: 'Une erreur s’est produite sur le serveur. Rien n’a été enregistré ; réessayez dans un instant.',
  },
  unreachable: 'Le serveur ne répond pas. Votre texte est conservé ; réessayez.',

  signIn: 'Se connecter pour commenter',
  signedInAs: (name) => `Connecté sous le nom de ${name}`,
  signOut: 'Se déconnecter',
  popupBlocked: 'Votre navigateur a bloqué la fenêtre de connexion. Ouvrez-la ici :',
  signInLapsed: 'Reconnectez-vous pour publier. Votre texte est conservé.',

  waiting: 'En attente du réseau. L’envoi se fera tout seul.',
  tryNow: 'Essayer maintenant',
  takeBack: 'Reprendre le texte',
  signInToSend: 'Se connecter pour envoyer',
  unkept: 'Ce navigateur ne conserve pas les brouillons quand vous quittez la page.',
  changedMeanwhile: 'Le commentaire a été modifié ailleurs entre-temps. Il dit maintenant :',
})

export const more = () => import('./more.ts')
