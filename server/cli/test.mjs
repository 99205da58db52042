import { build, install, run } from './prepare.mjs'
import { chromium, redis } from './programs.mjs'

await install()
await build()
const env = { CHROMIUM: await chromium(), REDIS_SERVER: await redis() }
process.exit(await run('vitest', ['run', ...process.argv.slice(2)], { env }))
