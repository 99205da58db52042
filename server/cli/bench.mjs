import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, fail, frugal, install, root, run } from './prepare.mjs'

/** One benchmark, by the folder it is in, or all of them: `bench/run.ts`. */
const [folder, ...args] = process.argv[2]?.startsWith('-')
  ? [undefined, ...process.argv.slice(2)]
  : process.argv.slice(2)
await install()
if (folder === 'learning') await fetchMails()
else if (folder !== 'importing') await build()
// As the command line does it.
const flags = folder === 'importing' ? frugal : []
process.exit(
  await run('node', [
    ...flags,
    folder === undefined ? 'bench/run.ts' : `bench/${folder}/measure.ts`,
    ...args,
  ]),
)

/** The mails to measure by are no dependency of Postil's: nobody else needs them. */
async function fetchMails() {
  const cwd = join(root, 'bench', 'learning')
  if (existsSync(join(cwd, 'node_modules', '.package-lock.json'))) return
  console.log('Fetching the mails to measure by: 108 MB, once…')
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd })
  if (code !== 0) fail('npm ci failed; what it says is above. It needs the npm registry.')
}
