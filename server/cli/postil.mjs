import { install, run } from './prepare.mjs'

await install()
process.exit(await run('node', ['server/cli/postil.ts', ...process.argv.slice(2)]))
