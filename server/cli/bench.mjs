import { build, install, run } from './prepare.mjs'

await install()
await build()
process.exit(await run('node', [`bench/${process.argv[2] === 'decide' ? 'decide' : 'page'}/measure.ts`]))
