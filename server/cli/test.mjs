import { chromium } from './chromium.mjs'
import { build, install, run } from './prepare.mjs'

await install()
await build()
const browser = await chromium()
process.exit(await run('vitest', ['run', ...process.argv.slice(2)], { env: { CHROMIUM: browser } }))
