/** What the sign-in window says. */
export const signin = {
  language: 'en',
  signIn: 'Sign in',
  create: 'Create account',
  toComment: 'Sign in to comment on',
  toConsole: 'Sign in to Postil',
  broken: 'This address is not complete',
  brokenHelp: 'Go back to the article and press “Sign in” there once more.',
  loading: 'One moment…',
  field: { name: 'Name', email: 'E-mail', password: 'Password' },
  nameHint: 'Shown beside your comments.',
  passwordHint: 'At least 10 characters. A few unrelated words are easy to remember.',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show the password',
  busy: { 'sign-in': 'Signing in…', create: 'Creating the account…' },
  fault: {
    name: 'Type the name to show beside your comments.',
    email: 'Type an e-mail address, like you@example.org.',
    noPassword: 'Type your password.',
    shortPassword: 'Use at least 10 characters.',
  },
  signInInstead: 'Sign in instead',
  signedInAs: (name: string) => `Signed in as ${name}`,
  continueAs: (name: string) => `Continue as ${name}`,
  another: 'Use another account',
  signOut: 'Sign out',
  handingOver: (host: string) => `Signing you in on ${host}…`,
  handedOver: 'You are signed in. You can close this window.',
  noOpener: 'You are signed in, but the page that asked for it is no longer within reach.',
  noOpenerHelp: (host: string) =>
    `Close this window, load the article on ${host} again and press “Sign in” there.`,
  retry: 'Try again',
  unreachable: 'Postil does not answer. Check your connection and try again: what you typed is still here.',
}

export type SigninText = typeof signin
