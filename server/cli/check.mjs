import { build, install, run } from './prepare.mjs'

const checks = [
  ['Types', 'tsc', ['--noEmit']],
  ['Svelte', 'svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']],
  ['Lint', 'eslint', ['.', '--max-warnings', '0']],
  ['Format', 'prettier', ['--check', '.', '--log-level', 'warn']],
  ['Dead code', 'knip', []],
  [
    'Import rules',
    'depcruise',
    ['core', 'server', 'web', 'tests', 'bench', '--config', '.dependency-cruiser.cjs'],
  ],
  ['Size budgets', 'node', ['server/cli/sizes.ts']],
]

await install()
await build()
const failed = []
for (const [name, program, args] of checks) {
  console.log(`\n── ${name}`)
  if ((await run(program, args)) !== 0) failed.push(name)
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nNot right: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
