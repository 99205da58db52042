import { install, run } from './prepare.mjs'

await install()
process.exit(await run('node', ['bench/anchoring/score.ts', ...process.argv.slice(2)]))
