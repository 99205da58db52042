import { build, install, run } from './prepare.mjs'

const watch = process.argv.includes('--watch')

await install()
await build()
if (watch) {
  const [code] = await Promise.all([
    run('node', ['--watch-path=server', '--watch-path=core', '--watch-preserve-output', 'server/main.ts']),
    run('vite', ['build', '--watch', '--logLevel', 'warn']),
  ])
  process.exit(code)
}
process.exit(await run('node', ['server/main.ts']))
