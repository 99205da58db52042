import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type * as inPage from './in-page.ts'

export type InPage = typeof inPage

/** A script that makes `in-page.ts`, and with it anchoring, known to a page as `inPage`. */
export async function inPageScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('in-page.ts', import.meta.url)),
        name: 'inPage',
        formats: ['iife'],
      },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  const code = 'output' in result ? result.output[0].code : ''
  return `${code}\nglobalThis.inPage = inPage`
}
