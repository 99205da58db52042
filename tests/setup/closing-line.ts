import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that any machine can read, behind the tests that only passed when tried again. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 }
    const again: string[] = []
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') count[state] += 1
        if (test.diagnostic()?.flaky) again.push(`${module.relativeModuleId}: ${test.fullName}`)
      }
      // A file that does not even load has no tests to fail.
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) count.failed += 1
    }
    setImmediate(() => {
      for (const name of again) console.log(`Passed only when tried again: ${name}`)
      console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
    })
  }
}
