import { frugal, install, run } from './prepare.mjs'

await install()
process.exit(await run('node', [...frugal, 'server/cli/postil.ts', ...process.argv.slice(2)]))
