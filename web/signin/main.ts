import { mount } from 'svelte'
import { signinLanguage, signinText, speak } from '../shared/messages/signin.ts'
import Invitation from './Invitation.svelte'
import { readInvitation, readOutcome, readPurpose } from './purpose.ts'
import SignIn from './SignIn.svelte'

const outcome = readOutcome(window.location.hash)
// A code is not to be found in the history.
if (outcome) window.history.replaceState(null, '', window.location.pathname + window.location.search)

const asked = new URLSearchParams(window.location.search).get('lang')

// Not awaited at the top: the bundler would then cut the loader in two.
void speak(signinLanguage(asked, navigator.languages)).then(() => {
  const { language, signIn } = signinText
  document.documentElement.lang = language
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
  document.title = `${signIn} – Postil`
  const target = document.getElementById('signin')
  const token = readInvitation(window.location.hash)
  if (target && token !== null) mount(Invitation, { target, props: { token } })
  else if (target) mount(SignIn, { target, props: { purpose: readPurpose(window.location), outcome } })
})
