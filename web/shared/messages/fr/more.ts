import type { Counted } from '../../../../core/text/counted.ts'
import type { MoreText } from '../en/more.ts'

export const more = (counted: Counted): MoreText => ({
  language: 'fr',

  copyLink: 'Copier le lien',
  linkCopied: 'Le lien est copié.',
  copyByHand: 'Copiez cette adresse :',

  report: 'Signaler',
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

  wasThere: 'avant : ',
  isThere: 'maintenant : ',

  pickWords: (quote) =>
    `Sélectionnez dans l’article les mots auxquels se rapporte la discussion sur « ${quote} », ou appuyez sur le repère d’un paragraphe.`,

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
  typoReplaced: 'Une réaction ici le remplacerait.',
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
})
