import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'fr',

  signOutToo: (name) => `Se déconnecter aussi de ${name}`,

  reattach: 'Rattacher à d’autres mots',
  attached: 'Discussion rattachée à ces mots.',
  undo: 'Annuler le rattachement',
  inSection: (heading) => `Dans « ${heading} »`,

  copyLink: 'Copier le lien',
  linkCopied: 'Le lien est copié.',
  copyByHand: 'Copiez cette adresse :',

  report: 'Signaler',
  reportByMail: 'Signaler sans compte',
  reportWhy: 'Qu’est-ce qui ne va pas ?',
  reportText: 'Une précision pour la modération ? (facultatif)',
  reportSend: 'Envoyer le signalement',
  reported: 'Merci. La modération va examiner ce commentaire.',
  categories: {
    abuse: 'Injure ou haine',
    spam: 'Spam ou publicité',
    off_topic: 'Sans rapport avec le passage',
    illegal: 'Contraire à la loi',
    other: 'Autre chose',
  },

  earlier: (count) =>
    counted(count, {
      one: '# version précédente',
      many: '# versions précédentes',
      other: '# versions précédentes',
    }),

  nextUnread: (count) => `Commentaire non lu suivant (${counted(count)})`,
  previousUnread: 'Commentaire non lu précédent',
  markAllRead: 'Tout marquer comme lu',
  allRead: 'Tout est lu.',
  unread: (count) => counted(count, { one: '# non lu', many: '# non lus', other: '# non lus' }),
  quote: 'Citer',
  hide: (name) => `Masquer les commentaires de ${name}`,
  hidden: (name) => `Les commentaires de ${name} sont masqués sur cet appareil.`,
  unhide: (name) => `Afficher de nouveau les commentaires de ${name}`,
  undoHiding: 'Annuler',
  preview: 'Aperçu',
  people: 'Participants à cette discussion',
  offered: (count) =>
    counted(count, { one: '# nom proposé', many: '# noms proposés', other: '# noms proposés' }),

  versions: 'Versions de ce commentaire',
  olderVersions: 'Afficher les versions antérieures',
  sameWords: 'Les mots sont les mêmes.',

  withdrawn: 'Commentaire retiré.',
  restore: 'Annuler le retrait',

  wasThere: 'avant : ',
  isThere: 'maintenant : ',

  pickWords: (quote) =>
    `Sélectionnez dans l’article les mots auxquels se rapporte la discussion sur « ${quote} », ou appuyez sur le repère d’un paragraphe.`,

  inbox: 'Boîte de réception',
  inboxUnread: (count) =>
    counted(count, {
      one: 'Boîte de réception, # non lu',
      many: 'Boîte de réception, # de non lus',
      other: 'Boîte de réception, # non lus',
    }),
  inboxMany: 'Boîte de réception, plus de 99 non lus',
  inboxBack: 'Retour à la discussion',
  inboxEmpty:
    'Rien pour l’instant. Quand quelqu’un vous répondra ou écrira dans ce que vous suivez, vous le trouverez ici.',
  inboxFailed: 'La boîte de réception n’a pas pu être chargée.',
  isUnread: 'non lu',
  readAll: 'Tout marquer comme lu',
  inboxRead: 'Tout est marqué comme lu.',
  older: 'Afficher les plus anciens',
  told: {
    reply: (name) => `${name} vous répond`,
    mention: (name) => `${name} vous mentionne`,
    thread: (name) => `${name} a écrit dans une discussion que vous suivez`,
    article: (name) => `${name} a écrit sur un article que vous suivez`,
  },
  follow: 'Suivre',
  following: 'Suivie',
  followArticle: 'Suivre cet article',
  followingArticle: 'Article suivi',
  followSettings: 'Réglages',
  tellMe: 'Ce qui arrive dans votre boîte de réception :',
  followReplies: 'Les réponses à mes commentaires et les mentions de mon nom',
  followAll: 'Tous les nouveaux commentaires sur cet article',
  threadElsewhere: 'Une discussion qui n’est pas affichée ici',
  mailAbout: (title) => `E-mails : ${title}`,
  mail: {
    off: 'Pas d’e-mail',
    now: 'E-mail tout de suite',
    daily: 'E-mail une fois par jour',
    weekly: 'E-mail une fois par semaine',
  },
  mailStopped:
    'Les e-mails envoyés à votre adresse sont revenus ; il n’en est donc plus envoyé. Le serveur de messagerie a répondu :',
  mailResume: 'Reprendre l’envoi',
  mailResumeHow: 'Choisissez ci-dessous quand recevoir des e-mails, et l’envoi reprendra.',
  notKept: 'Non enregistré.',
  otherDraft: 'Vous avez écrit autre chose ici dans un autre onglet :',
  useThat: 'Prendre celui-là',
  keepMine: 'Garder le mien',
  formatting: 'Mise en forme',
  format: {
    bold: 'Gras',
    italic: 'Italique',
    quote: 'Citation',
    link: 'Insérer un lien',
    list: 'Liste',
    code: 'Code informatique',
  },
  reactionsHere: 'Réactions à ce passage',
  reactions: {
    agree: 'D’accord',
    helpful: 'Utile',
    question: 'Une question',
    source: 'À sourcer',
  },
  notReacted: 'Non enregistré : le serveur ne répond pas. Réessayez.',
  signedOut: 'Vous n’êtes plus connecté. Appuyez encore une fois pour vous connecter.',
  typo: 'Coquille…',
  typoReported: 'Coquille signalée',
  typoText: 'Que faudrait-il lire ? (facultatif)',
  typoWho: 'Seul l’éditeur le voit. Ce signalement remplace votre réaction ici, si vous en avez une.',
  typoSend: 'Envoyer',
  typoSent: 'Merci. Seul l’éditeur le voit.',
  takeBack: 'Retirer le signalement',
  mark: 'Marquer',
  markThread: 'Marquer cette discussion',
  marks: {
    answered: 'Répondu',
    corrected: 'Corrigé',
  },
  unmark: 'Enlever la marque',
  chosenWords: 'Mots choisis',
  chooseKeys:
    'Gauche et droite avancent par mot, haut et bas par phrase ; avec Maj, la sélection s’étend. Entrée la valide, Échap revient en arrière.',
  previousWord: 'Mot précédent',
  nextWord: 'Mot suivant',
  previousSentence: 'Phrase précédente',
  nextSentence: 'Phrase suivante',
  extend: 'Étendre',
  commentOnThese: 'Commenter ces mots',

  sortBy: 'Trier par',
  orders: { passage: 'ordre du texte', newest: 'dernier commentaire', discussed: 'nombre de commentaires' },
  commentCount: (count) =>
    counted(count, { one: '# commentaire', many: '# commentaires', other: '# commentaires' }),
  wholeArticle: 'L’article entier',
  showInArticle: 'Montrer dans l’article',

  decided: {
    reject: 'Votre commentaire a été retiré',
    warn: 'Votre commentaire a été retiré et vous avez reçu un avertissement',
    time_out: 'Votre commentaire a été retiré et vous êtes restreint pour un temps',
    ban: 'Votre commentaire a été retiré et vous ne pouvez plus écrire ici',
    reverse: 'Une décision sur votre commentaire a été annulée',
    uphold_appeal: 'Votre réclamation a été acceptée : votre commentaire est rétabli',
    dismiss_appeal: 'Votre réclamation a été rejetée',
  },
  found: {
    reports: 'Des lecteurs l’ont signalé et la modération a décidé.',
    rules: 'Un contrôle automatique l’a retenu et la modération a décidé.',
    moderator: 'La modération l’a remarqué et a décidé.',
  },
  appeal: 'Demander un nouvel examen',
  appealWhy: 'Pourquoi ce commentaire devrait-il rester ?',
  appealHow:
    'Une autre personne que celle qui a décidé l’examinera et vous répondra. Vous pouvez le demander une fois.',
  appealSend: 'Envoyer',
  appealSent: 'Vous avez demandé un nouvel examen. Une autre personne vous répondra.',
  appealDismissed: 'Une autre personne l’a réexaminé : il reste retiré. Sa réponse :',
  sanctions: {
    warning: 'La modération vous a adressé un avertissement.',
    time_out:
      'La modération vous a restreint pour un temps : ce que vous écrivez est examiné avant que d’autres le voient.',
    ban: 'Vous ne pouvez plus écrire ici : la modération l’a décidé.',
  },
  sanctionUntil: (day) => `Jusqu’au ${day}.`,
  usualWait: (span) => `Attente habituelle : ${span}.`,
  openAgain: (when) => `Les commentaires rouvrent : ${when}.`,
  writeAnyway: 'Les personnes qui travaillent pour le site peuvent écrire.',
  closedDraft: 'Votre texte est conservé. Vous pouvez le copier, ou l’envoyer plus tard.',
  copyText: 'Copier le texte',
  copied: 'Copié',
  slowMode: (time) => `Mode lent. Temps minimal entre deux de vos commentaires : ${time}.`,
  haveRead: 'Je l’ai lu',
  readFirst: 'Une fois que vous l’aurez lu, vous pourrez écrire de nouveau.',
})
