import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../server/cli/postil.ts', import.meta.url))

/** Runs the operator's command line, on the database that the environment names. */
export function runPostil(
  env: { DATABASE_URL: string } & Record<string, string>,
  ...words: string[]
): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...words],
      { env: { ...process.env, ...env } },
      (error, said, wrong) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, said: said + wrong }),
    )
  })
}
