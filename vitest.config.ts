import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/setup/global.ts',
    pool: 'forks',
    maxWorkers: 2,
    // Limits for a machine that is busy with something else; what is as it should be is waited for no longer than it takes.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // What a browser was waited for in vain is tried once more, and named at the end: on a busy machine that is mostly the machine.
    retry: { count: 1, condition: /Timeout \d+ms exceeded/ },
    expect: { poll: { timeout: 25_000 } },
    reporters: ['default', './tests/setup/closing-line.ts'],
  },
})
