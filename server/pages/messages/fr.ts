import type { Counted } from '../../../core/text/counted.ts'
import type { PageText } from './en.ts'

export const pages = (counted: Counted): PageText => ({
  language: 'fr',
  direction: 'ltr',
  quoted: (words) => `«\u00a0${words}\u00a0»`,
  of: (title) => `Discussion sur «\u00a0${title}\u00a0»`,
  readArticle: 'Lire l’article',
  inArticle: 'Afficher dans l’article',
  wholeDiscussion: 'Toutes les discussions sur l’article',
  wholeThread: (count) =>
    `La discussion entière\u00a0: ${counted(count, {
      one: '# commentaire',
      many: '# de commentaires',
      other: '# commentaires',
    })}`,
  onArticle: 'Sur l’article entier',
  wordingNow: (words) => `On y lit maintenant\u00a0: «\u00a0${words}\u00a0»`,
  gone: 'Ces mots ne figurent plus dans l’article.',
  comment: (name) => `Commentaire de ${name}`,
  answerTo: (name) => `en réponse à ${name}`,
  link: 'Lien vers ce commentaire',
  edited: 'modifié',
  removed: 'Retiré.',
  empty: 'Personne n’a encore réagi ici.',
  next: 'Page suivante',
  unknownPerson: 'Quelqu’un',
  withoutScript: 'Lire la discussion sur cet article (sans JavaScript)',
  report: {
    link: 'Signaler',
    title: 'Signaler un commentaire',
    about: (name) => `Le commentaire de ${name}`,
    why: 'Qu’est-ce qui ne va pas ?',
    categories: {
      abuse: 'Injure ou haine',
      spam: 'Spam ou publicité',
      off_topic: 'Sans rapport avec le passage',
      illegal: 'Contraire à la loi',
      other: 'Autre chose',
    },
    explain: 'Pourquoi le pensez-vous ?',
    name: 'Votre nom',
    email: 'Votre adresse e-mail',
    mail: 'Vous recevrez un accusé de réception, puis un autre e-mail quand la décision sera prise. Personne d’autre ne voit votre adresse.',
    faith: 'Je crois de bonne foi que ce que j’indique ici est exact et complet.',
    send: 'Envoyer le signalement',
    done: 'Votre signalement est arrivé',
    doneHelp: 'La modération va l’examiner. Un accusé de réception vous est envoyé par e-mail.',
    wrong: 'Il manque quelque chose. Remplissez chaque champ et cochez la case.',
  },
  faults: {
    missing: {
      title: 'Il n’y a rien ici',
      help: 'L’adresse a peut-être été coupée, ou ce qui se trouvait ici n’existe plus.',
    },
    busy: { title: 'Trop de pages à la fois', help: 'Attendez une minute, puis rechargez la page.' },
    away: {
      title: 'Cette page n’est pas disponible pour le moment',
      help: 'Rien n’est perdu. Rechargez-la dans un instant.',
    },
    broken: {
      title: 'Une erreur s’est produite',
      help: 'Elle a été enregistrée pour les responsables de ce serveur. Rechargez la page ; si l’erreur persiste, prévenez-les.',
    },
  },
})
