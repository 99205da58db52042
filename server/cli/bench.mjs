import { build, install, run } from './prepare.mjs'

await install()
await build()
process.exit(await run('node', ['bench/page/measure.ts']))
