import { existsSync } from 'node:fs'
import { fail, run } from './prepare.mjs'

/** Where Chromium is, for the tests that need a browser; installs Debian's where there is none. */
export const chromium = () =>
  find({
    name: 'Chromium',
    variable: 'CHROMIUM',
    places: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    packages: ['chromium', 'fonts-noto-core'],
  })

/** Where Redis is, for the tests in which servers tell each other by it; installs Debian's where there is none. */
export const redis = () =>
  find({
    name: 'Redis',
    variable: 'REDIS_SERVER',
    places: ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'],
    packages: ['redis-server'],
  })

async function find({ name, variable, places, packages }) {
  const found = () => [process.env[variable], ...places].find((place) => place && existsSync(place))
  const hint = `or name one: ${variable}=/path/to/it npm test`
  if (found()) return found()
  if (!existsSync('/usr/bin/apt-get')) fail(`The tests need ${name}. Install it, ${hint}`)
  console.log(`Installing ${name}…`)
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [program, ...rest] = [...sudo, 'apt-get', '-qq', '-y', ...args]
    return run(program, rest, {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  await apt('update')
  await apt('install', '--no-install-recommends', ...packages)
  return found() ?? fail(`${name} could not be installed. Install it, ${hint}`)
}
