// Runs on whatever Node the machine has, before anything is installed: Node's own modules only.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const windows = process.platform === 'win32'

/**
 * For commands that run beside a server: memory for what is just made, which Node lets grow to a hundred megabytes and more,
 * in megabytes of one half.
 */
export const frugal = ['--max-semi-space-size=16']

/**
 * Runs a program in the checkout, with the project's own programs first on the PATH.
 * Ctrl-C is left to the child, which ends in order; we wait for it.
 * @returns its exit code
 */
export function run(program, args, options = {}) {
  const env = { ...process.env, ...options.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` }
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', shell: windows, ...options, env })
  const pass = (signal) => child.kill(signal)
  const ignore = () => {}
  process.on('SIGTERM', pass)
  process.on('SIGINT', ignore)
  return new Promise((resolve) => {
    const end = (code) => {
      process.off('SIGTERM', pass)
      process.off('SIGINT', ignore)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(`${program} does not start: ${error.message}`)
      end(1)
    })
    child.on('exit', (code, signal) => end(code ?? (signal ? 1 : 0)))
  })
}

/** Installs what the lock file asks for, where it is not there yet, and makes sure of Node 24. */
export async function install() {
  if (!installed()) {
    console.log('Installing what Postil needs…')
    const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
    if (code !== 0) fail('npm ci failed; what it says is above. It needs the npm registry.')
  }
  const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
  if (!existsSync(node) && Number(process.versions.node.split('.')[0]) < 24) {
    fail(
      `Postil runs on Node 24. This machine has ${process.versions.node}, and the npm package "node", which brings it,\n` +
        'was not installed for this platform. Install Node 24 from nodejs.org, then try again.',
    )
  }
}

function installed() {
  const done = join(root, 'node_modules', '.package-lock.json')
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

/** Builds the browser's part where its sources are not those of the last build. */
export async function build() {
  const stamp = join(root, 'dist', '.stamp')
  const sources = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  console.log('Building the browser’s part…')
  const code = await run('vite', ['build', '--logLevel', 'warn'])
  if (code !== 0) fail('The build failed; what it says is above.')
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, sources)
}

function fingerprint() {
  const hash = createHash('sha256')
  const files = ['web', 'core'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  )
  const others = ['vite.config.ts', 'svelte.config.js', 'package-lock.json'].map((name) => join(root, name))
  for (const file of [...files.sort(), ...others]) {
    hash.update(file.slice(root.length)).update('\0')
    if (existsSync(file)) hash.update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

export function fail(message) {
  console.error(message)
  process.exit(1)
}
