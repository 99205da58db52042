import type { SigninText } from '../en/signin.ts'

export const signin: SigninText = {
  language: 'de',
  signIn: 'Anmelden',
  create: 'Konto anlegen',
  toComment: 'Anmelden und kommentieren auf',
  toConsole: 'Bei Postil anmelden',
  broken: 'Diese Adresse ist unvollständig',
  brokenHelp: 'Gehen Sie zurück zum Artikel und melden Sie sich dort noch einmal an.',
  loading: 'Einen Moment …',
  field: { name: 'Name', email: 'E-Mail', password: 'Passwort' },
  nameHint: 'Steht neben Ihren Kommentaren.',
  passwordHint: 'Mindestens 10 Zeichen. Ein paar Wörter ohne Zusammenhang merken sich leicht.',
  show: 'Zeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort zeigen',
  busy: { 'sign-in': 'Anmeldung läuft …', create: 'Das Konto wird angelegt …' },
  fault: {
    name: 'Geben Sie den Namen ein, der neben Ihren Kommentaren stehen soll.',
    email: 'Geben Sie eine E-Mail-Adresse ein, etwa ich@example.org.',
    noPassword: 'Geben Sie Ihr Passwort ein.',
    shortPassword: 'Das Passwort braucht mindestens 10 Zeichen.',
  },
  signInInstead: 'Stattdessen anmelden',
  signedInAs: (name) => `Angemeldet als ${name}`,
  continueAs: (name) => `Weiter als ${name}`,
  continueWith: (name) => `Weiter mit ${name}`,
  another: 'Anderes Konto verwenden',
  yourAccount: 'Ihr Konto',
  signOut: 'Abmelden',
  handingOver: (host) => `Sie werden auf ${host} angemeldet …`,
  handedOver: 'Sie sind angemeldet. Dieses Fenster kann geschlossen werden.',
  noOpener: 'Sie sind angemeldet, aber die Seite, von der Sie kommen, ist nicht mehr erreichbar.',
  noOpenerHelp: (host) =>
    `Schließen Sie dieses Fenster, laden Sie den Artikel auf ${host} neu und melden Sie sich dort an.`,
  retry: 'Noch einmal versuchen',
  problem: {
    declined: 'Sie sind zurückgegangen, ohne sich anzumelden.',
    failed:
      'Die Anmeldung dort hat nicht geklappt. Versuchen Sie es gleich noch einmal, oder melden Sie sich hier an.',
    wrong: 'E-Mail-Adresse oder Passwort ist falsch. Prüfen Sie beides und versuchen Sie es noch einmal.',
    lapsed: 'Sie sind nicht mehr angemeldet. Melden Sie sich noch einmal an.',
    taken: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto.',
    elsewhere: 'Diese Website nimmt von der Seite, von der Sie kommen, keine Kommentare an.',
    tooOften: 'Das war zu oft. Warten Sie einen Moment und versuchen Sie es dann noch einmal.',
    broken:
      'Auf dem Server ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal: Was Sie eingegeben haben, steht noch hier.',
  },
  invitation: {
    title: {
      moderator: (site) => `Sie sind eingeladen, ${site} zu moderieren`,
      lead: (site) => `Sie sind eingeladen, die Moderation von ${site} zu leiten`,
      publisher: (site) => `Sie sind eingeladen, ${site} herauszugeben`,
    },
    sections: (paths) => `In diesen Bereichen: ${paths}`,
    address: (email) => `Die Einladung gilt für ${email}.`,
    signIn: 'Melden Sie sich mit Ihrem Konto bei dieser Adresse an.',
    create: 'Legen Sie ein Konto für diese Adresse an.',
    accept: 'Annehmen',
    acceptAs: (name) => `Als ${name} annehmen`,
    other: (email) => `Sie sind als ${email} angemeldet; das ist eine andere Adresse.`,
    gone: 'Diese Einladung gilt nicht mehr',
    goneHelp:
      'Sie wurde benutzt, zurückgenommen oder ersetzt, oder sie ist älter als sieben Tage. Bitten Sie um eine neue.',
  },
  unreachable:
    'Postil antwortet nicht. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal: Ihre Eingaben sind noch da.',
}
