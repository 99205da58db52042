// Keeps a token on Postil's tag for who is signed in here, and leads who is not to this site's own sign-in.
;(() => {
  const { login, token, nonce } = window.postilSignIn
  const tag = document.querySelector('script[data-site][src*="/embed@1.js"]')
  if (!tag) return

  if (!token) {
    addEventListener('postil:sign-in', (event) => {
      event.preventDefault()
      location.assign(login)
    })
    return
  }

  // A token holds for five minutes, and whoever opens the discussion needs one that does.
  const renewal = 4 * 60_000
  let asked = -Infinity
  const renew = async () => {
    if (document.hidden || performance.now() - asked < renewal) return
    asked = performance.now()
    try {
      const answer = await fetch(token, { headers: { 'X-WP-Nonce': nonce } })
      if (answer.ok) tag.dataset.token = (await answer.json()).token
    } catch {
      // Without one, Postil asks for itself who is there.
      asked = -Infinity
    }
  }
  renew()
  setInterval(renew, 30_000)
  document.addEventListener('visibilitychange', renew)
})()
