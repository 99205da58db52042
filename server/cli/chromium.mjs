import { existsSync } from 'node:fs'
import { fail, run } from './prepare.mjs'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where Chromium is, for the tests that need a browser; installs Debian's where there is none. */
export async function chromium() {
  const found = () => places.find((place) => place && existsSync(place))
  if (found()) return found()
  if (!existsSync('/usr/bin/apt-get')) {
    fail('The tests drive a real browser. Install Chromium, or name one: CHROMIUM=/path/to/chromium npm test')
  }
  console.log('Installing Chromium…')
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [program, ...rest] = [...sudo, 'apt-get', '-qq', '-y', ...args]
    return run(program, rest, {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  await apt('update')
  await apt('install', '--no-install-recommends', 'chromium', 'fonts-noto-core')
  return (
    found() ??
    fail('Chromium could not be installed. Install it, or name one: CHROMIUM=/path/to/chromium npm test')
  )
}
